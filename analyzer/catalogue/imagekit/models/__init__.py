# Facts about imagekit.models, written by generate.py.

from imagekit.models.fields import ImageSpecField
from imagekit.models.fields import ProcessedImageField
