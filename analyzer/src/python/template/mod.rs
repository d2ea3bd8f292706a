//! Django's templates, as far as tables are concerned: every expression is followed as the engine
//! would follow it, so that `{{ order.customer.name }}` reads the customer.
//!
//! A template is evaluated from its first token to its last. Both ways of an `if` that is not
//! decided are taken; the variable of a `for` is one of the elements.

mod branches;
mod parse;
mod tags;

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::evaluator::Evaluator;
use super::object::{Args, Module};
use super::value::{Alternative, Cond, Item, Key, Span, Text, Value};
use branches::Branches;
use parse::{Piece, Template};

/// Templates inside each other: includes, inclusion tags, parents.
const DEPTH_MAX: u32 = 24;

/// Parts of one dotted name; longer ones are mistakes.
const PARTS_MAX: usize = 20;

/// Templates by name; none for what is not in the repository.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    known: FxHashMap<Text, Option<Rc<Template>>>,
    folders: Option<Vec<std::path::PathBuf>>,
    /// Modules of tags by the name that `{% load %}` uses.
    libraries: FxHashMap<Text, Option<Rc<Module>>>,
}

/// A template being evaluated.
pub(super) struct Render<'a> {
    pub(super) ev: &'a mut Evaluator,
    request: Value,
    scopes: Vec<BTreeMap<Text, Value>>,
    /// Modules of tags that `{% load %}` named.
    loaded: Vec<Text>,
    /// Blocks that a child template has replaced.
    replaced: Vec<Text>,
    depth: u32,
}

/// Renders the first of `names` that exists, with a context; says whether one does.
pub(crate) fn render(
    ev: &mut Evaluator,
    names: &Value,
    context: &Value,
    request: &Value,
    at: Span,
) -> bool {
    if !ev.is_tracing() {
        return true;
    }
    let found = templates(ev, names);
    let scopes = vec![processors(ev, request, at), entries(context)];
    if found.is_empty() {
        return false;
    }
    let mut render = Render {
        ev,
        request: request.clone(),
        scopes,
        loaded: Vec::new(),
        replaced: Vec::new(),
        depth: 0,
    };
    let undecided = (found.len() > 1).then_some(at);
    for template in found {
        let before = render.ev.behind();
        if undecided.is_some() {
            render.ev.lie_behind(undecided);
        }
        render.template(&template);
        render.ev.lie_behind(before);
    }
    true
}

/// The templates that names may stand for: of a list the first that exists, of a name that is not
/// decided each.
fn templates(ev: &mut Evaluator, names: &Value) -> Vec<Rc<Template>> {
    let mut found: Vec<Rc<Template>> = Vec::new();
    for names in names.alternatives() {
        let names = match &names.value {
            Value::Str(_) => vec![names.value],
            list => {
                let items = ev.elements(list).unwrap_or_default();
                items.iter().flat_map(|item| item.value.alternatives()).map(|a| a.value).collect()
            }
        };
        let template = names.iter().find_map(|name| match name {
            Value::Str(name) => load(ev, name),
            _ => None,
        });
        if let Some(template) = template
            && !found.iter().any(|other| Rc::ptr_eq(other, &template))
        {
            found.push(template);
        }
    }
    found
}

/// What every page of the project asks for, whatever its template.
pub fn page_context(ev: &mut Evaluator, request: &Value, at: Span) {
    processors(ev, request, at);
}

/// The entries of a dictionary with text keys; what is not always there may be nothing.
pub(super) fn entries(context: &Value) -> BTreeMap<Text, Value> {
    let mut found: BTreeMap<Text, (Value, usize)> = BTreeMap::new();
    let alternatives = context.alternatives();
    for alternative in &alternatives {
        let Value::Dict(dict) = &alternative.value else { continue };
        for (key, item) in dict.entries.borrow().values() {
            let Value::Str(name) = key else { continue };
            let sure = usize::from(item.cond.is_always());
            let value = item.value.clone();
            let value = match found.remove(name) {
                Some((other, times)) => (Value::either(other, value), times + sure),
                None => (value, sure),
            };
            found.insert(name.clone(), value);
        }
    }
    let whole = |(value, times)| {
        if times < alternatives.len() { Value::either(value, Value::None) } else { value }
    };
    found.into_iter().map(|(name, value)| (name, whole(value))).collect()
}

/// What the context processors of the project add.
fn processors(ev: &mut Evaluator, request: &Value, at: Span) -> BTreeMap<Text, Value> {
    let mut scope = BTreeMap::new();
    if !matches!(request, Value::Instance(_)) {
        return scope;
    }
    scope.insert(Rc::from("request"), request.clone());
    for processor in configured(ev, "context_processors", at) {
        let Value::Str(path) = &processor.value else { continue };
        let function = ev.resolve(path);
        if path.starts_with("django.") && !matches!(function, Value::Function(_)) {
            continue;
        }
        let args = Args::of([request.clone()], at);
        if let Ok(context) = ev.call(&function, args, processor.at) {
            let context = entries(&context);
            // A queryset that no page shows is not read; one that is shown says so itself.
            for value in context.values() {
                super::intrinsics::lay_aside(ev, value);
            }
            scope.extend(context);
        }
    }
    scope
}

/// A list of the first engine's options.
fn configured(ev: &mut Evaluator, option: &str, at: Span) -> Vec<Item> {
    let settings = Value::external("django.conf.settings");
    let engines = ev.attribute(&settings, &Rc::from("TEMPLATES"), at).unwrap_or(Value::None);
    let Some(engine) = ev.subscript_value(&engines, &Value::Int(0), at) else { return Vec::new() };
    let list = match option {
        "DIRS" => entry(ev, &engine, "DIRS", at),
        _ => entry(ev, &engine, "OPTIONS", at).and_then(|options| entry(ev, &options, option, at)),
    };
    list.and_then(|list| ev.elements(&list)).unwrap_or_default()
}

/// What a dictionary holds under a key, if anything: asking for what is not there is no mistake.
fn entry(ev: &mut Evaluator, of: &Value, key: &str, at: Span) -> Option<Value> {
    if of.is_unknown() {
        return None;
    }
    let get = ev.attribute(of, &Rc::from("get"), at).ok()?;
    let found = ev.call(&get, Args::of([Value::str(key)], at), at).ok()?;
    Some(found).filter(|found| !found.is_unknown() && !matches!(found, Value::None))
}

/// The template of this name, in the order in which Django looks.
pub(super) fn load(ev: &mut Evaluator, name: &Text) -> Option<Rc<Template>> {
    if let Some(known) = ev.registry.templates.known.get(name) {
        return known.clone();
    }
    if ev.registry.templates.folders.is_none() {
        let folders = folders(ev);
        ev.registry.templates.folders = Some(folders);
    }
    let safe = !name.is_empty()
        && !name.split('/').any(|part| part == "..")
        && !name.starts_with('/')
        && !name.ends_with('/');
    let folders = ev.registry.templates.folders.clone().unwrap_or_default();
    let found = folders.iter().filter(|_| safe).find_map(|folder| {
        let path = folder.join(&**name);
        ev.repo.exists(&path).filter(|exists| *exists)?;
        let bytes = ev.repo.read(&path)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = ev.add_source(ev.repo.display(&path), text.clone());
        Some(Rc::new(parse::parse(file, &text)))
    });
    ev.registry.templates.known.insert(name.clone(), found.clone());
    found
}

fn folders(ev: &mut Evaluator) -> Vec<std::path::PathBuf> {
    let mut found: Vec<std::path::PathBuf> = Vec::new();
    for folder in configured(ev, "DIRS", Span::default()) {
        let path = super::intrinsics::paths::text(&folder.value);
        found.extend(path.map(|path| std::path::PathBuf::from(&*path)));
    }
    for app in ev.registry.apps.clone() {
        if let Ok(Value::Str(path)) = ev.attribute(&app.config, &Rc::from("path"), app.at) {
            found.push(std::path::Path::new(&*path).join("templates"));
        }
    }
    found
}

impl Render<'_> {
    fn template(&mut self, template: &Rc<Template>) {
        if self.depth >= DEPTH_MAX {
            return;
        }
        self.depth += 1;
        let start = Span { file: template.file, start: 0 };
        let parent = template.pieces.iter().find_map(|piece| match piece {
            Piece::Tag { name, words, at } if &**name == "extends" => Some((words.clone(), *at)),
            _ => None,
        });
        let replaced = self.replaced.clone();
        self.pieces(template, start);
        if let Some((words, at)) = parent {
            for piece in &template.pieces {
                if let Piece::Tag { name, words, .. } = piece
                    && &**name == "block"
                    && let Some(block) = words.first()
                    && !template.text_uses_super
                {
                    self.replaced.push(block.clone());
                }
            }
            let name = words.first().map_or(Value::None, |word| self.expression(word, at));
            self.each(&name, at);
        }
        self.replaced = replaced;
        self.depth -= 1;
    }

    /// Evaluates every template that a name may stand for.
    fn each(&mut self, name: &Value, at: Span) {
        let names = name.alternatives();
        let undecided = (names.len() > 1).then_some(at);
        for name in names {
            let found = match &name.value {
                Value::Str(name) => load(self.ev, name),
                _ => None,
            };
            let Some(template) = found else {
                self.missed(&name.value, at);
                continue;
            };
            let before = self.ev.behind();
            if undecided.is_some() {
                self.ev.lie_behind(undecided);
            }
            self.template(&template);
            self.ev.lie_behind(before);
        }
    }

    fn pieces(&mut self, template: &Rc<Template>, start: Span) {
        let mut skipping: Option<u32> = None;
        let mut blocks = 0_u32;
        let before = self.ev.behind();
        let mut branches = Branches::default();
        for piece in &template.pieces {
            if !self.ev.step(start) {
                break;
            }
            if let Piece::Tag { name, words, .. } = piece {
                match &**name {
                    "block" => {
                        blocks += 1;
                        let replaced = words.first().is_some_and(|b| self.replaced.contains(b));
                        if replaced && skipping.is_none() {
                            skipping = Some(blocks);
                        }
                    }
                    "endblock" => {
                        if skipping == Some(blocks) {
                            skipping = None;
                        }
                        blocks = blocks.saturating_sub(1);
                    }
                    _ => {}
                }
            }
            if skipping.is_some() {
                continue;
            }
            match piece {
                Piece::Variable { text, at } => {
                    if branches.are_shown() {
                        let value = self.expression(text, *at);
                        self.shown(&value, *at);
                    }
                }
                Piece::Tag { name, words, at } => {
                    let test = branches.take(self, template, (name, words, *at));
                    if !test && branches.are_shown() {
                        self.tag(name, words, *at);
                        // Rows are shown as if there were some.
                        if &**name == "for" {
                            self.ev.lie_behind(Some(*at));
                        }
                    }
                }
            }
        }
        self.ev.lie_behind(before);
    }

    /// A value that ends up on the page: rows are read, a form shows its choices.
    fn shown(&mut self, value: &Value, at: Span) {
        for Alternative { value, .. } in value.alternatives() {
            let Value::Instance(instance) = &value else { continue };
            if instance.class.descends_from(FORM) {
                super::intrinsics::show_choices(self.ev, &value, at);
                continue;
            }
            drop(self.ev.elements(&value));
            if let Some((owner, binding)) = instance.class.lookup("__str__")
                && owner.home.origin != super::object::Origin::Catalogue
            {
                self.ev.follow(&binding.value, Args::of([value.clone()], at), at);
            }
        }
    }

    /// `name.part.part|filter:argument`.
    pub(super) fn expression(&mut self, text: &str, at: Span) -> Value {
        let mut parts = parse::split(text, '|').into_iter();
        let Some(first) = parts.next() else { return Value::None };
        let mut value = self.variable(first.trim(), at);
        for filter in parts {
            let (name, argument) = match filter.split_once(':') {
                Some((name, argument)) => (name, Some(self.variable(argument.trim(), at))),
                None => (&*filter, None),
            };
            value = self.filter(name.trim(), value, argument, at);
        }
        value
    }

    fn variable(&mut self, text: &str, at: Span) -> Value {
        if let Some(literal) = parse::literal(text) {
            return literal;
        }
        let mut parts = text.split('.').take(PARTS_MAX);
        let Some(first) = parts.next() else { return Value::None };
        let mut value = self.name(first, at);
        for part in parts {
            value = self.part(&value, part, at);
        }
        self.called(value, at)
    }

    fn name(&mut self, name: &str, at: Span) -> Value {
        if let Some(value) = self.scopes.iter().rev().find_map(|scope| scope.get(name)) {
            return value.clone();
        }
        let unknown = Value::unknown("a name that the context does not show", at);
        match name {
            "user" => {
                let user = self.ev.intern("user");
                self.ev.attribute(&self.request.clone(), &user, at).unwrap_or(unknown)
            }
            "perms" => {
                let user = self.name("user", at);
                let has = self.ev.intern("has_perm");
                let check = self.ev.attribute(&user, &has, at);
                drop(check.map(|check| self.ev.call(&check, Args::default(), at)));
                unknown
            }
            _ => unknown,
        }
    }

    fn part(&mut self, value: &Value, part: &str, at: Span) -> Value {
        let value = self.called(value.clone(), at);
        let unknown = Value::unknown("a part of something that is not known", at);
        if let Value::Choice(alternatives) = &value {
            let parts = alternatives.iter().filter(|a| !matches!(a.value, Value::None));
            let parts: Vec<Alternative> = parts
                .map(|a| Alternative {
                    value: self.part(&a.value, part, at),
                    cond: Cond::default(),
                })
                .collect();
            return Value::choice(parts);
        }
        if let Ok(index) = part.parse::<i64>() {
            return self.ev.subscript_value(&value, &Value::Int(index), at).unwrap_or(unknown);
        }
        if let Value::Dict(dict) = &value {
            let all = matches!(part, "items" | "keys" | "values");
            // An entry of that name would win; among keys that are not known it is not looked for.
            if all && dict.entries.look(&Key::Str(Rc::from(part))).is_none() {
                return self.whole(&value, part, at);
            }
            if let Some(found) = self.ev.subscript_value(&value, &Value::str(part), at) {
                return found;
            }
        }
        let part = self.ev.intern(part);
        self.ev.attribute(&value, &part, at).unwrap_or(unknown)
    }

    /// What a dictionary gives by one of its methods.
    fn whole(&mut self, dict: &Value, method: &str, at: Span) -> Value {
        let name = self.ev.intern(method);
        let items = self.ev.attribute(dict, &name, at);
        let called = items.map(|items| self.ev.call(&items, Args::default(), at));
        called.and_then(|called| called).unwrap_or(Value::None)
    }

    /// The engine calls what can be called without arguments.
    fn called(&mut self, value: Value, at: Span) -> Value {
        match &value {
            Value::Bound(_) | Value::Function(_) | Value::Member(_) => self
                .ev
                .call(&value, Args::default(), at)
                .unwrap_or_else(|_| Value::unknown("a call that raises", at)),
            _ => value,
        }
    }

    /// The elements of a value as one: what the variable of a `for` is.
    pub(super) fn any_of(&mut self, value: &Value, at: Span) -> Value {
        let items = match value {
            Value::Choice(alternatives) => alternatives
                .iter()
                .flat_map(|a| self.ev.elements(&a.value).unwrap_or_default())
                .collect(),
            Value::Instance(manager) if manager.class.descends_from(MANAGER) => {
                let all = self.part(value, "all", at);
                let rows = self.called(all, at);
                self.ev.elements(&rows).unwrap_or_default()
            }
            other => self.ev.elements(other).unwrap_or_default(),
        };
        let values =
            items.into_iter().map(|item| Alternative { value: item.value, cond: item.cond });
        match Value::choice(values) {
            Value::None => Value::unknown("an element of something that is not known", at),
            found => found,
        }
    }
}

const FORM: &str = "django.forms.forms.BaseForm";

const MANAGER: &str = "django.db.models.manager.BaseManager";
