# Facts about ckeditor_uploader.views, written by generate.py.

from django.views.generic.base import View


def get_upload_filename(*args, **kwargs): ...


class ImageUploadView(View):
    http_method_names = ['post']

    def post(self, *args, **kwargs): ...


def get_image_files(*args, **kwargs): ...


def get_files_browse_urls(*args, **kwargs): ...


def browse(*args, **kwargs): ...
