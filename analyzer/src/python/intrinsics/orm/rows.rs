//! Rows: objects of models as queries give them. Their attributes lead to other tables, saving and
//! deleting them changes some.

use std::rc::Rc;

use super::{default_manager, model_of, related};
use crate::python::between;
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Class, Instance};
use crate::python::schema::{Fate, Link, Shape};
use crate::python::trace::Touch;
use crate::python::value::{Item, Span, Text, Value};

/// Models (a count) that one delete takes along; a longer chain of cascades is cut.
const CASCADE_MAX: usize = 400;

/// Signals whose listeners want to see each row that is deleted.
const DELETE_SIGNALS: [&str; 2] =
    ["django.db.models.signals.pre_delete", "django.db.models.signals.post_delete"];

/// Child tables (a count) that a computed attribute may lead to; of more, one says nothing.
const CHILDREN_MAX: usize = 6;

/// Backends (a count) that are asked for one permission; projects have two or three.
const BACKENDS_MAX: usize = 20;

/// Permissions (a count) that one `has_perms` asks for.
const PERMISSIONS_MAX: usize = 20;

/// Attribute of a related manager: the table between the two models.
pub(super) const THROUGH: &str = "_through";

/// Attribute of a row that came from the database: saving it creates none.
const STORED: &str = "_stored";

/// Tables that Django's permission checks read.
const PERMISSION_MODELS: [(&str, &str); 3] =
    [("auth", "Permission"), ("auth", "Group"), ("contenttypes", "ContentType")];

/// Notes the touch of every table of a model.
pub fn touch(ev: &mut Evaluator, touch: Touch, class: &Rc<Class>, at: Span) {
    if let Some(shape) = ev.registry.schema.of(class) {
        for table in &shape.tables {
            ev.touch(touch, table, at);
        }
    }
}

/// An object of a model, of which nothing is known but that.
pub fn row(ev: &mut Evaluator, class: &Rc<Class>, at: Span) -> Value {
    let row = ev.bare_instance(class, Args::default(), at);
    let name = ev.intern(STORED);
    ev.set_attribute(&row, &name, Value::Bool(true), at);
    let shape = ev.registry.schema.of(class).filter(|_| ev.is_tracing());
    for table in shape.iter().flat_map(|shape| &shape.refined) {
        ev.perhaps(Some(at), |ev| ev.touch(Touch::Read, table, at));
    }
    row
}

/// An attribute of a row: a column, or what another table holds.
pub(crate) fn row_attribute(
    ev: &mut Evaluator,
    instance: &Rc<Instance>,
    name: &Text,
    at: Span,
) -> Option<Eval> {
    if !ev.is_tracing() {
        return None;
    }
    let shape = ev.registry.schema.of(&instance.class)?;
    if let Some(given) = instance.args.named(name) {
        return Some(Ok(given.clone()));
    }
    if let Some(link) = shape.attributes.get(name) {
        let found = follow(ev, link, at);
        if link.through.is_some() {
            related::belongs(ev, &found, instance, !shape.own_links.contains(name), at);
        }
        let binding = ev.bind(found.clone(), at);
        instance.attrs.set(name.clone(), binding);
        return Some(Ok(found));
    }
    let column = &**name == "pk" || shape.columns.contains(name);
    column.then(|| Ok(Value::unknown("a column", at)))
}

/// What a link leads to: a row, or a manager for many of them.
fn follow(ev: &mut Evaluator, link: &Link, at: Span) -> Value {
    content_types(ev, link, at);
    if let Some(through) = &link.through {
        ev.touch(Touch::Read, through, at);
    }
    let Some(to) = &link.to else {
        ev.unseen("what a generic foreign key points at", at);
        return Value::unknown("what a generic foreign key points at", at);
    };
    if !link.many {
        touch(ev, Touch::Read, to, at);
        if link.made {
            ev.perhaps(Some(at), |ev| touch(ev, Touch::Write, to, at));
        }
        let row = row(ev, to, at);
        return if link.null { Value::either(row, Value::None) } else { row };
    }
    let manager = default_manager(ev, to, at);
    if let Some(through) = &link.through {
        let name = ev.intern(THROUGH);
        ev.set_attribute(&manager, &name, Value::Str(through.clone()), at);
    }
    if let Some(between) = &link.between {
        let name = ev.intern("through");
        ev.set_attribute(&manager, &name, Value::Class(between.clone()), at);
    }
    manager
}

/// An attribute of a row whose name is computed: a child table of the model, most likely.
pub(crate) fn any_child(ev: &mut Evaluator, object: &Value, at: Span) {
    let Value::Instance(row) = object else { return };
    let Some(shape) = ev.registry.schema.of(&row.class).filter(|_| ev.is_tracing()) else { return };
    ev.unseen("an attribute of a row whose name is computed", at);
    let children = shape.attributes.values().filter(|link| !link.many);
    let children: Vec<Rc<Class>> = children
        .filter_map(|link| link.to.clone())
        .filter(|to| !Rc::ptr_eq(to, &row.class) && to.descends_from(&row.class.path()))
        .collect();
    if children.len() > CHILDREN_MAX {
        return;
    }
    for child in children {
        touch(ev, Touch::Read, &child, at);
    }
}

/// Reads what says which model a generic link leads to.
pub(super) fn content_types(ev: &mut Evaluator, link: &Link, at: Span) {
    if link.generic
        && let Some(class) = ev.model("contenttypes", "ContentType")
    {
        touch(ev, Touch::Read, &class, at);
    }
}

/// Methods of `Model` that the catalogue does not tell.
pub(crate) fn call(ev: &mut Evaluator, method: &str, args: &Args, at: Span) -> Option<Eval> {
    let receiver = args.positional.first()?.value.clone();
    let class = model_of(&receiver)?;
    ev.registry.schema.of(&class)?;
    match method {
        "save" | "asave" | "save_base" => {
            assigned(ev, &receiver, at);
            signal(ev, "pre_save", &class, &receiver, at);
            touch(ev, Touch::Write, &class, at);
            signal(ev, "post_save", &class, &receiver, at);
        }
        "delete" | "adelete" => {
            signal(ev, "pre_delete", &class, &receiver, at);
            delete(ev, &class, at);
            signal(ev, "post_delete", &class, &receiver, at);
        }
        "refresh_from_db" | "arefresh_from_db" => touch(ev, Touch::Read, &class, at),
        "validate_unique" | "full_clean" | "validate_constraints" => {
            touch(ev, Touch::Read, &class, at);
            if method == "full_clean" {
                let name = ev.intern("clean");
                if let Ok(clean) = ev.attribute(&receiver, &name, at) {
                    ev.follow(&clean, Args::default(), at);
                }
            }
        }
        _ => return None,
    }
    Some(Ok(Value::None))
}

/// Rows behind generic keys that an object was made with are looked up by their types.
fn assigned(ev: &mut Evaluator, row: &Value, at: Span) {
    let Value::Instance(row) = row else { return };
    let Some(shape) = ev.registry.schema.of(&row.class) else { return };
    for (name, _) in &row.args.named {
        if let Some(link) = shape.attributes.get(name) {
            content_types(ev, link, at);
        }
    }
}

/// A delete with everything that goes with it, as `Collector.collect` walks it.
pub fn delete(ev: &mut Evaluator, class: &Rc<Class>, at: Span) {
    let mut seen: Vec<Rc<Class>> = vec![class.clone()];
    let mut next = 0;
    while let Some(class) = seen.get(next).cloned() {
        next += 1;
        let Some(shape) = ev.registry.schema.of(&class) else { continue };
        remove(ev, &shape, at);
        for (dependent, fate) in &shape.dependents {
            match fate {
                Fate::Sought => touch(ev, Touch::Read, dependent, at),
                Fate::Changed => {
                    if fetches_changed(ev) {
                        touch(ev, Touch::Read, dependent, at);
                    }
                    touch(ev, Touch::Write, dependent, at);
                }
                Fate::Deleted => {
                    if !is_deleted_unread(ev, dependent) {
                        touch(ev, Touch::Read, dependent, at);
                    }
                    if seen.len() < CASCADE_MAX && !seen.iter().any(|k| Rc::ptr_eq(k, dependent)) {
                        taken_along(ev, dependent, at);
                        seen.push(dependent.clone());
                    }
                }
            }
        }
    }
}

/// Whether rows that a delete only changes are fetched first, as before Django 4.2.
fn fetches_changed(ev: &Evaluator) -> bool {
    ev.repo().django_release().is_some_and(|release| release < (4, 2))
}

/// Tells those who listen to deletes of this very model about a row that goes with another.
fn taken_along(ev: &mut Evaluator, class: &Rc<Class>, at: Span) {
    let sender = Value::Class(class.clone());
    let heard = |(name, _, of): &(Text, Value, Option<Value>)| {
        DELETE_SIGNALS.contains(&&**name) && of.as_ref().is_some_and(|of| of.is_same(&sender))
    };
    if !ev.registry.receivers.iter().any(heard) {
        return;
    }
    let row = row(ev, class, at);
    for name in ["pre_delete", "post_delete"] {
        signal(ev, name, class, &row, at);
    }
}

/// Whether rows of a model are deleted by what selects them, without being fetched, as
/// `Collector.can_fast_delete` decides: nothing refers to them and nobody listens.
pub(super) fn is_deleted_unread(ev: &Evaluator, class: &Rc<Class>) -> bool {
    let Some(shape) = ev.registry.schema.of(class) else { return false };
    let alone = shape.tables.len() == 1 && shape.between.is_empty() && shape.dependents.is_empty();
    let sender = Value::Class(class.clone());
    let heard = |(name, _, of): &(Text, Value, Option<Value>)| {
        DELETE_SIGNALS.contains(&&**name) && of.as_ref().is_none_or(|of| of.is_same(&sender))
    };
    alone && !ev.registry.receivers.iter().any(heard)
}

fn remove(ev: &mut Evaluator, shape: &Shape, at: Span) {
    for table in shape.tables.iter().chain(&shape.between) {
        ev.touch(Touch::Write, table, at);
    }
}

/// Calls the receivers of a signal of models.
pub(super) fn signal(ev: &mut Evaluator, name: &str, class: &Rc<Class>, row: &Value, at: Span) {
    let sender = Value::Class(class.clone());
    let path = format!("django.db.models.signals.{name}");
    let stored = matches!(row, Value::Instance(row) if row.attrs.get(STORED).is_some());
    let created = if stored { Value::Bool(false) } else { Value::unknown("a new row or not", at) };
    let item = |value: &Value| Item::new(value.clone(), at);
    let args = Args {
        named: vec![
            (ev.intern("sender"), item(&sender)),
            (ev.intern("instance"), item(row)),
            (ev.intern("raw"), item(&Value::Bool(false))),
            (ev.intern("created"), item(&created)),
        ],
        open: true,
        ..Args::default()
    };
    drop(send(ev, &path, &args, at));
}

/// Calls the receivers of a signal with what it was sent with.
pub(crate) fn send(ev: &mut Evaluator, signal: &str, args: &Args, at: Span) -> Value {
    if signal == "django.contrib.auth.signals.user_logged_in"
        && let Some(user) = args.named("user").and_then(model_of)
    {
        // `update_last_login`, which Django connects itself.
        touch(ev, Touch::Write, &user, at);
    }
    let sender = args.get(0, "sender").cloned();
    let wanted = |wanted: &Value| {
        let between = match wanted {
            Value::Call(call) => between(ev, call).map(Value::Class),
            _ => None,
        };
        let wanted = between.as_ref().unwrap_or(wanted);
        sender.as_ref().is_none_or(|sender| wanted.is_same(sender))
    };
    let receivers: Vec<Value> = ev
        .registry
        .receivers
        .iter()
        .filter(|(name, _, of)| **name == *signal && of.as_ref().is_none_or(wanted))
        .map(|(_, receiver, _)| receiver.clone())
        .collect();
    let mut given = args.clone();
    if !given.positional.is_empty() {
        let sender = given.positional.remove(0);
        given.named.push((ev.intern("sender"), sender));
    }
    given.open = true;
    for receiver in receivers {
        ev.follow(&receiver, given.clone(), at);
    }
    Value::unknown("what receivers answer", at)
}

/// Methods that rows have from classes which the catalogue tells in part.
pub(crate) fn method(
    ev: &mut Evaluator,
    row: &Rc<Instance>,
    name: &str,
    args: &Args,
    at: Span,
) -> Option<Eval> {
    if !ev.is_tracing() || ev.registry.schema.of(&row.class).is_none() {
        return None;
    }
    match name {
        "has_perms" => {
            // Each of them by the user's own method.
            let one = ev.intern("has_perm");
            let one = ev.attribute(&Value::Instance(row.clone()), &one, at).ok()?;
            let wanted = args.get(0, "perm_list").cloned().unwrap_or(Value::None);
            let wanted = ev.elements(&wanted).unwrap_or_default();
            for item in wanted.into_iter().take(PERMISSIONS_MAX) {
                let mut given = args.clone();
                if let Some(first) = given.positional.first_mut() {
                    first.value = item.value;
                }
                ev.follow(&one, given, at);
            }
            Some(Ok(Value::unknown("permissions", at)))
        }
        "has_perm"
        | "has_module_perms"
        | "get_all_permissions"
        | "get_group_permissions"
        | "get_user_permissions" => {
            if first_time(ev, row, name, args) {
                ask_backends(ev, row, name, args, at);
            }
            Some(Ok(Value::unknown("a permission", at)))
        }
        _ => None,
    }
}

/// Whether a user is asked this for the first time. A page asks for some permissions in each of its
/// links; the second answer touches what the first one did.
fn first_time(ev: &mut Evaluator, user: &Rc<Instance>, name: &str, args: &Args) -> bool {
    let named = args.named.iter().map(|(_, item)| item);
    let mut asked = format!("_asked {name}");
    for item in args.positional.iter().chain(named) {
        match &item.value {
            Value::Str(text) => asked.extend([" ", &**text]),
            Value::None => asked.push_str(" None"),
            value => match model_of(value) {
                Some(class) => asked.extend([" ", &*class.path()]),
                None => return true,
            },
        }
    }
    let asked = ev.intern(&asked);
    if user.attrs.get(&asked).is_some() {
        return false;
    }
    let binding = ev.bind(Value::Bool(true), user.at);
    user.attrs.set(asked, binding);
    true
}

/// Asks the backends for a permission, as `_user_has_perm` of `django.contrib.auth.models` does.
fn ask_backends(ev: &mut Evaluator, user: &Rc<Instance>, name: &str, args: &Args, at: Span) {
    let settings = Value::external("django.conf.settings");
    let backends = ev.attribute(&settings, &Rc::from("AUTHENTICATION_BACKENDS"), at);
    let backends = backends.map_or(Vec::new(), |list| ev.elements(&list).unwrap_or_default());
    // Django's own backend has no permissions for single objects: it does not look.
    let object = args.get(usize::from(name == "has_perm"), "obj");
    let of_object = name != "has_module_perms" && object.is_some_and(|o| !is_none(o));
    for backend in backends.into_iter().take(BACKENDS_MAX) {
        let Value::Str(path) = &backend.value else { continue };
        let Value::Class(class) = ev.resolve(path) else { continue };
        let is_of_models = |owner: &Class| owner.path().ends_with(".ModelBackend");
        let told = |owner: &Class| owner.path().starts_with("django.contrib.auth.");
        match class.lookup(name) {
            Some((owner, _)) if told(&owner) && !of_object && is_of_models(&owner) => {
                read_permissions(ev, user, at);
            }
            Some((owner, _)) if told(&owner) => {}
            Some(_) => {
                let backend = ev.call(&Value::Class(class), Args::default(), at);
                let method = ev.intern(name);
                let method = backend.and_then(|backend| ev.attribute(&backend, &method, at));
                let mut given = args.clone();
                given.positional.insert(0, Item::new(Value::Instance(user.clone()), at));
                drop(method.and_then(|method| ev.call(&method, given, at)));
            }
            None => {}
        }
    }
}

fn is_none(value: &Value) -> bool {
    value.alternatives().iter().any(|alternative| matches!(alternative.value, Value::None))
}

/// What `ModelBackend` reads of a user's permissions and of those of its groups.
fn read_permissions(ev: &mut Evaluator, user: &Rc<Instance>, at: Span) {
    for (app, model) in PERMISSION_MODELS {
        if let Some(class) = ev.model(app, model) {
            touch(ev, Touch::Read, &class, at);
            let group = ev.registry.schema.of(&class).filter(|_| model == "Group");
            let link = group.as_ref().and_then(|g| g.attributes.get("permissions"));
            if let Some(Link { through: Some(through), .. }) = link {
                ev.touch(Touch::Read, through, at);
            }
        }
    }
    let Some(shape) = ev.registry.schema.of(&user.class) else { return };
    for name in ["groups", "user_permissions"] {
        if let Some(Link { through: Some(through), .. }) = shape.attributes.get(name) {
            ev.touch(Touch::Read, through, at);
        }
    }
}
