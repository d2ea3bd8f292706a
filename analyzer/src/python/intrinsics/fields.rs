//! Forms and serializers: the fields that a class declares or takes from its model, and what
//! showing, checking and saving them asks of the database.

use std::cell::RefCell;
use std::rc::Rc;

use super::orm::{default_manager, model_of, queries, related, rows};
use crate::python::evaluator::{Eval, Evaluator};
use crate::python::object::{Args, Base, Call, Class, Instance, Origin, Scope};
use crate::python::schema::Shape;
use crate::python::trace::Touch;
use crate::python::value::{Item, Span, Text, Value};

/// Serializers inside each other; deeper ones go in circles.
const NESTING_MAX: u32 = 8;

/// Questions of the told forms and serializers.
pub(super) fn call(ev: &mut Evaluator, name: &str, args: &Args, at: Span) -> Option<Eval> {
    let Value::Instance(form) = args.get(0, "form")? else { return None };
    let form = form.clone();
    Some(Ok(match name {
        "declared" => declared_dict(ev, &form),
        "cleaned" | "validated" => cleaned(ev, &form, at),
        "clean_fields" => {
            clean_fields(ev, &form, "clean_", at);
            Value::None
        }
        "unique" => {
            unique(ev, &form.class, at);
            Value::None
        }
        "validate" => {
            cleaned(ev, &form, at);
            clean_fields(ev, &form, "validate_", at);
            unique(ev, &form.class, at);
            method(ev, &form, "validate", Value::unknown("what is validated", at), at);
            Value::None
        }
        "store" => {
            let row = args.get(1, "row").cloned().unwrap_or(Value::None);
            store(ev, &form.class, &row, at);
            row
        }
        "represent" => represent(ev, &form, at),
        "represent_row" => {
            let row = args.get(1, "row").cloned().unwrap_or(Value::None);
            represent_row(ev, &form, &row, at);
            Value::unknown("what a serializer shows", at)
        }
        _ => return None,
    }))
}

/// A form on a page: its fields show the rows that they offer.
pub(crate) fn show_choices(ev: &mut Evaluator, form: &Value, at: Span) {
    let Value::Instance(form) = form else { return };
    cleaned(ev, form, at);
    for (_, field) in own_fields(form) {
        if let Some((_, model)) = offered(&field) {
            ev.perhaps(Some(at), |ev| label(ev, &field, &model, at));
        }
    }
}

/// What a field shows of a row that it offers.
fn label(ev: &mut Evaluator, field: &Value, model: &Rc<Class>, at: Span) {
    let row = rows::row(ev, model, at);
    let of = match field {
        Value::Instance(field) => field.class.lookup("label_from_instance"),
        _ => None,
    };
    match (field, of) {
        (Value::Instance(field), Some((owner, _))) if owner.home.origin != Origin::Catalogue => {
            method(ev, field, "label_from_instance", row, at);
        }
        _ => {
            if let Some((owner, binding)) = model.lookup("__str__")
                && owner.home.origin != Origin::Catalogue
            {
                ev.follow(&binding.value, Args::of([row], at), at);
            }
        }
    }
}

/// The fields in the class body and those of its ancestors, nearest first.
fn declared(class: &Class) -> Vec<(Text, Value)> {
    let mut found: Vec<(Text, Value)> = Vec::new();
    for base in class.mro() {
        let Base::Class(ancestor) = base else { continue };
        for (name, binding) in ancestor.scope.names.borrow().iter() {
            let known = found.iter().any(|(known, _)| known == name);
            if !known && is_field(&binding.value) {
                found.push((name.clone(), binding.value.clone()));
            }
        }
    }
    found
}

fn is_field(value: &Value) -> bool {
    match value {
        Value::Call(call) => call.path().is_some_and(|path| path.contains("Field")),
        Value::Instance(instance) => {
            instance.class.descends_from(SERIALIZER)
                || instance.class.mro().iter().any(|base| base.path().ends_with("Field"))
        }
        _ => false,
    }
}

const SERIALIZER: &str = "rest_framework.serializers.BaseSerializer";

/// The fields of a form: those of its class, of which a form has copies that it may change, and
/// those that its model gives.
fn declared_dict(ev: &mut Evaluator, form: &Instance) -> Value {
    let at = form.at;
    let mut entries: Vec<(Text, Item)> = Vec::new();
    for (name, field) in declared(&form.class) {
        let field = if chooses(&field) { copy(ev, &field, at) } else { field };
        entries.push((name, Item::new(field, at)));
    }
    if ev.is_tracing() && form.class.descends_from(MODEL_FORM) {
        for (name, _, shape) in model_fields(ev, &form.class) {
            if let Some(link) = shape.attributes.get(&name)
                && let Some(to) = &link.to
            {
                let field = chooser(ev, link.many, to, at);
                entries.push((name, Item::new(field, at)));
            }
        }
    }
    let dict = ev.dict_of(entries);
    if let Value::Dict(dict) = &dict {
        dict.open.set(true);
    }
    dict
}

const MODEL_FORM: &str = "django.forms.models.BaseModelForm";

const CHOICE: &str = "ModelChoiceField";

const CHOICES: &str = "ModelMultipleChoiceField";

/// Attribute of a field that offers rows: which ones.
const QUERYSET: &str = "queryset";

/// Whether a field is one of these, by the last part of its path or of an ancestor's.
fn is_a(field: &Value, name: &str) -> bool {
    match field {
        Value::Call(call) => call.path().is_some_and(|path| path.ends_with(name)),
        Value::Instance(field) => field.class.mro().iter().any(|base| base.path().ends_with(name)),
        _ => false,
    }
}

/// Whether a field offers rows.
fn chooses(field: &Value) -> bool {
    is_a(field, CHOICE) || is_a(field, CHOICES)
}

/// The field as the form has it: what it changes there, other forms do not see.
fn copy(ev: &mut Evaluator, field: &Value, at: Span) -> Value {
    let (made, attrs) = match field {
        Value::Call(call) => (call_of(ev, &call.callee, call.args.clone(), at), &call.attrs),
        Value::Instance(of) => (ev.bare_instance(&of.class, of.args.clone(), at), &of.attrs),
        other => return other.clone(),
    };
    // Setting them may run code of the project's.
    let held: Vec<(Text, Value)> =
        attrs.names.borrow().iter().map(|(name, b)| (name.clone(), b.value.clone())).collect();
    for (name, value) in held {
        ev.set_attribute(&made, &name, value, at);
    }
    let name = ev.intern(QUERYSET);
    if attrs.get(&name).is_none()
        && let Some((queryset, _)) = choices(field)
    {
        ev.set_attribute(&made, &name, queryset, at);
    }
    made
}

fn call_of(ev: &mut Evaluator, callee: &Value, args: Args, at: Span) -> Value {
    Value::Call(Rc::new(Call {
        callee: callee.clone(),
        args,
        at,
        cond: ev.cond.clone(),
        attrs: Scope::default(),
        calls: RefCell::default(),
        serial: ev.next_serial(),
    }))
}

/// The field that a model gives its form for a link.
fn chooser(ev: &mut Evaluator, many: bool, to: &Rc<Class>, at: Span) -> Value {
    let name = if many { CHOICES } else { CHOICE };
    let path = format!("django.forms.{name}");
    let field = call_of(ev, &Value::external(&path), Args::default(), at);
    let manager = default_manager(ev, to, at);
    if let Some(queryset) = queries::of_manager(ev, &manager, at) {
        queries::lay_aside(ev, &queryset);
        let name = ev.intern(QUERYSET);
        ev.set_attribute(&field, &name, queryset, at);
    }
    field
}

/// The fields that an object has, as it may have changed them.
fn own_fields(form: &Instance) -> Vec<(Text, Value)> {
    let Some(Value::Dict(fields)) = form.attrs.get("fields") else { return Vec::new() };
    let entries = fields.entries.borrow();
    let named = entries.values().filter_map(|(key, item)| match key {
        Value::Str(name) => Some((name.clone(), item.value.clone())),
        _ => None,
    });
    named.collect()
}

/// The rows that a field of a form offers, and their model.
fn offered(field: &Value) -> Option<(Value, Rc<Class>)> {
    let set = match field {
        Value::Call(call) => call.attrs.get(QUERYSET),
        Value::Instance(field) => field.attrs.get(QUERYSET),
        _ => None,
    };
    match set {
        Some(queryset) => model_of(&queryset).map(|model| (queryset, model)),
        None => choices(field),
    }
}

fn argument(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Call(call) => call.args.named(name).cloned(),
        Value::Instance(instance) => instance.args.named(name).cloned(),
        _ => None,
    }
}

/// The queryset that a choice field offers rows of, and their model.
fn choices(value: &Value) -> Option<(Value, Rc<Class>)> {
    let first = match value {
        Value::Call(call) => call.args.positional.first(),
        Value::Instance(instance) => instance.args.positional.first(),
        _ => None,
    };
    argument(value, "queryset")
        .as_ref()
        .or(first.map(|item| &item.value))
        .filter(|queryset| !matches!(queryset, Value::Call(_)))
        .and_then(|queryset| Some((queryset.clone(), model_of(queryset)?)))
}

/// The model of `Meta`, with the names in `Meta.fields`; none of these means all.
fn meta(ev: &mut Evaluator, class: &Class) -> Option<(Rc<Class>, Option<Vec<Text>>)> {
    let (_, binding) = class.lookup("Meta")?;
    let meta = binding.value.as_class()?.clone();
    let model = model_of(&meta.lookup("model")?.1.value)?;
    let fields = meta.lookup("fields").map(|(_, binding)| binding.value);
    let names = match fields {
        Some(list @ (Value::List(_) | Value::Tuple(_))) => {
            let items = ev.elements(&list).unwrap_or_default();
            let text = |item: &Item| match &item.value {
                Value::Str(name) => Some(name.clone()),
                _ => None,
            };
            Some(items.iter().filter_map(text).collect())
        }
        _ => None,
    };
    Some((model, names))
}

/// Fields that come from the model: the name, and the link if it is one.
fn model_fields(ev: &mut Evaluator, class: &Class) -> Vec<(Text, Rc<Class>, Rc<Shape>)> {
    let declared: Vec<Text> = declared(class).into_iter().map(|(name, _)| name).collect();
    let mut fields = named_fields(ev, class);
    fields.retain(|(name, ..)| !declared.contains(name));
    fields
}

/// Fields that the model has as well, declared ones too.
fn named_fields(ev: &mut Evaluator, class: &Class) -> Vec<(Text, Rc<Class>, Rc<Shape>)> {
    let Some((model, names)) = meta(ev, class) else { return Vec::new() };
    let Some(shape) = ev.registry.schema.of(&model) else { return Vec::new() };
    let names = names.unwrap_or_else(|| {
        let own = shape.own_links.iter().cloned();
        own.chain(shape.columns.iter().cloned()).collect()
    });
    names.into_iter().map(|name| (name, model.clone(), shape.clone())).collect()
}

/// What was sent, checked: rows where a field chooses one, unknown values otherwise.
fn cleaned(ev: &mut Evaluator, form: &Instance, at: Span) -> Value {
    let mut entries: Vec<(Text, Item)> = Vec::new();
    let own = own_fields(form);
    let known = |entries: &[(Text, Item)], name: &Text| entries.iter().any(|(n, _)| n == name);
    for (name, field) in own.iter().cloned().chain(declared(&form.class)) {
        let read_only = argument(&field, "read_only");
        if read_only.is_some_and(|flag| matches!(flag, Value::Bool(true))) {
            continue;
        }
        if let Some((queryset, model)) = offered(&field).filter(|_| !known(&entries, &name)) {
            rows::touch(ev, Touch::Read, &model, at);
            for alternative in queryset.alternatives() {
                queries::replayed(ev, &alternative.value);
            }
            let many = is_a(&field, CHOICES);
            let chosen = if many { queryset } else { rows::row(ev, &model, at) };
            entries.push((name, Item::new(chosen, at)));
        }
    }
    for (name, _, shape) in model_fields(ev, &form.class) {
        if known(&entries, &name) {
            continue;
        }
        let Some(link) = shape.attributes.get(&name).cloned() else { continue };
        if let Some(to) = link.to {
            rows::touch(ev, Touch::Read, &to, at);
            if !link.many {
                let row = rows::row(ev, &to, at);
                entries.push((name, Item::new(row, at)));
            }
        }
    }
    let dict = ev.dict_of(entries);
    if let Value::Dict(dict) = &dict {
        dict.open.set(true);
    }
    dict
}

/// Calls `clean_name()` or `validate_name(value)` of every field.
fn clean_fields(ev: &mut Evaluator, form: &Rc<Instance>, prefix: &str, at: Span) {
    let mut names: Vec<Text> = Vec::new();
    for base in form.class.mro() {
        let Base::Class(ancestor) = base else { continue };
        for (name, binding) in ancestor.scope.names.borrow().iter() {
            let method = matches!(binding.value, Value::Function(_) | Value::Call(_));
            if method && name.starts_with(prefix) && !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    for name in names {
        if prefix == "validate_" {
            method(ev, form, &name, Value::unknown("what is validated", at), at);
        } else if let Ok(clean) = ev.attribute(&Value::Instance(form.clone()), &name, at) {
            ev.follow(&clean, Args::default(), at);
        }
    }
}

fn method(ev: &mut Evaluator, of: &Rc<Instance>, name: &str, given: Value, at: Span) -> Value {
    let name = ev.intern(name);
    let Ok(found) = ev.attribute(&Value::Instance(of.clone()), &name, at) else {
        return Value::None;
    };
    ev.call(&found, Args::of([given], at), at)
        .unwrap_or_else(|_| Value::unknown("something that raises", at))
}

/// A unique column among the fields is looked for in the table.
fn unique(ev: &mut Evaluator, class: &Class, at: Span) {
    let Some((model, names)) = meta(ev, class) else { return };
    let Some(shape) = ev.registry.schema.of(&model) else { return };
    let checked = |name: &Text| names.as_ref().is_none_or(|names| names.contains(name));
    if shape.unique.iter().any(checked) {
        rows::touch(ev, Touch::Read, &model, at);
    }
}

/// Many-to-many fields are written beside the row.
fn store(ev: &mut Evaluator, class: &Class, row: &Value, at: Span) {
    // A form stores a declared field like any other; a serializer refuses to store a nested one.
    let declared = declared(class);
    let form = class.descends_from("django.forms.models.BaseModelForm");
    let unstored = |(_, field): &&(Text, Value)| !form && choices(field).is_none();
    let unstored: Vec<&Text> = declared.iter().filter(unstored).map(|(name, _)| name).collect();
    for (name, _, shape) in named_fields(ev, class) {
        if unstored.contains(&&name) {
            continue;
        }
        if let Some(link) = shape.attributes.get(&name)
            && let Some(through) = &link.through
        {
            ev.touch(Touch::Read, through, at);
            ev.touch(Touch::Write, through, at);
            related::stored(ev, row, &name, at);
        }
    }
}

/// `serializer.data`.
fn represent(ev: &mut Evaluator, serializer: &Rc<Instance>, at: Span) -> Value {
    let shown = Value::unknown("what a serializer shows", at);
    let Some(instance) = serializer.attrs.get("instance") else { return shown };
    let many = serializer.attrs.get("many").is_some_and(|many| ev.truth(&many) == Some(true));
    if matches!(instance, Value::None) {
        return shown;
    }
    show(ev, serializer, &instance, many, at);
    shown
}

fn show(ev: &mut Evaluator, with: &Rc<Instance>, value: &Value, many: bool, at: Span) {
    let values: Vec<Value> = if many {
        let all = ev.intern("all");
        let value = match value {
            Value::Instance(manager) if manager.class.descends_from(super::orm::MANAGER) => {
                let all = ev.attribute(value, &all, at);
                all.and_then(|all| ev.call(&all, Args::default(), at)).unwrap_or(Value::None)
            }
            other => other.clone(),
        };
        ev.elements(&value).unwrap_or_default().into_iter().map(|item| item.value).collect()
    } else {
        vec![value.clone()]
    };
    let depth = ev.active.iter().filter(|f| &*f.name == "to_representation").count();
    if u32::try_from(depth).unwrap_or(u32::MAX) > NESTING_MAX {
        return;
    }
    for value in values {
        method(ev, with, "to_representation", value, at);
    }
}

/// Every field of one row, as `to_representation` walks them.
fn represent_row(ev: &mut Evaluator, serializer: &Rc<Instance>, row: &Value, at: Span) {
    if row.is_unknown() {
        ev.unseen("a serializer of something that is not known", at);
        return;
    }
    for (name, field) in declared(&serializer.class) {
        if argument(&field, "write_only").is_some_and(|flag| matches!(flag, Value::Bool(true))) {
            continue;
        }
        represent_field(ev, serializer, row, &name, &field, at);
    }
    for (name, _, shape) in model_fields(ev, &serializer.class) {
        match shape.attributes.get(&name) {
            // The key of the other row stands in this one.
            Some(link) if !link.many => {}
            Some(_) => {
                if let Ok(rows) = ev.attribute(row, &name, at) {
                    every(ev, &rows, at);
                }
            }
            // A property or a method of the model.
            None if !shape.columns.contains(&name) => {
                if let Ok(found @ Value::Bound(_)) = ev.attribute(row, &name, at) {
                    ev.follow(&found, Args::default(), at);
                }
            }
            None => {}
        }
    }
}

fn represent_field(
    ev: &mut Evaluator,
    serializer: &Rc<Instance>,
    row: &Value,
    name: &Text,
    field: &Value,
    at: Span,
) {
    let path = match field {
        Value::Call(call) => call.path(),
        Value::Instance(instance) => Some(instance.class.path()),
        _ => None,
    };
    let path = path.unwrap_or_else(|| Rc::from(""));
    if path.ends_with(".SerializerMethodField") {
        let given = argument(field, "method_name");
        let getter = match given.as_ref().and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => format!("get_{name}"),
        };
        method(ev, serializer, &getter, row.clone(), at);
        return;
    }
    let source = argument(field, "source");
    let source = source.as_ref().and_then(Value::as_str).unwrap_or(name).to_owned();
    let mut value = row.clone();
    let parts: Vec<&str> = source.split('.').filter(|part| *part != "*").collect();
    let key = path.ends_with(".PrimaryKeyRelatedField");
    for (position, part) in parts.iter().enumerate() {
        // The key of a related row needs no look at it.
        if key && position + 1 == parts.len() && is_single(ev, &value, part) {
            return;
        }
        let part = ev.intern(part);
        let Ok(next) = ev.attribute(&value, &part, at) else { return };
        value = match &next {
            Value::Bound(_) => ev.call(&next, Args::default(), at).unwrap_or(Value::None),
            _ => next,
        };
    }
    let many = argument(field, "many").is_some_and(|many| ev.truth(&many) == Some(true));
    match field {
        Value::Instance(nested) if nested.class.descends_from(SERIALIZER) => {
            let name = ev.intern("context");
            let context = serializer.attrs.get("context").unwrap_or(Value::None);
            ev.set_attribute(field, &name, context, at);
            show(ev, &nested.clone(), &value, many, at);
        }
        _ => {
            every(ev, &value, at);
        }
    }
}

fn is_single(ev: &Evaluator, row: &Value, name: &str) -> bool {
    let Value::Instance(row) = row else { return false };
    let shape = ev.registry.schema.of(&row.class);
    shape.is_some_and(|shape| shape.attributes.get(name).is_some_and(|link| !link.many))
}

/// Reads all rows of a manager or a queryset.
fn every(ev: &mut Evaluator, value: &Value, at: Span) {
    if let Value::Instance(instance) = value
        && instance.class.descends_from(super::orm::MANAGER)
        && let Some(model) = model_of(value)
    {
        rows::touch(ev, Touch::Read, &model, at);
    }
}
