//! Views that ask for no method do the same under each: they are evaluated once.

use std::rc::Rc;

use super::{Answer, Code, Effects, Reader, request};
use crate::facts::urls::Arguments;
use crate::python::trace::Ends;
use crate::python::{Binding, Span, Text, Value};

/// What a view did that asked for no method.
#[derive(Debug)]
pub(super) struct Answered {
    /// What the middleware had put on the request.
    given: Vec<Text>,
    effects: Rc<Effects>,
    /// How else it may have ended, and how of that without an answer of its own.
    ends: [Ends; 2],
    /// What was on the request in the end.
    left: Vec<(Text, Binding)>,
}

fn names(attributes: &[(Text, Binding)]) -> Vec<Text> {
    attributes.iter().map(|(name, _)| name.clone()).collect()
}

impl Reader<'_> {
    /// What a view does under a method, where it asked for none under another one. What runs
    /// around it may ask.
    pub(super) fn alike(&mut self, code: &Code, by: &Arguments, method: &str) -> Option<Answer> {
        if !self.alike.contains_key(code) {
            return None;
        }
        let given = names(&self.before(method, by));
        let answered = self.alike.get(code).filter(|answered| answered.given == given)?;
        let (effects, left) = (answered.effects.clone(), answered.left.clone());
        let [ends, unanswered] = answered.ends;
        let request = request::make(self.ev, method, by, Span::default());
        request::put_on(self.ev, &request, &left);
        let around = self.around(method, by, &request, ends.not_found);
        Some([effects, around, self.pages(unanswered, method, by)])
    }

    /// Remembers what a view did that asked for no method.
    pub(super) fn answered(
        &mut self,
        code: &Code,
        given: &[(Text, Binding)],
        effects: &Rc<Effects>,
        request: &Value,
        ends: [Ends; 2],
    ) {
        let left = request::attributes(request);
        let answered = Answered { given: names(given), effects: effects.clone(), ends, left };
        self.alike.insert(code.clone(), answered);
    }
}
