# Written by hand.
# What i18nfield.forms does as far as tables are concerned: its forms are Django's with an argument
# more.

from django import forms
from django.forms.forms import Form
from django.forms.formsets import BaseFormSet
from django.forms.models import BaseInlineFormSet, BaseModelFormSet, ModelForm


class I18nFormMixin:
    def __init__(self, *args, **kwargs):
        self.locales = kwargs.pop("locales", None)
        super().__init__(*args, **kwargs)


class BaseI18nModelForm(I18nFormMixin, ModelForm):
    pass


class BaseI18nForm(I18nFormMixin, Form):
    pass


class I18nForm(BaseI18nForm):
    pass


class I18nModelForm(BaseI18nModelForm):
    pass


class I18nFormSetMixin:
    def __init__(self, *args, **kwargs):
        self.locales = kwargs.pop("locales", None)
        super().__init__(*args, **kwargs)

    def _construct_form(self, i, **kwargs):
        kwargs["locales"] = self.locales
        return super()._construct_form(i, **kwargs)


class I18nModelFormSet(I18nFormSetMixin, BaseModelFormSet):
    pass


class I18nInlineFormSet(I18nFormSetMixin, BaseInlineFormSet):
    pass


class I18nFormSet(I18nFormSetMixin, BaseFormSet):
    pass


class I18nFormField(forms.MultiValueField):
    pass
