# Written by hand.
# Facts about modeltranslation.admin.

from django.contrib import admin
from django.contrib.contenttypes.admin import GenericStackedInline, GenericTabularInline


class TranslationBaseModelAdmin(admin.options.BaseModelAdmin):
    pass


class TranslationAdmin(TranslationBaseModelAdmin, admin.ModelAdmin):
    pass


class TranslationInlineModelAdmin(TranslationBaseModelAdmin, admin.options.InlineModelAdmin):
    pass


class TranslationTabularInline(TranslationInlineModelAdmin, admin.TabularInline):
    pass


class TranslationStackedInline(TranslationInlineModelAdmin, admin.StackedInline):
    pass


class TranslationGenericTabularInline(TranslationInlineModelAdmin, GenericTabularInline):
    pass


class TranslationGenericStackedInline(TranslationInlineModelAdmin, GenericStackedInline):
    pass


class TabbedDjangoJqueryTranslationAdmin(TranslationAdmin):
    pass


class TabbedExternalJqueryTranslationAdmin(TranslationAdmin):
    pass


TabbedTranslationAdmin = TabbedDjangoJqueryTranslationAdmin
