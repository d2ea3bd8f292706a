# Written by hand.
# What django.forms.formsets does as far as tables are concerned: a set has any number of forms, and
# each of them is made, checked and shown like a form.

import outgrow

from django.forms.forms import Form


TOTAL_FORM_COUNT = 'TOTAL_FORMS'
INITIAL_FORM_COUNT = 'INITIAL_FORMS'
MIN_NUM_FORM_COUNT = 'MIN_NUM_FORMS'
MAX_NUM_FORM_COUNT = 'MAX_NUM_FORMS'
ORDERING_FIELD_NAME = 'ORDER'
DELETION_FIELD_NAME = 'DELETE'
DEFAULT_MIN_NUM = 0
DEFAULT_MAX_NUM = 1000


class ManagementForm(Form):

    def clean(self, *args, **kwargs): ...

    @property
    def media(self): ...


class BaseFormSet:
    form = Form
    extra = 1
    can_delete = False
    can_order = False
    template_name_div = 'django/forms/formsets/div.html'
    template_name_p = 'django/forms/formsets/p.html'
    template_name_table = 'django/forms/formsets/table.html'
    template_name_ul = 'django/forms/formsets/ul.html'

    def __init__(self, data=None, files=None, form_kwargs=None, **kwargs):
        self.data = data
        self.files = files
        self.form_kwargs = form_kwargs or {}
        self.initial = kwargs.get("initial")
        self.prefix = kwargs.get("prefix")
        self.is_bound = outgrow.unknown()
        self._form = None

    def __iter__(self):
        return self.forms

    def __getitem__(self, index):
        return self._any_form()

    def __len__(self):
        return outgrow.unknown()

    def _any_form(self):
        if self._form is None:
            self._form = self._construct_form(outgrow.unknown(), **self.get_form_kwargs(0))
        return self._form

    def _construct_form(self, i, **kwargs):
        form = self.form(data=self.data, files=self.files, **kwargs)
        self.add_fields(form, i)
        return form

    @property
    def forms(self):
        return [self._any_form()]

    def total_form_count(self):
        return outgrow.unknown()

    def initial_form_count(self):
        return outgrow.unknown()

    def get_form_kwargs(self, index):
        return self.form_kwargs

    @property
    def initial_forms(self):
        return self.forms

    @property
    def extra_forms(self):
        return self.forms

    @property
    def empty_form(self):
        return self._any_form()

    @property
    def cleaned_data(self):
        return [form.cleaned_data for form in self.forms]

    @property
    def deleted_forms(self):
        return self.forms

    @property
    def ordered_forms(self):
        return self.forms

    @classmethod
    def get_default_prefix(*args, **kwargs): ...

    @classmethod
    def get_deletion_widget(*args, **kwargs): ...

    @classmethod
    def get_ordering_widget(*args, **kwargs): ...

    def non_form_errors(self):
        return outgrow.unknown()

    @property
    def errors(self):
        self.full_clean()
        return outgrow.unknown()

    def total_error_count(self, *args, **kwargs): ...

    def is_valid(self):
        self.full_clean()
        return outgrow.unknown()

    def full_clean(self):
        for form in self.forms:
            form.full_clean()
        self.clean()

    def clean(self):
        pass

    def has_changed(self):
        return outgrow.unknown()

    def add_fields(self, form, index):
        pass

    def add_prefix(self, index):
        return outgrow.unknown()

    def is_multipart(self, *args, **kwargs): ...

    @property
    def media(self): ...

    @property
    def template_name(self): ...

    def get_context(self, *args, **kwargs): ...


def formset_factory(form, formset=BaseFormSet, can_delete=False, can_order=False, **kwargs):
    attributes = {"form": form, "can_delete": can_delete, "can_order": can_order}
    return type(form.__name__ + "FormSet", (formset,), attributes)


def all_valid(formsets):
    for formset in formsets:
        formset.is_valid()
    return outgrow.unknown()
