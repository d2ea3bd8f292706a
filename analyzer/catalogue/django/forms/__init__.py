# Written by hand.
# The names that django.forms gathers; what is not here stays symbolic.

from django.forms.forms import BaseForm, Form
from django.forms.formsets import BaseFormSet, all_valid, formset_factory
from django.forms.models import (
    BaseInlineFormSet,
    BaseModelForm,
    BaseModelFormSet,
    ModelForm,
    inlineformset_factory,
    modelform_factory,
    modelformset_factory,
)
