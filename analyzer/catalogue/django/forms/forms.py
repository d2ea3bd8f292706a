# Facts about django.forms.forms, written by generate.py.


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
    def errors(self): ...

    def is_valid(self, *args, **kwargs): ...

    def add_prefix(self, *args, **kwargs): ...

    def add_initial_prefix(self, *args, **kwargs): ...

    @property
    def template_name(self): ...

    def get_context(self, *args, **kwargs): ...

    def non_field_errors(self, *args, **kwargs): ...

    def add_error(self, *args, **kwargs): ...

    def has_error(self, *args, **kwargs): ...

    def full_clean(self, *args, **kwargs): ...

    def clean(self, *args, **kwargs): ...

    def has_changed(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def is_multipart(self, *args, **kwargs): ...

    def hidden_fields(self, *args, **kwargs): ...

    def visible_fields(self, *args, **kwargs): ...

    def get_initial_for_field(self, *args, **kwargs): ...


class Form(BaseForm):
    declared_fields = {}
    base_fields = {}

    @property
    def media(self): ...
