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
    if fields is None and hasattr(form, "Meta"):
        fields = getattr(form.Meta, "fields", None)
    meta = type("Meta", (), {"model": model, "fields": fields})
    return type(model.__name__ + "Form", (form,), {"Meta": meta})


class BaseModelFormSet(BaseFormSet):
    model = None
    edit_only = False

    def __init__(self, data=None, files=None, queryset=None, **kwargs):
        super().__init__(data, files, **kwargs)
        self.queryset = queryset

    def initial_form_count(self):
        for row in self.get_queryset():
            pass
        return outgrow.unknown()

    def get_queryset(self):
        if self.queryset is not None:
            return self.queryset
        return self.model._default_manager.all()

    def _construct_form(self, i, **kwargs):
        for row in self.get_queryset():
            kwargs["instance"] = row
        return super()._construct_form(i, **kwargs)

    def save_new(self, form, commit=True):
        return form.save(commit=commit)

    def save_existing(self, form, obj, commit=True):
        return form.save(commit=commit)

    def delete_existing(self, obj, commit=True):
        if commit:
            obj.delete()

    def save(self, commit=True):
        return self.save_existing_objects(commit) + self.save_new_objects(commit)

    def save_m2m(self):
        for form in self.forms:
            form.save_m2m()

    @property
    def new_objects(self):
        return [form.instance for form in self.forms]

    @property
    def changed_objects(self):
        return [(form.instance, outgrow.unknown()) for form in self.forms]

    @property
    def deleted_objects(self):
        return [form.instance for form in self.forms]

    def clean(self):
        self.validate_unique()

    def validate_unique(self):
        for form in self.forms:
            form.validate_unique()

    def get_unique_error_message(self, *args, **kwargs): ...

    def get_date_error_message(self, *args, **kwargs): ...

    def get_form_error(self, *args, **kwargs): ...

    def save_existing_objects(self, commit=True):
        saved = []
        for form in self.initial_forms:
            if self.can_delete and outgrow.unknown():
                self.delete_existing(form.instance, commit=commit)
            else:
                saved.append(self.save_existing(form, form.instance, commit=commit))
        return saved

    def save_new_objects(self, commit=True):
        return [self.save_new(form, commit=commit) for form in self.extra_forms]

    def add_fields(self, form, index):
        pass


def modelformset_factory(
    model, form=ModelForm, formset=BaseModelFormSet, fields=None, can_delete=False, **kwargs
):
    form = modelform_factory(model, form=form, fields=fields)
    attributes = {"form": form, "model": model, "can_delete": can_delete}
    return type(model.__name__ + "FormSet", (formset,), attributes)


class BaseInlineFormSet(BaseModelFormSet):
    fk = None

    def __init__(self, data=None, files=None, instance=None, queryset=None, **kwargs):
        super().__init__(data, files, queryset=queryset, **kwargs)
        self.instance = instance

    @classmethod
    def get_default_prefix(*args, **kwargs): ...

    def get_unique_error_message(self, *args, **kwargs): ...


def inlineformset_factory(
    parent_model,
    model,
    form=ModelForm,
    formset=BaseInlineFormSet,
    fk_name=None,
    fields=None,
    can_delete=True,
    **kwargs,
):
    return modelformset_factory(
        model, form=form, formset=formset, fields=fields, can_delete=can_delete
    )


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
