# Facts about django_comments.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django_comments.models import Comment


class UsernameSearch:
    pass


class CommentsAdmin(ModelAdmin):
    list_filter = ('submit_date', 'site', 'is_public', 'is_removed')
    date_hierarchy = 'submit_date'
    ordering = ('-submit_date',)
    raw_id_fields = ('user',)
    actions = ['flag_comments', 'approve_comments', 'remove_comments']

    def get_actions(self, *args, **kwargs): ...

    def flag_comments(self, *args, **kwargs): ...

    def approve_comments(self, *args, **kwargs): ...

    def remove_comments(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(Comment, CommentsAdmin)
