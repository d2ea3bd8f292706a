# Facts about post_office.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import StackedInline
from django.contrib.admin.options import TabularInline
from django.forms.models import BaseInlineFormSet
from django.forms.models import ModelForm
from django.urls import path
from django.urls import re_path
from post_office.models import Attachment
from post_office.models import Attachment_emails
from post_office.models import Email
from post_office.models import EmailTemplate
from post_office.models import Log


PRE_DJANGO_6 = True


def get_message_preview(*args, **kwargs): ...


class AttachmentInline(StackedInline):
    model = Attachment_emails
    extra = 0
    autocomplete_fields = ['attachment']

    def get_formset(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    @property
    def media(self): ...


class LogInline(TabularInline):
    model = Log
    readonly_fields = ['date', 'status', 'exception_type', 'message']
    fields = ['date', 'status', 'exception_type', 'message']
    can_delete = False

    def has_add_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


class CommaSeparatedEmailWidget:

    def format_value(self, *args, **kwargs): ...

    @property
    def media(self): ...


def requeue(*args, **kwargs): ...


class EmailAdmin(ModelAdmin):
    search_fields = ['to', 'subject']
    list_filter = ['status', 'template__language', 'template__name']

    def get_queryset(self, *args, **kwargs): ...

    def to_display(self, *args, **kwargs): ...

    def truncated_message_id(self, *args, **kwargs): ...

    def has_add_permission(self, *args, **kwargs): ...

    def shortened_subject(self, *args, **kwargs): ...

    def use_template(self, *args, **kwargs): ...

    def get_fieldsets(self, *args, **kwargs): ...

    def render_subject(self, *args, **kwargs): ...

    def render_plaintext_body(self, *args, **kwargs): ...

    def render_html_body(self, *args, **kwargs): ...

    def preview_html(self, *args, **kwargs): ...

    def fetch_email_image(self, *args, **kwargs): ...

    def resend(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            re_path('^(?P<pk>\\d+)/image/(?P<content_id>[0-9a-f]{32})$', self.admin_site.admin_view(self.fetch_email_image), name='post_office_email_image',),
            path('<int:pk>/preview/', self.admin_site.admin_view(self.preview_html), name='post_office_email_preview',),
            path('<int:pk>/resend/', self.admin_site.admin_view(self.resend), name='resend',),
        ] + super().get_urls()


class LogAdmin(ModelAdmin):

    @property
    def media(self): ...


class SubjectField:

    @property
    def media(self): ...


class EmailTemplateAdminFormSet(BaseInlineFormSet):

    def clean(self, *args, **kwargs): ...


class EmailTemplateAdminForm(ModelForm):

    @property
    def media(self): ...


class EmailTemplateInline(StackedInline):
    model = EmailTemplate
    extra = 0
    fields = ('language', 'subject', 'content', 'html_content')

    def get_max_num(self, *args, **kwargs): ...

    @property
    def media(self): ...


class EmailTemplateAdmin(ModelAdmin):
    search_fields = ('name', 'description', 'subject')

    def get_queryset(self, *args, **kwargs): ...

    def description_shortened(self, *args, **kwargs): ...

    def languages_compact(self, *args, **kwargs): ...

    def save_model(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AttachmentAdmin(ModelAdmin):
    list_display = ['name', 'file']
    filter_horizontal = ['emails']
    search_fields = ['name']
    autocomplete_fields = ['emails']

    @property
    def media(self): ...


admin.site.register(Email, EmailAdmin)
admin.site.register(Log, LogAdmin)
admin.site.register(EmailTemplate, EmailTemplateAdmin)
admin.site.register(Attachment, AttachmentAdmin)
