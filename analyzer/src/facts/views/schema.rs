//! Models and relations as queries see them: names of attributes and lookups, reverse ones too.

use std::collections::HashMap;
use std::rc::Rc;

use crate::facts::fields::option;
use crate::facts::models::{Models, Options};
use crate::map::{Relation, RelationKind};
use crate::python::schema::{Fate, Link, Schema, Shape};
use crate::python::{Class, Evaluator, Text, Value};

/// All models that have a table.
pub(super) fn build(ev: &mut Evaluator, models: &Models, relations: &[Relation]) -> Schema {
    let mut shapes: HashMap<usize, Shape> = HashMap::new();
    let label = |label: &str| {
        let (app, name) = label.split_once('.')?;
        models.labelled(app, name)
    };
    for options in models.registered().filter(|options| !options.proxy) {
        shapes.insert(address(&options.class), own(options));
    }
    let mut schema = Schema::default();
    for relation in relations {
        let Some(from) = label(&relation.from) else { continue };
        let to = label(&relation.to);
        let between = between(ev, relation, from, to, models, &mut schema);
        connect(ev, &mut shapes, relation, (from, to), between.as_ref(), models);
    }
    for options in models.registered() {
        let mut shape = Shape::default();
        let concrete = models.of(&options.concrete).unwrap_or(options);
        gather(models, &shapes, concrete, &mut shape);
        if options.class.descends_from(POLYMORPHIC) {
            shape.refined = refined(models, &options.class);
        }
        schema.insert(&options.class, shape);
    }
    schema
}

/// Its queries give each row as the object of the class that it was saved as.
const POLYMORPHIC: &str = "polymorphic.models.PolymorphicModel";

/// The tables of the models that are made from one.
fn refined(models: &Models, class: &Rc<Class>) -> Vec<Text> {
    let path = class.path();
    let made_from = |options: &&Options| {
        !options.proxy && !Rc::ptr_eq(&options.class, class) && options.class.descends_from(&path)
    };
    models.registered().filter(made_from).map(|options| Rc::from(&*options.table)).collect()
}

fn address(class: &Rc<Class>) -> usize {
    Rc::as_ptr(class).addr()
}

fn own(options: &Options) -> Shape {
    let mut shape = Shape { tables: vec![Rc::from(&*options.table)], ..Shape::default() };
    for field in &options.fields {
        if let Some(column) = &field.column {
            shape.columns.push(Rc::from(&**column));
            if !field.is_relation() {
                shape.columns.push(field.name.clone());
            }
            if field.unique && !field.primary_key {
                shape.unique.push(field.name.clone());
            }
        }
    }
    shape
}

/// Puts a relation into the shapes of both ends.
fn connect(
    ev: &mut Evaluator,
    shapes: &mut HashMap<usize, Shape>,
    relation: &Relation,
    (from, to): (&Options, Option<&Options>),
    between: Option<&Rc<Class>>,
    models: &Models,
) {
    let name: Text = Rc::from(&*relation.field);
    let generic_key = relation.kind == RelationKind::Generic
        && from
            .fields
            .iter()
            .any(|f| f.name == name && f.role == super::super::fields::Role::GenericKey);
    let through =
        relation.through.as_ref().map(|through| through_table(models, from, through, &name));
    let many = matches!(relation.kind, RelationKind::M2m | RelationKind::Generic);
    let target = to.map(|to| to.class.clone()).filter(|_| !generic_key);
    let generic = relation.kind == RelationKind::Generic;
    let many = many && !generic_key;
    let null = !many && from.fields.iter().any(|f| f.name == name && f.null);
    let through_it = through.clone();
    let forward = Link {
        to: target.clone(),
        through: through_it,
        between: between.cloned(),
        many,
        generic,
        null,
        made: false,
    };
    if let Some(shape) = shapes.get_mut(&address(&from.class)) {
        shape.own_links.push(name.clone());
        shape.lookups.insert(name.clone(), forward.clone());
        shape.attributes.insert(name.clone(), forward);
        shape.between.extend(through.clone());
    }
    if let Some(rows) = target.filter(|_| generic)
        && let Some(shape) = shapes.get_mut(&address(&from.class))
    {
        shape.dependents.push((rows, Fate::Deleted));
    }
    let Some(to) = to.filter(|_| !generic) else { return };
    let names = reverse_names(ev, relation, from);
    let concrete = to.concrete.clone();
    let Some(shape) = shapes.get_mut(&address(&concrete)) else { return };
    let single = matches!(relation.kind, RelationKind::OneToOne | RelationKind::Parent);
    let back = Link {
        to: Some(from.class.clone()),
        through: through.clone(),
        between: between.cloned(),
        many: !single,
        generic: false,
        null: false,
        made: makes_rows(from, &relation.field),
    };
    if let Some((attribute, lookup)) = names {
        shape.attributes.insert(attribute, back.clone());
        shape.lookups.insert(lookup, back);
    }
    shape.between.extend(through);
    let fate = match relation.on_delete.as_deref() {
        Some("CASCADE") => Fate::Deleted,
        Some("PROTECT" | "RESTRICT") => Fate::Sought,
        Some("DO_NOTHING") | None => return,
        Some(_) => Fate::Changed,
    };
    shape.dependents.push((from.class.clone(), fate));
}

/// The model between the two that a many-to-many field relates: a declared one, or else the one
/// that Django makes, which has a link to each side
/// (`django/db/models/fields/related.py`, `create_many_to_many_intermediary_model`).
fn between(
    ev: &mut Evaluator,
    relation: &Relation,
    from: &Options,
    to: Option<&Options>,
    models: &Models,
    schema: &mut Schema,
) -> Option<Rc<Class>> {
    let through = relation.through.as_ref()?;
    let to = to?;
    let declared = through.split_once('.').and_then(|(app, name)| models.labelled(app, name));
    let field = from.fields.iter().find(|field| *field.name == *relation.field);
    let class = if let Some(declared) = declared {
        declared.class.clone()
    } else {
        let name = format!("{}_{}", from.class.name, relation.field);
        let at = field.map_or(from.class.at, |field| field.at);
        let class = ev.implied_model(&name, &from.class, at);
        let table = through_table(models, from, through, &relation.field);
        schema.insert(&class, sides(from, to, table));
        class
    };
    if let Some(Value::Instance(field)) = field.map(|field| &field.value) {
        schema.insert_between(field, &class);
    }
    Some(class)
}

/// The shape of a model that Django makes between two others.
fn sides(from: &Options, to: &Options, table: Text) -> Shape {
    let mut names = [from, to].map(|side| side.class.name.to_lowercase());
    if names[0] == names[1] {
        names = [format!("from_{}", names[0]), format!("to_{}", names[1])];
    }
    let mut shape = Shape { tables: vec![table], ..Shape::default() };
    shape.columns.push(Rc::from("id"));
    for (name, side) in names.into_iter().zip([from, to]) {
        shape.columns.push(Rc::from(format!("{name}_id")));
        let name: Text = Rc::from(name);
        let link = Link { to: Some(side.class.clone()), ..Link::default() };
        shape.lookups.insert(name.clone(), link.clone());
        shape.attributes.insert(name, link);
    }
    shape
}

/// Whether the class of a field says that what it links is made on demand.
fn makes_rows(from: &Options, field: &str) -> bool {
    let declared = from.fields.iter().find(|f| *f.name == *field);
    declared.is_some_and(|f| match &f.value {
        Value::Instance(field) => field.class.lookup("outgrow_makes_rows").is_some(),
        _ => false,
    })
}

fn through_table(models: &Models, from: &Options, through: &str, field: &str) -> Text {
    let model = through.split_once('.').and_then(|(app, name)| models.labelled(app, name));
    if let Some(model) = model {
        return Rc::from(&*model.table);
    }
    let declared = from.fields.iter().find(|f| *f.name == *field);
    let given = declared.and_then(|f| match &f.value {
        Value::Instance(instance) => instance.args.named("db_table").cloned(),
        _ => None,
    });
    match given.as_ref().and_then(Value::as_str) {
        Some(table) => Rc::from(table),
        None => Rc::from(format!("{}_{field}", from.table)),
    }
}

/// The attribute and the lookup that lead back, unless the relation says that there is none.
fn reverse_names(ev: &mut Evaluator, relation: &Relation, from: &Options) -> Option<(Text, Text)> {
    let model = from.class.name.to_lowercase();
    let field = from.fields.iter().find(|f| *f.name == *relation.field)?;
    let given = |ev: &mut Evaluator, name: &str| -> Option<String> {
        let value = match &field.value {
            Value::Call(call) => call.args.named(name).cloned()?,
            Value::Instance(instance) => {
                let given = instance.args.named(name).cloned();
                given.unwrap_or_else(|| {
                    let rel = option(ev, &field.value, "remote_field");
                    option(ev, &rel, name)
                })
            }
            _ => return None,
        };
        let app = from.app_label.as_deref().unwrap_or_default();
        let text = value.as_str()?.replace("%(class)s", &model).replace("%(app_label)s", app);
        Some(text.replace("%(model_name)s", &model))
    };
    let related = given(ev, "related_name");
    if related.as_ref().is_some_and(|name| name.ends_with('+')) {
        return None;
    }
    let single = matches!(relation.kind, RelationKind::OneToOne | RelationKind::Parent);
    let default = if single { model.clone() } else { format!("{model}_set") };
    let attribute = related.clone().unwrap_or(default);
    let lookup = given(ev, "related_query_name").or(related).unwrap_or(model);
    Some((Rc::from(attribute), Rc::from(lookup)))
}

/// A model with what it has from its parents of multi-table inheritance.
fn gather(models: &Models, shapes: &HashMap<usize, Shape>, options: &Options, into: &mut Shape) {
    let Some(own) = shapes.get(&address(&options.class)) else { return };
    if into.tables.iter().any(|table| own.tables.contains(table)) {
        return;
    }
    into.tables.extend(own.tables.iter().cloned());
    for (name, link) in &own.attributes {
        into.attributes.entry(name.clone()).or_insert_with(|| link.clone());
    }
    for (name, link) in &own.lookups {
        into.lookups.entry(name.clone()).or_insert_with(|| link.clone());
    }
    into.own_links.extend(own.own_links.iter().cloned());
    into.unique.extend(own.unique.iter().cloned());
    into.columns.extend(own.columns.iter().cloned());
    into.dependents.extend(own.dependents.iter().cloned());
    into.between.extend(own.between.iter().cloned());
    for parent in &options.parents {
        if let Some(parent) = models.of(parent) {
            gather(models, shapes, parent, into);
        }
    }
}
