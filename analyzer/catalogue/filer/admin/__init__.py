# Facts about filer.admin, written by generate.py.

from filer.models.clipboardmodels import Clipboard
from filer.models.filemodels import File
from filer.models.foldermodels import Folder
from filer.models.foldermodels import FolderPermission
from filer.models.imagemodels import Image
from filer.models.thumbnailoptionmodels import ThumbnailOption


FILER_IMAGE_MODEL = 'filer.Image'
