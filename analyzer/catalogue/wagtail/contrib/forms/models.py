# Facts about wagtail.contrib.forms.models, written by generate.py.

from django.conf import settings
from django.db import models
from wagtail.models import Page
from wagtail.models.orderable import Orderable


class AbstractFormSubmission(models.Model):
    form_data = models.JSONField()
    page = models.ForeignKey(
        getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"),
        on_delete=models.CASCADE,
    )
    submit_time = models.DateTimeField()

    class Meta:
        abstract = True


class FormSubmission(AbstractFormSubmission):
    objects = models.Manager()


class AbstractFormField(Orderable):
    clean_name = models.CharField()
    label = models.CharField()
    field_type = models.CharField()
    required = models.BooleanField()
    choices = models.TextField()
    default_value = models.TextField()
    help_text = models.CharField()

    class Meta:
        abstract = True


class FormMixin:
    submissions_list_view_class = None

    def get_form_fields(self, *args, **kwargs): ...

    def get_data_fields(self, *args, **kwargs): ...

    def get_form_class(self, *args, **kwargs): ...

    def get_form_parameters(self, *args, **kwargs): ...

    def get_form(self, *args, **kwargs): ...

    def get_landing_page_template(self, *args, **kwargs): ...

    def get_submission_class(self, *args, **kwargs): ...

    def get_submissions(self, *args, **kwargs): ...

    def get_submissions_list_view_class(self, *args, **kwargs): ...

    def process_form_submission(self, *args, **kwargs): ...

    def render_landing_page(self, *args, **kwargs): ...

    def serve_submissions_list_view(self, *args, **kwargs): ...

    def serve(self, *args, **kwargs): ...

    def serve_preview(self, *args, **kwargs): ...

    def get_preview_context(self, *args, **kwargs): ...


def validate_to_address(*args, **kwargs): ...


class AbstractForm(FormMixin, Page):

    class Meta:
        abstract = True


class EmailFormMixin(models.Model):
    to_address = models.CharField()
    from_address = models.EmailField()
    subject = models.CharField()

    class Meta:
        abstract = True


class AbstractEmailForm(EmailFormMixin, FormMixin, Page):

    class Meta:
        abstract = True
