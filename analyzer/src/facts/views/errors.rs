//! The pages that Django answers with where a view raises `Http404` or `PermissionDenied`: they may
//! ask for as much as any other page.

use std::rc::Rc;

use super::around::{Answers, Question, known};
use super::{Effects, Reader, request};
use crate::facts::settings;
use crate::facts::urls::{Arguments, Target, View};
use crate::python::trace::Ends;
use crate::python::{Args, Binding, Span, Value};

/// Names of the handlers in the root URLconf, and what Django takes where it names none
/// (`django/conf/urls/__init__.py`).
const HANDLERS: [(&str, &str); 2] = [
    ("handler404", "django.views.defaults.page_not_found"),
    ("handler403", "django.views.defaults.permission_denied"),
];

/// Views that answer errors by themselves.
const OWN_ANSWERS: [&str; 2] =
    ["rest_framework.views.APIView", "graphene_django.views.GraphQLView"];

/// What the pages do, each by what is known of the request.
#[derive(Debug, Default)]
pub(super) struct Pages([Answers<Rc<Effects>>; 2]);

/// How a view may end, as far as Django answers then.
pub(super) fn unanswered(view: &View, ends: Ends) -> Ends {
    let own = match &view.target {
        Target::Class(class) | Target::Method(class, _) => {
            OWN_ANSWERS.iter().any(|path| class.descends_from(path))
        }
        Target::Function(_) => super::is_rest(&view.callback),
        Target::Unseen => false,
    };
    if own { Ends::default() } else { ends }
}

impl Reader<'_> {
    /// What is done where a view ends otherwise than by its answer.
    pub(super) fn pages(&mut self, ends: Ends, method: &str, by: &Arguments) -> Rc<Effects> {
        let mut found = [ends.not_found, ends.forbidden]
            .into_iter()
            .enumerate()
            .filter(|(_, may)| *may)
            .map(|(which, _)| self.page(which, method, by))
            .collect::<Vec<_>>();
        match found.len() {
            0 => Rc::default(),
            1 => found.remove(0),
            _ => {
                let mut joined = Effects::default();
                for page in found {
                    joined.join(page.as_ref().clone());
                }
                Rc::new(joined)
            }
        }
    }

    /// What one page does, for a request of which no view has found out anything: others get the
    /// same.
    fn page(&mut self, which: usize, method: &str, by: &Arguments) -> Rc<Effects> {
        let given = self.before(method, by);
        let request = request::make(self.ev, method, by, Span::default());
        request::put_on(self.ev, &request, &given);
        let of_request = known(&request);
        if let Some(known) = self.pages.0[which].find((method, false), &of_request, by) {
            return known.clone();
        }
        let (handler, named) = self.handler(which);
        let question = Question::begin(self.ev, false);
        let at = match &handler {
            Value::Function(handler) => handler.at,
            Value::Class(handler) => handler.at,
            _ => named,
        };
        let trace = self.ev.trace(self.budget.share(), |ev| {
            let exception = Value::unknown("why a view refused", at);
            let args = Args::of([request.clone(), exception], at);
            // Whether it comes to this is never sure.
            ev.perhaps(Some(at), |ev| ev.follow(&handler, args, at));
        });
        let asked = trace.method_asked.then_some(method);
        let effects = Rc::new(self.gather(trace, at));
        let asked = question.end(self.ev, asked);
        self.pages.0[which].keep(of_request, by, asked, effects.clone());
        request::forget(&request);
        effects
    }

    /// The handler, and where it is named.
    fn handler(&mut self, which: usize) -> (Value, Span) {
        let (name, default) = HANDLERS[which];
        let root = settings::text(self.ev, "ROOT_URLCONF");
        let own = self.ev.import(&root).and_then(|module| module.scope.binding(name));
        match own {
            Some(Binding { value: Value::Str(path), at, .. }) => (self.ev.resolve(&path), at),
            Some(Binding { value, at, .. }) => (value, at),
            None => (self.ev.resolve(default), Span::default()),
        }
    }
}
