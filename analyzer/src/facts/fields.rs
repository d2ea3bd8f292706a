//! Model fields: what stands in a model's body and becomes a column or a relation.

use std::rc::Rc;

use crate::python::object::{Binding, Origin};
use crate::python::{Args, Class, Cond, Evaluator, Span, Text, Value};

const FIELD: &str = "django.db.models.fields.Field";
const FOREIGN_OBJECT: &str = "django.db.models.fields.related.ForeignObject";
const FOREIGN_KEY: &str = "django.db.models.fields.related.ForeignKey";
const ONE_TO_ONE: &str = "django.db.models.fields.related.OneToOneField";
const MANY_TO_MANY: &str = "django.db.models.fields.related.ManyToManyField";
const GENERIC_KEY: &str = "django.contrib.contenttypes.fields.GenericForeignKey";
const GENERIC_RELATION: &str = "django.contrib.contenttypes.fields.GenericRelation";
const COMPOSITE: &str = "django.db.models.fields.composite.CompositePrimaryKey";

/// What a field is to its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A column that refers to nothing.
    Plain,
    /// A column that refers to another model.
    ForeignKey,
    /// A unique column that refers to another model.
    OneToOne,
    /// A relation over columns of its own model; it has no column itself.
    ForeignObject,
    /// A many-to-many relation.
    ManyToMany,
    /// A generic foreign key.
    GenericKey,
    /// The other end of a generic foreign key.
    GenericRelation,
    /// A primary key made of several columns.
    Composite,
}

/// A field as its model holds it.
#[derive(Debug, Clone)]
pub struct ModelField {
    /// Attribute name.
    pub name: Text,
    /// What it is.
    pub role: Role,
    /// Column, if it has one.
    pub column: Option<String>,
    /// Name of the field class.
    pub kind: String,
    /// `null=True`.
    pub null: bool,
    /// `unique=True` or a primary key.
    pub unique: bool,
    /// `primary_key=True`.
    pub primary_key: bool,
    /// Whether it is the link to a parent of multi-table inheritance.
    pub parent_link: bool,
    /// The class that declares it.
    pub declared_in: Text,
    /// Where.
    pub at: Span,
    /// Under which condition.
    pub cond: Cond,
    /// Django orders fields by the moment they were made; links and keys it makes itself go first.
    pub order: i64,
    /// The field object.
    pub value: Value,
}

impl ModelField {
    /// Whether it is one of `_meta.private_fields`.
    pub fn is_private(&self) -> bool {
        matches!(self.role, Role::GenericKey | Role::GenericRelation)
    }

    /// Whether it is the key that Django adds where none is declared.
    pub fn is_made_by_django(&self) -> bool {
        self.order == i64::MIN
    }

    /// Whether it refers to a model.
    pub fn is_relation(&self) -> bool {
        !matches!(self.role, Role::Plain | Role::Composite)
    }
}

/// The field that a name in a model's body is bound to, if it is one.
pub fn read(
    ev: &mut Evaluator,
    declared_in: &Text,
    name: &Text,
    binding: &Binding,
) -> Option<ModelField> {
    let (value, role, cond) = binding.value.alternatives().into_iter().find_map(|a| {
        let role = role_of(&a.value)?;
        let cond = if a.cond.is_always() { binding.cond.clone() } else { a.cond };
        Some((a.value, role, cond))
    })?;
    let (made_at, order) = match &value {
        Value::Instance(instance) => (instance.at, instance.serial),
        Value::Call(call) => (call.at, call.serial),
        _ => return None,
    };
    let at = if ev.is_own(binding.at) || !ev.is_own(made_at) { binding.at } else { made_at };
    let primary_key = flag(ev, &value, "primary_key") || role == Role::Composite;
    let unique = flag(ev, &value, "unique") || primary_key || role == Role::OneToOne;
    Some(ModelField {
        name: name.clone(),
        role,
        column: column(ev, &value, role, name),
        kind: kind(&value),
        null: flag(ev, &value, "null"),
        unique,
        primary_key,
        parent_link: role == Role::OneToOne && is_parent_link(ev, &value),
        declared_in: declared_in.clone(),
        at,
        cond,
        order: i64::from(order),
        value,
    })
}

fn role_of(value: &Value) -> Option<Role> {
    match value {
        Value::Instance(instance) => role_of_class(&instance.class),
        // A field class without source is told by its name, as every Django field is called.
        Value::Call(call) => role_by_name(&call.path()?),
        _ => None,
    }
}

fn role_by_name(path: &str) -> Option<Role> {
    let name = path.rsplit('.').next().unwrap_or(path);
    let other = path.contains("forms.") || path.contains("serializers.");
    if other || !name.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    if name.ends_with("OneToOneField") {
        Some(Role::OneToOne)
    } else if name.ends_with("ForeignKey") || name == "ParentalKey" {
        Some(Role::ForeignKey)
    } else if name.ends_with("ManyToManyField") {
        Some(Role::ManyToMany)
    } else {
        name.ends_with("Field").then_some(Role::Plain)
    }
}

fn role_of_class(class: &Class) -> Option<Role> {
    let is = |path: &str| class.descends_from(path);
    let flag = |name: &str| {
        matches!(class.lookup(name), Some((_, Binding { value: Value::Bool(true), .. })))
    };
    if is(GENERIC_KEY) {
        return Some(Role::GenericKey);
    }
    if !is(FIELD) {
        return class.external_base().and_then(|path| role_by_name(&path));
    }
    Some(if is(GENERIC_RELATION) {
        Role::GenericRelation
    } else if is(MANY_TO_MANY) || flag("many_to_many") {
        Role::ManyToMany
    } else if is(ONE_TO_ONE) {
        Role::OneToOne
    } else if is(FOREIGN_KEY) {
        Role::ForeignKey
    } else if is(FOREIGN_OBJECT) {
        Role::ForeignObject
    } else if is(COMPOSITE) {
        Role::Composite
    } else {
        Role::Plain
    })
}

fn kind(value: &Value) -> String {
    match value {
        Value::Instance(instance) => instance.class.name.to_string(),
        Value::Call(call) => {
            let path = call.path().unwrap_or_default();
            path.rsplit('.').next().unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

/// An attribute of a field object, or the keyword it was made with.
pub fn option(ev: &mut Evaluator, field: &Value, name: &str) -> Value {
    match field {
        Value::Call(call) => call.args.named(name).cloned().unwrap_or(Value::None),
        _ => ev.attribute(field, &Rc::from(name), Span::default()).unwrap_or(Value::None),
    }
}

fn flag(ev: &mut Evaluator, field: &Value, name: &str) -> bool {
    let value = option(ev, field, name);
    ev.truth(&value) == Some(true)
}

fn is_parent_link(ev: &mut Evaluator, field: &Value) -> bool {
    let rel = option(ev, field, "remote_field");
    let link = match rel {
        Value::None => option(ev, field, "parent_link"),
        rel => option(ev, &rel, "parent_link"),
    };
    ev.truth(&link) == Some(true)
}

fn column(ev: &mut Evaluator, field: &Value, role: Role, name: &str) -> Option<String> {
    match role {
        Role::ManyToMany
        | Role::GenericKey
        | Role::GenericRelation
        | Role::ForeignObject
        | Role::Composite => return None,
        Role::Plain | Role::ForeignKey | Role::OneToOne => {}
    }
    if let Value::Str(column) = option(ev, field, "db_column") {
        return Some(column.to_string());
    }
    if let Value::Instance(instance) = field
        && let Some((owner, _)) = instance.class.lookup("get_attname")
        && owner.home.origin != Origin::Catalogue
        && let Ok(method) = ev.attribute(field, &Rc::from("get_attname"), instance.at)
        && let Ok(Value::Str(attname)) = ev.call(&method, Args::default(), instance.at)
    {
        return Some(attname.to_string());
    }
    Some(if role == Role::Plain { name.to_owned() } else { format!("{name}_id") })
}
