# Written by hand.
# What django.forms.forms does as far as tables are concerned.

import outgrow


NON_FIELD_ERRORS = '__all__'


class DeclarativeFieldsMetaclass:
    pass


class BaseForm:
    default_renderer = None
    field_order = None
    prefix = None
    use_required_attribute = True
    template_name_div = 'django/forms/div.html'
    template_name_p = 'django/forms/p.html'
    template_name_table = 'django/forms/table.html'
    template_name_ul = 'django/forms/ul.html'
    template_name_label = 'django/forms/label.html'
    bound_field_class = None

    def order_fields(self, *args, **kwargs): ...

    @property
    def errors(self):
        self.full_clean()
        return outgrow.unknown()

    def is_valid(self):
        self.full_clean()
        return outgrow.unknown()

    def add_prefix(self, *args, **kwargs): ...

    def add_initial_prefix(self, *args, **kwargs): ...

    @property
    def template_name(self): ...

    def get_context(self, *args, **kwargs): ...

    def non_field_errors(self, *args, **kwargs): ...

    def add_error(self, *args, **kwargs): ...

    def has_error(self, *args, **kwargs): ...

    def full_clean(self):
        self.cleaned_data = outgrow.cleaned(self)
        outgrow.clean_fields(self)
        self.clean()
        self._post_clean()

    def clean(self):
        return self.cleaned_data

    def has_changed(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def is_multipart(self, *args, **kwargs): ...

    def hidden_fields(self, *args, **kwargs): ...

    def visible_fields(self, *args, **kwargs): ...

    def get_initial_for_field(self, *args, **kwargs): ...

    def __init__(self, data=None, files=None, **kwargs):
        self.data = data
        self.files = files
        self.initial = kwargs.get("initial", {})
        self.prefix = kwargs.get("prefix")
        self.is_bound = outgrow.unknown()
        self.fields = outgrow.declared(self)
        self.cleaned_data = outgrow.unknown()

    def _post_clean(self):
        pass


class Form(BaseForm):
    declared_fields = {}
    base_fields = {}

    @property
    def media(self): ...
