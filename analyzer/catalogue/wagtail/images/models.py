# Facts about wagtail.images.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.index import Indexed
from taggit.managers import TaggableManager
from wagtail.images import get_image_model
from wagtail.models.media import CollectionMember
from wagtail.models.reference_index import ReferenceIndex


DEFAULT_CACHE_ALIAS = 'default'


class SourceImageIOError:
    pass


class ImageQuerySet(models.QuerySet):

    def prefetch_renditions(self, *args, **kwargs): ...


def get_upload_to(*args, **kwargs): ...


def get_rendition_upload_to(*args, **kwargs): ...


def get_rendition_storage(*args, **kwargs): ...


class ImageFileMixin:

    def is_stored_locally(self, *args, **kwargs): ...

    def get_file_size(self, *args, **kwargs): ...

    def open_file(self, *args, **kwargs): ...

    def get_willow_image(self, *args, **kwargs): ...


class WagtailImageFieldFile(ImageFieldFile):

    def get_image_dimensions(self, *args, **kwargs): ...


class WagtailImageField(models.ImageField):
    pass


class AbstractImage(ImageFileMixin, CollectionMember, Indexed, models.Model):
    title = models.CharField()
    file = WagtailImageField()
    description = models.CharField()
    width = models.IntegerField()
    height = models.IntegerField()
    created_at = models.DateTimeField()
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
    )
    tags = TaggableManager(through="taggit.TaggedItem")
    focal_point_x = models.PositiveIntegerField(null=True)
    focal_point_y = models.PositiveIntegerField(null=True)
    focal_point_width = models.PositiveIntegerField(null=True)
    focal_point_height = models.PositiveIntegerField(null=True)
    file_size = models.PositiveIntegerField(null=True)
    file_hash = models.CharField()
    search_fields = [
        "collection",
        "title",
        "description",
        "tags",
        "uploaded_by_user",
        "created_at",
        "id",
    ]
    objects = models.Manager.from_queryset(ImageQuerySet)()

    class Meta:
        abstract = True


class Image(AbstractImage):
    tagged_items = GenericRelation("taggit.TaggedItem", on_delete=models.DO_NOTHING, null=True)
    index_entries = TextIDGenericRelation(
        "modelsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )
    index_entries = TextIDGenericRelation(
        "wagtailsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )


class Filter:

    @classmethod
    def expand_spec(*args, **kwargs): ...

    @property
    def transform_operations(self): ...

    @property
    def filter_operations(self): ...

    def get_transform(self, *args, **kwargs): ...

    def get_willow_image(self, *args, **kwargs): ...

    def run(self, *args, **kwargs): ...

    def get_cache_key(self, *args, **kwargs): ...


class ResponsiveImage:

    @classmethod
    def get_width_srcset(*args, **kwargs): ...


class FileFormat:
    pass


class Picture(ResponsiveImage):

    def get_formats(self, *args, **kwargs): ...

    def get_fallback_format(self, *args, **kwargs): ...


class AbstractRendition(ImageFileMixin, models.Model):
    filter_spec = models.CharField()
    file = WagtailImageField()
    width = models.IntegerField()
    height = models.IntegerField()
    focal_point_key = models.CharField()

    class Meta:
        abstract = True


class Rendition(AbstractRendition):
    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.CASCADE,
        related_name="renditions",
    )
    objects = models.Manager()
