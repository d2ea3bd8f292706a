# Written by hand.
# What formtools.wizard.views does as far as tables are concerned: which step a request is at is not
# known, so its form is any of them, and a step that is valid may be the last one.

import outgrow

from django.views.generic.base import TemplateView
from formtools.wizard.forms import ManagementForm


def normalize_name(*args, **kwargs): ...


class StepsHelper:
    def __init__(self, wizard):
        self._wizard = wizard

    @property
    def all(self):
        return list(self._wizard.get_form_list())

    @property
    def count(self):
        return outgrow.unknown()

    @property
    def current(self):
        return outgrow.unknown()

    @property
    def first(self):
        return outgrow.unknown()

    @property
    def last(self):
        return outgrow.unknown()

    @property
    def next(self):
        return outgrow.unknown()

    @property
    def prev(self):
        return outgrow.unknown()

    @property
    def index(self):
        return outgrow.unknown()

    @property
    def step0(self):
        return outgrow.unknown()

    @property
    def step1(self):
        return outgrow.unknown()


class Storage:
    def __init__(self, request, in_session):
        self.request = request
        self.in_session = in_session
        self.extra_data = outgrow.unknown()

    @property
    def current_step(self):
        return outgrow.unknown()

    def keep(self):
        if self.in_session:
            self.request.session["wizard"] = {}

    def reset(self):
        self.keep()

    def set_step_data(self, step, data):
        self.keep()

    def set_step_files(self, step, files):
        self.keep()

    def get_step_data(self, step):
        return outgrow.unknown()

    def get_step_files(self, step):
        return outgrow.unknown()


class WizardView(TemplateView):
    storage_name = None
    form_list = None
    initial_dict = None
    instance_dict = None
    condition_dict = None
    template_name = 'formtools/wizard/wizard_form.html'

    @classmethod
    def as_view(*args, **kwargs): ...

    @classmethod
    def get_initkwargs(*args, **kwargs): ...

    def get_prefix(self, *args, **kwargs): ...

    def get_form_list(self):
        for condition in (self.condition_dict or {}).values():
            if callable(condition):
                condition(self)
        forms = {}
        for number, step in enumerate(self.form_list or []):
            if isinstance(step, (list, tuple)):
                forms[step[0]] = step[1]
            else:
                forms[str(number)] = step
        return forms

    def dispatch(self, request, *args, **kwargs):
        self.prefix = self.get_prefix(request, *args, **kwargs)
        self.storage = Storage(request, "session" in (self.storage_name or ""))
        self.steps = StepsHelper(self)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.storage.reset()
        return self.render(self.get_form())

    def post(self, *args, **kwargs):
        form = self.get_form(data=self.request.POST, files=self.request.FILES)
        if form.is_valid():
            self.storage.set_step_data(self.steps.current, self.process_step(form))
            self.storage.set_step_files(self.steps.current, self.process_step_files(form))
            if outgrow.unknown():
                return self.render_done(form, **kwargs)
            return self.render_next_step(form)
        return self.render(form)

    def render_next_step(self, form, **kwargs):
        return self.render(self.get_form(self.steps.next, data=outgrow.unknown()), **kwargs)

    def render_goto_step(self, goto_step, **kwargs):
        return self.render(self.get_form(goto_step, data=outgrow.unknown()), **kwargs)

    def render_done(self, form, **kwargs):
        forms = {}
        for step in self.get_form_list():
            made = self.get_form(step, data=outgrow.unknown(), files=outgrow.unknown())
            if not made.is_valid():
                return self.render_revalidation_failure(step, made, **kwargs)
            forms[step] = made
        answer = self.done(list(forms.values()), form_dict=forms, **kwargs)
        self.storage.reset()
        return answer

    def get_form_prefix(self, *args, **kwargs): ...

    def get_form_initial(self, step):
        return (self.initial_dict or {}).get(step, {})

    def get_form_instance(self, step):
        return (self.instance_dict or {}).get(step, None)

    def get_form_kwargs(self, step=None):
        return {}

    def get_form(self, step=None, data=None, files=None):
        if step is None:
            step = self.steps.current
        form_class = self.get_form_list()[step]
        kwargs = self.get_form_kwargs(step)
        kwargs.update(data=data, files=files, initial=self.get_form_initial(step))
        instance = self.get_form_instance(step)
        if instance is not None:
            kwargs.setdefault("instance", instance)
        return form_class(**kwargs)

    def process_step(self, form):
        return outgrow.unknown()

    def process_step_files(self, form):
        return outgrow.unknown()

    def render_revalidation_failure(self, step, form, **kwargs):
        return self.render(form, **kwargs)

    def get_form_step_data(self, form):
        return outgrow.unknown()

    def get_form_step_files(self, form):
        return outgrow.unknown()

    def get_all_cleaned_data(self):
        cleaned = {}
        for step in self.get_form_list():
            self.get_cleaned_data_for_step(step)
        cleaned.update(outgrow.unknown())
        return cleaned

    def get_cleaned_data_for_step(self, step):
        form = self.get_form(step, data=outgrow.unknown(), files=outgrow.unknown())
        if form.is_valid():
            return form.cleaned_data
        return None

    def get_next_step(self, *args, **kwargs): ...

    def get_prev_step(self, *args, **kwargs): ...

    def get_step_index(self, *args, **kwargs): ...

    def get_context_data(self, form=None, **kwargs):
        context = super().get_context_data(form=form, **kwargs)
        context["wizard"] = {"form": form, "steps": self.steps}
        return context

    def render(self, form=None, **kwargs):
        form = form or self.get_form()
        return self.render_to_response(self.get_context_data(form=form, **kwargs))

    def done(self, *args, **kwargs): ...


class SessionWizardView(WizardView):
    storage_name = 'formtools.wizard.storage.session.SessionStorage'


class CookieWizardView(WizardView):
    storage_name = 'formtools.wizard.storage.cookie.CookieStorage'


class NamedUrlWizardView(WizardView):
    url_name = None
    done_step_name = None

    @classmethod
    def get_initkwargs(*args, **kwargs): ...

    def get_step_url(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def render_next_step(self, *args, **kwargs): ...

    def render_goto_step(self, *args, **kwargs): ...

    def render_revalidation_failure(self, *args, **kwargs): ...

    def render_done(self, *args, **kwargs): ...


class NamedUrlSessionWizardView(NamedUrlWizardView):
    storage_name = 'formtools.wizard.storage.session.SessionStorage'


class NamedUrlCookieWizardView(NamedUrlWizardView):
    storage_name = 'formtools.wizard.storage.cookie.CookieStorage'
