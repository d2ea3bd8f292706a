//! What an endpoint reads and writes, first version: what its view declares (model, queryset,
//! serializer, form) and the ORM calls that evaluating its body shows.
//!
//! The body is evaluated with unknown arguments, project functions included. Each call without
//! source is looked at: `Model.objects.filter(...)`, `form.save()`. A summary is kept for each view
//! method, since routes share views.

mod orm;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::models::Models;
use super::sql;
use super::urls::{Found, Target, View};
use crate::map::{Access, At, Certainty, Endpoint, Relation};
use crate::python::object::Origin;
use crate::python::{Args, Class, Evaluator, Function, Span, Value};
use orm::{Orm, Touch};

/// Methods of views that run beside the handler, where the project defines them.
const HOOKS: [&str; 11] = [
    "dispatch",
    "filter_queryset",
    "form_valid",
    "get_context_data",
    "get_object",
    "get_queryset",
    "perform_create",
    "perform_destroy",
    "perform_update",
    "setup",
    "check_permissions",
];

/// Table of the admin's log, which every change through the admin writes.
const ADMIN_LOG: &str = "django_admin_log";

/// Tables with the lines that show the access.
type Tables = BTreeMap<String, BTreeSet<At>>;

/// What one view method does.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    reads: Tables,
    writes: Tables,
}

impl Effects {
    fn add(&mut self, touch: Touch, table: &str, at: At) {
        let tables = if touch == Touch::Write { &mut self.writes } else { &mut self.reads };
        tables.entry(table.to_owned()).or_default().insert(at);
    }

    fn join(&mut self, other: &Self) {
        for (mine, theirs) in [(&mut self.reads, &other.reads), (&mut self.writes, &other.writes)] {
            for (table, via) in theirs {
                mine.entry(table.clone()).or_default().extend(via.iter().cloned());
            }
        }
    }
}

/// Fills in the reads and writes of every endpoint.
pub fn read(
    ev: &mut Evaluator,
    found: Vec<Found>,
    models: &Models,
    relations: &[Relation],
) -> Vec<Endpoint> {
    let orm = Orm::new(models, relations);
    let mut reader = Reader { ev, orm, known: BTreeMap::new() };
    found
        .into_iter()
        .map(|Found { mut endpoint, view }| {
            let effects = reader.view(&view, &endpoint);
            endpoint.reads = accesses(effects.reads, endpoint.certainty);
            endpoint.writes = accesses(effects.writes, endpoint.certainty);
            endpoint
        })
        .collect()
}

fn accesses(tables: Tables, certainty: Certainty) -> Vec<Access> {
    let access = |(table, via): (String, BTreeSet<At>)| Access {
        table,
        certainty,
        via: via.into_iter().collect(),
    };
    tables.into_iter().map(access).collect()
}

struct Reader<'a> {
    ev: &'a mut Evaluator,
    orm: Orm<'a>,
    /// Summaries by class, function and model.
    known: BTreeMap<(usize, usize, String), Effects>,
}

impl Reader<'_> {
    fn view(&mut self, view: &View, endpoint: &Endpoint) -> Effects {
        match &view.target {
            Target::Function(function) => self.body(None, function, None),
            Target::Method(class, function) if class.descends_from(MODEL_ADMIN) => {
                self.admin(view, class, function)
            }
            Target::Method(class, function) => self.body(Some(class), function, None),
            Target::Class(class) => {
                let model = orm::declared_model(class);
                let names: Vec<String> = if view.mapping().is_empty() {
                    endpoint.methods.iter().map(|method| method.to_lowercase()).collect()
                } else {
                    view.mapping().values().cloned().collect()
                };
                let mut effects = Effects::default();
                for name in names.iter().map(String::as_str).chain(HOOKS) {
                    effects.join(&self.handler(class, name, model.as_ref()));
                }
                effects
            }
            Target::Unseen => Effects::default(),
        }
    }

    /// One handler: what the library's does by its name, or the body of the project's own.
    fn handler(&mut self, class: &Rc<Class>, name: &str, model: Option<&Rc<Class>>) -> Effects {
        let Some((owner, binding)) = class.lookup(name) else { return Effects::default() };
        if owner.home.origin != Origin::Catalogue {
            return match crate::python::attributes::unwrap_decorated(&binding.value) {
                Some(Value::Function(function)) => self.body(Some(class), &function, model),
                _ => match &binding.value {
                    Value::Function(function) => self.body(Some(class), function, model),
                    _ => Effects::default(),
                },
            };
        }
        let mut effects = Effects::default();
        let Some(table) = model.and_then(|model| self.orm.table(model)) else { return effects };
        let at = self.ev.at(orm::declaration(class).unwrap_or(class.at));
        let creates = class.descends_from("django.views.generic.edit.BaseCreateView")
            || class.descends_from("rest_framework.generics.CreateAPIView");
        let touches: &[Touch] = match name {
            "list" | "retrieve" | "get" if !creates => &[Touch::Read],
            "create" => &[Touch::Write],
            "post" if !orm::saves(class) => &[Touch::Read],
            "post" if creates => &[Touch::Write],
            "update" | "partial_update" | "destroy" | "post" | "put" | "patch" | "delete" => {
                &[Touch::Read, Touch::Write]
            }
            _ => &[],
        };
        for touch in touches {
            effects.add(*touch, table, at.clone());
        }
        effects
    }

    fn admin(&mut self, view: &View, class: &Rc<Class>, function: &Rc<Function>) -> Effects {
        let model = view.receiver.as_ref().and_then(crate::python::model_of);
        let mut effects = if function.module.origin == Origin::Catalogue {
            Effects::default()
        } else {
            self.body(Some(class), function, model.as_ref())
        };
        let Some(table) = model.and_then(|model| self.orm.table(&model)) else { return effects };
        let at = self.ev.at(class.at);
        let (reads, writes): (&[&str], &[&str]) = match &*function.name {
            "changelist_view" => (&[table], &[table]),
            "add_view" => (&[], &[table, ADMIN_LOG]),
            "change_view" | "delete_view" => (&[table], &[table, ADMIN_LOG]),
            "history_view" => (&[table, ADMIN_LOG], &[]),
            _ => (&[], &[]),
        };
        for (tables, touch) in [(reads, Touch::Read), (writes, Touch::Write)] {
            for table in tables {
                effects.add(touch, table, at.clone());
            }
        }
        effects
    }

    /// Evaluates a body with unknown arguments and looks at the calls that it makes.
    fn body(
        &mut self,
        class: Option<&Rc<Class>>,
        function: &Rc<Function>,
        model: Option<&Rc<Class>>,
    ) -> Effects {
        let address = |class: &Rc<Class>| Rc::as_ptr(class).addr();
        let model_path = model.map_or(String::new(), |model| model.path().to_string());
        let key = (class.map_or(0, address), Rc::as_ptr(function).addr(), model_path);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let receiver = class.map(|class| self.receiver(class, model, function.at));
        let calls = self.ev.trace(|ev| {
            let args = Args { open: true, ..Args::default() };
            // What it raises only ends it: the calls before it were made.
            drop(ev.call_function(function, receiver, args));
        });
        let mut effects = Effects::default();
        for call in calls {
            for (touch, model) in self.orm.touches(&call) {
                if let Some(table) = self.orm.table(&model) {
                    effects.add(touch, table, self.ev.at(call.at));
                }
            }
            if let Some(text) = orm::sql_argument(&call) {
                self.sql(&mut effects, text, call.at);
            }
        }
        self.known.insert(key, effects.clone());
        effects
    }

    /// What raw SQL touches; a text that cannot be seen or parsed is said to be opaque.
    fn sql(&mut self, effects: &mut Effects, text: &Value, at: Span) {
        let Some(text) = text.as_str() else {
            self.ev.note(at, "SQL", "the text is computed");
            return;
        };
        let tables = sql::tables(text);
        if let Some(why) = tables.opaque {
            self.ev.note(at, "SQL", why);
        }
        let at = self.ev.at(at);
        for (touch, names) in [(Touch::Read, tables.reads), (Touch::Write, tables.writes)] {
            for name in names {
                effects.add(touch, &name, at.clone());
            }
        }
    }

    /// The view object that a method is called on; it belongs to the model that the view declares.
    fn receiver(&mut self, class: &Rc<Class>, model: Option<&Rc<Class>>, at: Span) -> Value {
        let object = self.ev.bare_instance(class, Args::default(), at);
        if let Some(model) = model {
            self.ev.set_attribute(&object, &Rc::from("model"), Value::Class(model.clone()), at);
        }
        object
    }
}

const MODEL_ADMIN: &str = "django.contrib.admin.options.ModelAdmin";
