//! What tags and filters of templates do: those of Django that bind names or render others, and
//! those that the project's own modules of tags define.

use std::rc::Rc;

use std::collections::BTreeMap;

use super::super::attributes::unwrap_decorated;
use super::super::object::{Args, Call, Module};
use super::super::value::{Alternative, Item, Span, Text, Value};
use super::{FORM, Render, entries, load};

/// Words of tags that are no expressions.
const WORDS: [&str; 14] =
    ["in", "as", "and", "or", "not", "is", "==", "!=", "<", ">", "<=", ">=", "with", "only"];

/// Tags of Django's own that ask for no more than their arguments; those that close one are not
/// among them.
const OWN: [&str; 33] = [
    "autoescape",
    "blocktrans",
    "blocktranslate",
    "cache",
    "comment",
    "debug",
    "filter",
    "firstof",
    "get_available_languages",
    "get_current_language",
    "get_current_language_bidi",
    "get_current_timezone",
    "get_language_info",
    "get_language_info_list",
    "get_media_prefix",
    "get_static_prefix",
    "ifchanged",
    "ifequal",
    "ifnotequal",
    "language",
    "localize",
    "localtime",
    "lorem",
    "partial",
    "plural",
    "querystring",
    "regroup",
    "resetcycle",
    "spaceless",
    "templatetag",
    "timezone",
    "verbatim",
    "widthratio",
];

impl Render<'_> {
    pub(super) fn tag(&mut self, name: &str, words: &[Text], at: Span) {
        match name {
            "load" => self.loaded.extend(words.iter().cloned()),
            "for" => self.for_tag(words, at),
            "with" => {
                let scope = self.assignments(words, at);
                self.scopes.push(scope);
            }
            "endfor" | "endwith" => {
                if self.scopes.len() > 2 {
                    self.scopes.pop();
                }
            }
            "include" => self.include(words, at),
            "extends" | "block" | "endblock" | "url" | "static" | "trans" | "translate"
            | "csrf_token" | "empty" | "else" | "now" | "cycle" => {
                if name == "url" {
                    self.evaluate(words.get(1..).unwrap_or_default(), at);
                }
            }
            _ => self.other(name, words, at),
        }
    }

    pub(super) fn evaluate(&mut self, words: &[Text], at: Span) -> Vec<Value> {
        let mut values = Vec::new();
        for word in words {
            if WORDS.contains(&&**word) {
                continue;
            }
            let expression = match word.split_once('=') {
                Some((name, value)) if !name.is_empty() && !name.contains('"') => value,
                _ => word,
            };
            let value = self.expression(expression, at);
            // A test of a queryset asks the database.
            drop(self.ev.elements(&value));
            values.push(value);
        }
        values
    }

    fn for_tag(&mut self, words: &[Text], at: Span) {
        let position = words.iter().position(|word| &**word == "in");
        let (names, rest) = words.split_at(position.unwrap_or(words.len()));
        let value = rest.get(1).map_or(Value::None, |word| self.expression(word, at));
        let element = self.any_of(&value, at);
        let names: Vec<String> = names
            .iter()
            .flat_map(|name| name.split(',').map(str::to_owned).collect::<Vec<_>>())
            .filter(|name| !name.is_empty())
            .collect();
        let mut scope = BTreeMap::new();
        match names.as_slice() {
            [only] => drop(scope.insert(Rc::from(&**only), element)),
            several => {
                for (index, name) in several.iter().enumerate() {
                    let index = i64::try_from(index).unwrap_or(0);
                    let part = self.ev.subscript_value(&element, &Value::Int(index), at);
                    let part = part.unwrap_or_else(|| Value::unknown("a part of a pair", at));
                    scope.insert(Rc::from(&**name), part);
                }
            }
        }
        self.scopes.push(scope);
    }

    /// `name=value` and `value as name`.
    fn assignments(&mut self, words: &[Text], at: Span) -> BTreeMap<Text, Value> {
        let mut scope = BTreeMap::new();
        for word in words {
            if let Some((name, value)) = word.split_once('=') {
                let value = self.expression(value, at);
                scope.insert(Rc::from(name), value);
            }
        }
        if let [value, word, name, ..] = words
            && &**word == "as"
        {
            let value = self.expression(value, at);
            scope.insert(name.clone(), value);
        }
        scope
    }

    fn include(&mut self, words: &[Text], at: Span) {
        let Some((first, rest)) = words.split_first() else { return };
        let name = self.expression(first, at);
        let with = self.assignments(rest, at);
        let height = self.scopes.len();
        self.scopes.push(with);
        self.each(&name, at);
        self.scopes.truncate(height);
    }

    /// A template of a library, or one whose name is computed: what it shows is not seen. Django's
    /// own ask for nothing.
    pub(super) fn missed(&mut self, name: &Value, at: Span) {
        let own = |name: &str| name.starts_with("admin/") || name.starts_with("django/");
        if !name.as_str().is_some_and(own) {
            self.ev.unseen("a template that was not found", at);
        }
    }

    /// A tag of the project, or one that only looks at its arguments.
    fn other(&mut self, name: &str, words: &[Text], at: Span) {
        let (words, bound) = match words {
            [given @ .., word, name] if &**word == "as" => (given, Some(name.clone())),
            all => (all, None),
        };
        let found = self.own(name);
        let Some((function, decorator)) = found else {
            let values = self.evaluate(words, at);
            if !OWN.contains(&name) && !name.starts_with("end") {
                self.handed_on(name, &values, at);
            }
            return;
        };
        let mut args = Args { open: false, ..Args::default() };
        for word in words {
            match word.split_once('=') {
                Some((name, value)) if !name.is_empty() && !name.contains(['"', '\'']) => {
                    let value = self.expression(value, at);
                    args.named.push((Rc::from(name), Item::new(value, at)));
                }
                _ => {
                    let value = self.expression(word, at);
                    args.positional.push(Item::new(value, at));
                }
            }
        }
        let maker = decorator.as_ref().and_then(|call| match &call.callee {
            Value::Call(maker) => Some(maker.clone()),
            _ => None,
        });
        let takes = maker.as_ref().and_then(|maker| maker.args.named("takes_context").cloned());
        if takes.is_some_and(|takes| self.ev.truth(&takes) == Some(true)) {
            let context = self.context();
            args.positional.insert(0, Item::new(context, at));
        }
        let result = self.ev.call(&function, args, at);
        let result = result.unwrap_or_else(|_| Value::unknown("a tag that raises", at));
        let template = maker.as_ref().and_then(|maker| maker.args.get(0, "filename").cloned());
        if let Some(Value::Str(name)) = template
            && let Some(template) = load(self.ev, &name)
        {
            let height = self.scopes.len();
            self.scopes.push(entries(&result));
            self.template(&template);
            self.scopes.truncate(height);
        }
        if let (Some(name), Some(scope)) = (bound, self.scopes.last_mut()) {
            let perhaps = self.ev.behind().is_some();
            let result = if perhaps { Value::either(result, Value::None) } else { result };
            scope.insert(name, result);
        }
    }

    /// A tag of a library that is not here shows the form that it is handed; what it asks of a row
    /// or of the request is not seen.
    fn handed_on(&mut self, name: &str, values: &[Value], at: Span) {
        for Alternative { value, .. } in values.iter().flat_map(Value::alternatives) {
            if let Value::Instance(form) = &value
                && form.class.descends_from(FORM)
            {
                self.shown(&value, at);
            } else if let Some(what) = super::super::intrinsics::is_lead(&value) {
                self.ev.unseen(&format!("{what} handed to the tag {name}"), at);
            }
        }
    }

    /// The context as the dictionary that a tag is handed.
    fn context(&mut self) -> Value {
        let mut all: Vec<(Text, Item)> = Vec::new();
        for scope in &self.scopes {
            for (name, value) in scope {
                all.push((name.clone(), Item::new(value.clone(), Span::default())));
            }
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let dict = self.ev.dict_of(all);
        if let Value::Dict(dict) = &dict {
            dict.open.set(true);
        }
        dict
    }

    /// A tag or a filter of a loaded module: its function, and the decorator around it.
    fn own(&mut self, name: &str) -> Option<(Value, Option<Rc<Call>>)> {
        for library in self.loaded.clone().iter().rev() {
            let Some(module) = self.library(library) else { continue };
            let Some(value) = module.scope.get(name) else { continue };
            return match &value {
                Value::Function(_) => Some((value, None)),
                Value::Call(call) => {
                    unwrap_decorated(&value).map(|function| (function, Some(call.clone())))
                }
                _ => None,
            };
        }
        None
    }

    /// The module behind `{% load name %}`, in the first app that has one.
    fn library(&mut self, name: &Text) -> Option<Rc<Module>> {
        if let Some(known) = self.ev.registry.templates.libraries.get(name) {
            return known.clone();
        }
        let apps: Vec<Text> = self.ev.registry.apps.iter().map(|app| app.name.clone()).collect();
        let found = apps.iter().find_map(|app| {
            let module = format!("{app}.templatetags.{name}");
            if self.ev.has_module(&module) { self.ev.import(&module) } else { None }
        });
        self.ev.registry.templates.libraries.insert(name.clone(), found.clone());
        found
    }

    pub(super) fn filter(
        &mut self,
        name: &str,
        value: Value,
        argument: Option<Value>,
        at: Span,
    ) -> Value {
        match name {
            "first" | "last" | "random" => self.any_of(&value, at),
            "length" | "length_is" | "join" => {
                drop(self.ev.elements(&value));
                Value::unknown("a text or a number", at)
            }
            "default" | "default_if_none" => Value::either(value, argument.unwrap_or(Value::None)),
            _ => match self.own(name) {
                Some((function, _)) => {
                    let given = std::iter::once(value).chain(argument);
                    self.ev
                        .call(&function, Args::of(given, at), at)
                        .unwrap_or_else(|_| Value::unknown("a filter that raises", at))
                }
                None => value,
            },
        }
    }
}
