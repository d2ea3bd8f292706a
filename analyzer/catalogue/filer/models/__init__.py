# Facts about filer.models, written by generate.py.

from filer.models.abstract import BaseImage
from filer.models.clipboardmodels import Clipboard
from filer.models.clipboardmodels import ClipboardItem
from filer.models.filemodels import File
from filer.models.filemodels import FileManager
from filer.models.filemodels import FileQuerySet
from filer.models.filemodels import is_public_default
from filer.models.filemodels import mimetype_validator
from filer.models.foldermodels import Folder
from filer.models.foldermodels import FolderPermission
from filer.models.foldermodels import FolderPermissionManager
from filer.models.imagemodels import Image
from filer.models.thumbnailoptionmodels import ThumbnailOption
from filer.models.virtualitems import DummyFolder
from filer.models.virtualitems import FolderRoot
from filer.models.virtualitems import ImagesWithMissingData
from filer.models.virtualitems import UnsortedImages
