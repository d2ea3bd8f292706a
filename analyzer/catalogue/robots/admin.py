# Facts about robots.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from robots.models import Rule
from robots.models import Url


class RuleAdmin(ModelAdmin):
    list_filter = ('sites',)
    list_display = ('robot', 'allowed_urls', 'disallowed_urls')
    search_fields = ('robot', 'allowed__pattern', 'disallowed__pattern')
    filter_horizontal = ('sites', 'allowed', 'disallowed')

    @property
    def media(self): ...


admin.site.register(Url, ModelAdmin)
admin.site.register(Rule, RuleAdmin)
