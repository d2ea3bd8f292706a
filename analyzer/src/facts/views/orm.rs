//! Calls of the ORM: which model they concern, and whether they read or write its table.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::facts::models::Models;
use crate::map::Relation;
use crate::python::registry::is_model;
use crate::python::{Call, Class, Span, Value, model_of};

/// Links of one call chain that are followed.
const CHAIN_MAX: usize = 60;

const READS: [&str; 24] = [
    "aggregate",
    "all",
    "annotate",
    "count",
    "dates",
    "datetimes",
    "earliest",
    "exclude",
    "exists",
    "filter",
    "first",
    "get",
    "get_object",
    "get_queryset",
    "in_bulk",
    "iterator",
    "last",
    "latest",
    "prefetch_related",
    "raw",
    "refresh_from_db",
    "select_for_update",
    "values",
    "values_list",
];

const WRITES: [&str; 12] = [
    "abulk_create",
    "acreate",
    "adelete",
    "asave",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
];

/// Read or write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touch {
    /// Reads rows.
    Read,
    /// Changes rows.
    Write,
}

/// The project's tables and relations, for calls to be read against.
pub(super) struct Orm<'a> {
    models: &'a Models,
    targets: BTreeMap<(&'a str, &'a str), &'a str>,
}

impl<'a> Orm<'a> {
    pub(super) fn new(models: &'a Models, relations: &'a [Relation]) -> Self {
        let target = |r: &'a Relation| ((r.from.as_str(), r.field.as_str()), r.to.as_str());
        Self { models, targets: relations.iter().map(target).collect() }
    }

    /// Table of a model; that of the concrete one for a proxy.
    pub(super) fn table(&self, model: &Rc<Class>) -> Option<&'a str> {
        let options = self.models.of(model)?;
        options.is_registered().then_some(options.table.as_str())
    }

    /// Which models a call touches.
    pub(super) fn touches(&self, call: &Call) -> Vec<(Touch, Rc<Class>)> {
        let Value::Member(member) = &call.callee else {
            let shortcut = call.path().is_some_and(|path| {
                path.ends_with(".get_object_or_404") || path.ends_with(".get_list_or_404")
            });
            let first = call.args.positional.first().filter(|_| shortcut);
            let model = first.and_then(|item| self.model(&item.value, 0));
            return model.map(|model| (Touch::Read, model)).into_iter().collect();
        };
        let name = member.name.trim_start_matches("super.");
        let touch = if WRITES.contains(&name) {
            Touch::Write
        } else if READS.contains(&name) {
            Touch::Read
        } else {
            return Vec::new();
        };
        let model = self.model(&member.base, 0).or_else(|| form_model(&member.base));
        let Some(model) = model else { return Vec::new() };
        if touch == Touch::Write && name.contains("get_or") {
            return vec![(Touch::Read, model.clone()), (Touch::Write, model)];
        }
        vec![(touch, model)]
    }

    /// The model of a value at the end of a chain; none once a link is not understood.
    fn model(&self, value: &Value, depth: usize) -> Option<Rc<Class>> {
        if depth > CHAIN_MAX {
            return None;
        }
        match value {
            Value::Call(call) => match &call.callee {
                Value::Member(member) => self.model(&member.base, depth + 1),
                Value::External(path) if path.contains(".get_") && path.ends_with("_or_404") => {
                    self.model(&call.args.positional.first()?.value, depth + 1)
                }
                _ => None,
            },
            Value::Member(member) => {
                let base = self.model(&member.base, depth + 1)?;
                let label = self.models.of(&base)?.label();
                if let Some(to) = self.targets.get(&(label.as_str(), &*member.name)) {
                    let (app, name) = to.split_once('.')?;
                    return self.models.labelled(app, name).map(|model| model.class.clone());
                }
                let manager = base.lookup(&member.name).is_some()
                    || matches!(&*member.name, "objects" | "_default_manager" | "_base_manager");
                manager.then_some(base)
            }
            Value::Choice(alternatives) => {
                alternatives.iter().find_map(|a| self.model(&a.value, depth + 1))
            }
            Value::Class(_) | Value::Instance(_) => model_of(value),
            _ => None,
        }
    }
}

/// The SQL text that a call hands to the database: `cursor.execute(text)`, `RawSQL(text)`.
pub(super) fn sql_argument(call: &Call) -> Option<&Value> {
    let runs = match &call.callee {
        Value::Member(member) => matches!(&*member.name, "execute" | "executemany" | "raw"),
        _ => call.path().is_some_and(|path| path.ends_with(".RawSQL")),
    };
    call.args.positional.first().filter(|_| runs).map(|item| &item.value)
}

/// The model that a form or a serializer saves.
fn form_model(value: &Value) -> Option<Rc<Class>> {
    match value {
        Value::Instance(instance) => meta_model(&instance.class),
        Value::Class(class) => meta_model(class),
        _ => None,
    }
}

fn meta_model(class: &Class) -> Option<Rc<Class>> {
    let (_, binding) = class.lookup("Meta")?;
    let (_, model) = binding.value.as_class()?.lookup("model")?;
    model.value.as_class().filter(|class| is_model(class)).cloned()
}

/// The model that a class-based view declares: by name, by queryset, by form or by serializer.
pub(super) fn declared_model(class: &Class) -> Option<Rc<Class>> {
    ["model", "queryset", "form_class", "serializer_class"].into_iter().find_map(|name| {
        let (_, binding) = class.lookup(name)?;
        model_of(&binding.value).or_else(|| form_model(&binding.value))
    })
}

/// Where a view declares its model.
pub(super) fn declaration(class: &Class) -> Option<Span> {
    ["model", "queryset", "form_class", "serializer_class"].into_iter().find_map(|name| {
        let (owner, binding) = class.lookup(name)?;
        let own = owner.home.origin != crate::python::object::Origin::Catalogue;
        own.then_some(binding.at)
    })
}

/// Whether the library's `post` of a view saves what was posted.
pub(super) fn saves(class: &Class) -> bool {
    [
        "django.views.generic.edit.ModelFormMixin",
        "django.views.generic.edit.DeletionMixin",
        "rest_framework.mixins.CreateModelMixin",
    ]
    .into_iter()
    .any(|path| class.descends_from(path))
}
