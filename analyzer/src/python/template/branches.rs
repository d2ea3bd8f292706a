//! Which parts of a template are shown: tests that are decided leave one way, others both.

use super::super::value::{Span, Text, Value};
use super::Render;
use super::parse::Template;

/// Tests and other tags inside each other that are not closed yet; deeper ones show everything.
const OPEN_MAX: usize = 200;

/// A tag that something closes.
struct Open {
    name: Text,
    /// Whether what follows may be shown.
    shown: bool,
    /// Whether an earlier part of the test is surely shown.
    decided: bool,
    /// What the tag itself lies behind.
    behind: Option<Span>,
}

/// The tags around one piece of a template.
#[derive(Default)]
pub(super) struct Branches {
    open: Vec<Open>,
}

impl Branches {
    /// Whether what stands here may be shown.
    pub(super) fn are_shown(&self) -> bool {
        self.open.last().is_none_or(|open| open.shown)
    }

    /// Takes a tag into account; true if it is a part of a test, which is evaluated herewith.
    pub(super) fn take(
        &mut self,
        render: &mut Render<'_>,
        template: &Template,
        (name, words, at): (&Text, &[Text], Span),
    ) -> bool {
        if let Some(closed) = name.strip_prefix("end") {
            if let Some(place) = self.open.iter().rposition(|open| &*open.name == closed) {
                let behind = self.open.drain(place..).next().and_then(|open| open.behind);
                render.ev.lie_behind(behind);
            }
            return closed == "if";
        }
        match &**name {
            "if" => self.open(render, name, words, at),
            "elif" | "else" => {
                let outer = self.open.len().checked_sub(2).and_then(|outer| self.open.get(outer));
                let around = outer.is_none_or(|outer| outer.shown);
                let Some(test) = self.open.last_mut().filter(|test| &*test.name == "if") else {
                    return &**name == "elif";
                };
                test.shown = around && !test.decided;
                if test.shown && &**name == "elif" {
                    let holds = render.holds(words, at);
                    test.shown = holds != Some(false);
                    test.decided = holds == Some(true);
                    if holds.is_none() {
                        render.ev.lie_behind(Some(at));
                    }
                }
            }
            _ => {
                if template.closes(name) && self.open.len() < OPEN_MAX {
                    let behind = render.ev.behind();
                    let shown = self.are_shown();
                    self.open.push(Open { name: name.clone(), shown, decided: false, behind });
                }
                return false;
            }
        }
        true
    }

    fn open(&mut self, render: &mut Render<'_>, name: &Text, words: &[Text], at: Span) {
        if self.open.len() >= OPEN_MAX {
            return;
        }
        let behind = render.ev.behind();
        let holds = if self.are_shown() { render.holds(words, at) } else { Some(false) };
        let (shown, decided) = (holds != Some(false), holds == Some(true));
        self.open.push(Open { name: name.clone(), shown, decided, behind });
        if holds.is_none() {
            render.ev.lie_behind(Some(at));
        }
    }
}

impl Render<'_> {
    /// Whether the words of a test hold, if that is decided; `or` binds weaker than `and`, and both
    /// weaker than `not` and comparisons (Django's `template/smartif.py`). A word that is reached
    /// is asked as the engine asks it.
    fn holds(&mut self, words: &[Text], at: Span) -> Option<bool> {
        let mut any = Some(false);
        for part in words.split(|word| &**word == "or") {
            let mut all = Some(true);
            for operand in part.split(|word| &**word == "and") {
                let holds = self.operand(operand, at);
                match (all, holds) {
                    (_, Some(false)) => {
                        all = Some(false);
                        break;
                    }
                    (Some(true), holds) => all = holds,
                    _ => {}
                }
            }
            match (any, all) {
                (_, Some(true)) => return Some(true),
                (Some(false), all) => any = all,
                _ => {}
            }
        }
        any
    }

    fn operand(&mut self, words: &[Text], at: Span) -> Option<bool> {
        if let [word, rest @ ..] = words
            && &**word == "not"
        {
            return self.operand(rest, at).map(|holds| !holds);
        }
        let values = self.evaluate(words, at);
        match (words, values.as_slice()) {
            ([word], [value]) if !word.contains('|') => self.ev.truth(value),
            ([left, sign, right], [a, b]) if !left.contains('|') && !right.contains('|') => {
                let same = match (a, b) {
                    (Value::Str(a), Value::Str(b)) => a == b,
                    (Value::Int(a), Value::Int(b)) => a == b,
                    (Value::Bool(a), Value::Bool(b)) => a == b,
                    _ => return None,
                };
                match &**sign {
                    "==" | "is" => Some(same),
                    "!=" => Some(!same),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
