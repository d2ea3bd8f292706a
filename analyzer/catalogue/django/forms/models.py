# Written by hand.
# What django.forms.models does as far as tables are concerned.

import outgrow

from django.forms.forms import BaseForm
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.formsets import BaseFormSet
from django.forms.formsets import formset_factory


NON_FIELD_ERRORS = '__all__'
ALL_FIELDS = '__all__'


def construct_instance(*args, **kwargs): ...


def model_to_dict(*args, **kwargs): ...


def apply_limit_choices_to_to_formfield(*args, **kwargs): ...


def fields_for_model(*args, **kwargs): ...


class ModelFormOptions:
    pass


class ModelFormMetaclass(DeclarativeFieldsMetaclass):
    pass


class BaseModelForm(BaseForm):

    def clean(self):
        return self.cleaned_data

    def validate_unique(self):
        outgrow.unique(self)

    def save(self, commit=True):
        if commit:
            self.instance.save()
            self.save_m2m()
        return self.instance

    def __init__(self, data=None, files=None, instance=None, **kwargs):
        super().__init__(data, files, **kwargs)
        self.instance = instance if instance is not None else self.Meta.model()

    def _post_clean(self):
        self.instance.clean()
        self.validate_unique()

    def save_m2m(self):
        outgrow.store(self, self.instance)


class ModelForm(BaseModelForm):
    declared_fields = {}
    base_fields = {}

    @property
    def media(self): ...


def modelform_factory(model, form=ModelForm, fields=None, **kwargs):
    meta = type("Meta", (), {"model": model, "fields": fields})
    return type(model.__name__ + "Form", (form,), {"Meta": meta})


class BaseModelFormSet(BaseFormSet):
    model = None
    edit_only = False

    def initial_form_count(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def save_new(self, *args, **kwargs): ...

    def save_existing(self, *args, **kwargs): ...

    def delete_existing(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    def clean(self, *args, **kwargs): ...

    def validate_unique(self, *args, **kwargs): ...

    def get_unique_error_message(self, *args, **kwargs): ...

    def get_date_error_message(self, *args, **kwargs): ...

    def get_form_error(self, *args, **kwargs): ...

    def save_existing_objects(self, *args, **kwargs): ...

    def save_new_objects(self, *args, **kwargs): ...

    def add_fields(self, *args, **kwargs): ...


def modelformset_factory(*args, **kwargs): ...


class BaseInlineFormSet(BaseModelFormSet):

    def initial_form_count(self, *args, **kwargs): ...

    @classmethod
    def get_default_prefix(*args, **kwargs): ...

    def save_new(self, *args, **kwargs): ...

    def add_fields(self, *args, **kwargs): ...

    def get_unique_error_message(self, *args, **kwargs): ...


def inlineformset_factory(*args, **kwargs): ...


class InlineForeignKeyField:

    def clean(self, *args, **kwargs): ...

    def has_changed(self, *args, **kwargs): ...


class ModelChoiceIteratorValue:
    pass


class ModelChoiceIterator:

    def choice(self, *args, **kwargs): ...


class ModelChoiceField:

    def validate_no_null_characters(self, *args, **kwargs): ...

    def get_limit_choices_to(self, *args, **kwargs): ...

    @property
    def queryset(self): ...

    def label_from_instance(self, *args, **kwargs): ...

    @property
    def choices(self): ...

    def prepare_value(self, *args, **kwargs): ...

    def to_python(self, *args, **kwargs): ...

    def validate(self, *args, **kwargs): ...

    def has_changed(self, *args, **kwargs): ...


class ModelMultipleChoiceField(ModelChoiceField):

    def to_python(self, *args, **kwargs): ...

    def clean(self, *args, **kwargs): ...

    def prepare_value(self, *args, **kwargs): ...

    def has_changed(self, *args, **kwargs): ...


def modelform_defines_fields(*args, **kwargs): ...
