//! Models: which classes Django registers, with their names, tables and fields.
//!
//! A class is a model because its chain of bases reaches Django's, not because of its name. Fields
//! come down from abstract parents as Django copies them: see `inherit`, which follows
//! `ModelBase.__new__` step by step.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::fields::{self, ModelField, Role};
use super::relations::target;
use super::settings;
use super::tables::{Names, default_table};
use crate::map::{Certainty, Field, Model};
use crate::python::object::Base;
use crate::python::registry::{MODEL, ModelClass, is_model, meta_of};
use crate::python::{Class, Cond, Evaluator, Span, Text, Value};

/// What Django's `Options` would hold of a model.
#[derive(Debug, Clone)]
pub struct Options {
    /// The class.
    pub class: Rc<Class>,
    /// `Meta.abstract`.
    pub is_abstract: bool,
    /// `Meta.proxy`.
    pub proxy: bool,
    /// `Meta.managed`.
    pub managed: bool,
    /// The setting that names another model to be used in its place does so.
    pub swapped: bool,
    /// App label; none for a model outside the installed apps.
    pub app_label: Option<Text>,
    /// Table.
    pub table: String,
    /// Fields of its own and from abstract parents, in Django's order.
    pub fields: Vec<ModelField>,
    /// Concrete parents of multi-table inheritance.
    pub parents: Vec<Rc<Class>>,
    /// The concrete model behind a proxy, itself otherwise.
    pub concrete: Rc<Class>,
    /// `Meta.auto_created`: the model whose many-to-many field made this one to link its rows.
    pub made_for: Option<Rc<Class>>,
}

impl Options {
    /// `app_label.ModelName`.
    pub fn label(&self) -> String {
        let app = self.app_label.as_deref().unwrap_or_default();
        format!("{app}.{}", self.class.name)
    }

    /// Puts the fields into Django's order.
    pub fn sort_fields(&mut self) {
        sort_fields(&mut self.fields);
    }

    /// Whether the class is part of the registry.
    pub fn is_registered(&self) -> bool {
        !self.is_abstract && !self.swapped && self.app_label.is_some()
    }
}

/// All models of the project, by class.
#[derive(Debug, Default)]
pub struct Models {
    all: Vec<Options>,
    by_class: HashMap<usize, usize>,
    by_label: BTreeMap<String, usize>,
}

impl Models {
    /// The options of a class.
    pub fn of(&self, class: &Rc<Class>) -> Option<&Options> {
        self.all.get(*self.by_class.get(&address(class))?)
    }

    /// The registered model with the label; its name is compared without case, as Django does.
    pub fn labelled(&self, app: &str, name: &str) -> Option<&Options> {
        let key = format!("{app}.{}", name.to_lowercase());
        self.all.get(*self.by_label.get(&key)?)
    }

    /// Registered models, sorted by label.
    pub fn registered(&self) -> impl Iterator<Item = &Options> {
        self.by_label.values().filter_map(|index| self.all.get(*index))
    }

    /// Registered models, to be completed.
    pub fn registered_mut(&mut self) -> impl Iterator<Item = &mut Options> {
        self.all.iter_mut().filter(|options| options.is_registered())
    }

    /// Abstract models in the order in which their classes were made.
    pub fn abstract_ones(&self) -> impl Iterator<Item = &Options> {
        self.all.iter().filter(|options| options.is_abstract)
    }

    fn add(&mut self, options: Options) {
        let index = self.all.len();
        self.by_class.insert(address(&options.class), index);
        if options.is_registered() {
            let app = options.app_label.as_deref().unwrap_or_default();
            let key = format!("{app}.{}", options.class.name.to_lowercase());
            self.by_label.insert(key, index);
        }
        self.all.push(options);
    }
}

fn address(class: &Rc<Class>) -> usize {
    Rc::as_ptr(class).addr()
}

/// Reads every model class that was made so far.
pub fn read(ev: &mut Evaluator, names: &Names) -> Models {
    let mut models = Models::default();
    let mut links: i64 = 0;
    for made in ev.registry.models.clone() {
        let options = options_of(ev, &models, names, &made, &mut links);
        models.add(options);
    }
    models
}

fn options_of(
    ev: &mut Evaluator,
    models: &Models,
    names: &Names,
    made: &ModelClass,
    links: &mut i64,
) -> Options {
    let class = &made.class;
    let meta = Meta { class: meta_of(&ev.registry, class) };
    let app_label = installed_label(ev, class);
    let proxy = meta.flag(ev, "proxy", false);
    let managed = meta.flag(ev, "managed", true);
    let label = app_label.clone().unwrap_or_default();
    let swapped = is_swapped(ev, &meta, &format!("{label}.{}", class.name));
    let table = match meta.text("db_table") {
        Some(table) if !table.is_empty() => names.truncated(&table),
        _ => default_table(names, &label, &class.name),
    };
    let mut options = Options {
        class: class.clone(),
        is_abstract: made.is_abstract,
        proxy,
        managed,
        swapped,
        app_label,
        table,
        fields: Vec::new(),
        parents: Vec::new(),
        concrete: class.clone(),
        made_for: meta.get("auto_created").and_then(|model| model.as_class().cloned()),
    };
    options.fields = own_fields(ev, class);
    inherit(ev, models, &mut options, links);
    if proxy && let Some(base) = options.parents.first().and_then(|parent| models.of(parent)) {
        options.table.clone_from(&base.table);
        options.concrete = base.concrete.clone();
    }
    if !options.is_abstract && !options.proxy {
        primary_key(ev, &mut options);
    }
    sort_fields(&mut options.fields);
    options
}

/// The `Meta` class of a model.
struct Meta {
    class: Option<Rc<Class>>,
}

impl Meta {
    fn get(&self, name: &str) -> Option<Value> {
        Some(self.class.as_ref()?.lookup(name)?.1.value)
    }

    fn text(&self, name: &str) -> Option<String> {
        let alternatives = self.get(name)?.alternatives();
        alternatives.iter().find_map(|a| a.value.as_str().map(str::to_owned))
    }

    fn flag(&self, ev: &Evaluator, name: &str, default: bool) -> bool {
        self.get(name).and_then(|value| ev.truth(&value)).unwrap_or(default)
    }
}

/// The app label, if its app is installed.
fn installed_label(ev: &mut Evaluator, class: &Rc<Class>) -> Option<Text> {
    let label = ev.app_label(class)?;
    ev.registry.apps.iter().any(|app| app.label == label).then_some(label)
}

fn is_swapped(ev: &mut Evaluator, meta: &Meta, label: &str) -> bool {
    let Some(setting) = meta.text("swappable") else { return false };
    let chosen = settings::text(ev, &setting);
    !chosen.is_empty() && !chosen.eq_ignore_ascii_case(label)
}

fn own_fields(ev: &mut Evaluator, class: &Rc<Class>) -> Vec<ModelField> {
    let mut names = ev.registry.contributed(class);
    for (name, binding) in class.scope.names.borrow().iter() {
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name.clone(), binding.clone()));
        }
    }
    let path = class.path();
    names.iter().filter_map(|(name, binding)| fields::read(ev, &path, name, binding)).collect()
}

/// Fields and parents that come down from the bases.
fn inherit(ev: &mut Evaluator, models: &Models, options: &mut Options, links: &mut i64) {
    let class = options.class.clone();
    let names_of =
        |class: &Class| -> Vec<Text> { class.scope.names.borrow().keys().cloned().collect() };
    let own: BTreeSet<Text> = names_of(&class).into_iter().collect();
    let mut hidden: BTreeSet<Text> = own.clone();
    let direct: Vec<usize> =
        class.bases.iter().filter_map(model_base).map(|c| address(&c)).collect();
    let chosen_links = parent_links(ev, models, options);
    for base in class.mro().iter().skip(1) {
        let Base::Class(base) = base else { continue };
        let parent = models.of(base).filter(|_| direct.contains(&address(base)));
        let Some(parent) = parent else {
            hidden.extend(names_of(base));
            continue;
        };
        if parent.is_abstract {
            for field in &parent.fields {
                if !hidden.contains(&field.name) && !has(options, &field.name) {
                    options.fields.push(field.clone());
                }
            }
            for ancestor in &parent.parents {
                add_parent(&mut options.parents, ancestor);
            }
            continue;
        }
        hidden.extend(parent.fields.iter().filter(|f| !f.is_private()).map(|f| f.name.clone()));
        let concrete = parent.concrete.clone();
        if !options.proxy && !chosen_links.contains(&address(&concrete)) {
            let link = parent_link(&concrete, options, links);
            if !has(options, &link.name) {
                options.fields.push(link);
            }
        }
        let parent = if options.proxy { base } else { &concrete };
        add_parent(&mut options.parents, parent);
    }
}

fn has(options: &Options, name: &str) -> bool {
    options.fields.iter().any(|field| &*field.name == name)
}

fn add_parent(parents: &mut Vec<Rc<Class>>, parent: &Rc<Class>) {
    if !parents.iter().any(|known| Rc::ptr_eq(known, parent)) {
        parents.push(parent.clone());
    }
}

fn model_base(base: &Base) -> Option<Rc<Class>> {
    match base {
        Base::Class(class) if is_model(class) && *class.path() != *MODEL => Some(class.clone()),
        _ => None,
    }
}

/// Concrete parents that a field with `parent_link=True` points at already.
fn parent_links(ev: &mut Evaluator, models: &Models, options: &Options) -> Vec<usize> {
    let inherited = options.class.mro().iter().skip(1).filter_map(|base| match base {
        Base::Class(base) => models.of(base).filter(|o| o.is_abstract),
        _ => None,
    });
    let all: Vec<ModelField> = options
        .fields
        .iter()
        .chain(inherited.flat_map(|o| o.fields.iter()))
        .filter(|field| field.parent_link)
        .cloned()
        .collect();
    all.iter()
        .filter_map(|field| target(ev, models, options, field))
        .filter_map(|found| found.class.map(|class| address(&class)))
        .collect()
}

/// The `<parent>_ptr` field that Django adds.
fn parent_link(parent: &Rc<Class>, options: &Options, links: &mut i64) -> ModelField {
    *links -= 1;
    let name: Text = Rc::from(format!("{}_ptr", parent.name.to_lowercase()));
    ModelField {
        column: Some(format!("{name}_id")),
        name,
        role: Role::OneToOne,
        kind: "OneToOneField".to_owned(),
        null: false,
        unique: true,
        primary_key: false,
        parent_link: true,
        declared_in: options.class.path(),
        at: options.class.at,
        cond: Cond::default(),
        order: *links,
        value: Value::Class(parent.clone()),
    }
}

/// A model without a primary key gets one: its first parent link, else an automatic column.
fn primary_key(ev: &mut Evaluator, options: &mut Options) {
    if options.fields.iter().any(|field| field.primary_key) {
        return;
    }
    if !options.parents.is_empty() {
        let first = options.fields.iter_mut().filter(|f| f.parent_link).max_by_key(|f| f.order);
        if let Some(link) = first {
            link.primary_key = true;
            link.unique = true;
        }
        return;
    }
    let kind = default_auto_field(ev, options.app_label.as_ref());
    options.fields.push(ModelField {
        name: Rc::from("id"),
        role: Role::Plain,
        column: Some("id".to_owned()),
        kind,
        null: false,
        unique: true,
        primary_key: true,
        parent_link: false,
        declared_in: options.class.path(),
        at: options.class.at,
        cond: Cond::default(),
        order: i64::MIN,
        value: Value::None,
    });
}

/// Class name of the automatic key: that of the app's configuration, else of the settings.
fn default_auto_field(ev: &mut Evaluator, label: Option<&Text>) -> String {
    let app = ev.registry.apps.iter().find(|app| Some(&app.label) == label).cloned();
    let own = app.and_then(|app| match &app.config {
        Value::Instance(config) => {
            let found = config.class.lookup("default_auto_field")?;
            found.1.value.as_str().map(str::to_owned)
        }
        _ => None,
    });
    let path = own.unwrap_or_else(|| settings::text(ev, "DEFAULT_AUTO_FIELD"));
    let name = path.rsplit('.').next().filter(|name| !name.is_empty());
    name.unwrap_or("AutoField").to_owned()
}

/// Django's order: columns, then many-to-many fields, each as they were made; then generic ones.
fn sort_fields(fields: &mut [ModelField]) {
    fields.sort_by_key(|field| match field.role {
        Role::ManyToMany => (1, field.order),
        Role::GenericKey | Role::GenericRelation => (2, 0),
        _ => (0, field.order),
    });
}

/// The models as the map holds them: registered ones, and abstract ones.
pub fn describe(ev: &Evaluator, models: &Models) -> (Vec<Model>, Vec<Model>) {
    let declared = models.registered().filter(|o| o.made_for.is_none());
    let registered = declared.map(|o| model(ev, o, o.label())).collect();
    let mut seen = BTreeSet::new();
    let abstract_ones = models
        .abstract_ones()
        .filter(|o| seen.insert(o.class.path()))
        .map(|o| model(ev, o, o.class.path().to_string()))
        .collect();
    (registered, abstract_ones)
}

fn model(ev: &Evaluator, options: &Options, label: String) -> Model {
    let class = &options.class;
    let app = ev.registry.apps.iter().find(|app| Some(&app.label) == options.app_label.as_ref());
    let in_own_app = app.is_some_and(|app| ev.is_own_module(&app.name));
    let own = if options.is_abstract { ev.is_own(class.at) } else { in_own_app };
    let always = class.cond.is_always() && app.is_none_or(|app| app.cond.is_always());
    Model {
        label,
        table: if options.is_abstract { String::new() } else { options.table.clone() },
        proxy: options.proxy,
        managed: options.managed,
        bases: bases(class),
        fields: options.fields.iter().map(|field| describe_field(ev, field)).collect(),
        own,
        at: ev.at(class.at),
        certainty: if always { Certainty::Certain } else { Certainty::Conditional },
    }
}

fn bases(class: &Class) -> Vec<String> {
    if class.bases.is_empty() {
        return vec!["builtins.object".to_owned()];
    }
    class.bases.iter().map(|base| base.path().to_string()).collect()
}

fn describe_field(ev: &Evaluator, field: &ModelField) -> Field {
    Field {
        name: field.name.to_string(),
        column: field.column.clone(),
        kind: field.kind.clone(),
        null: field.null,
        unique: field.unique,
        primary_key: field.primary_key,
        declared_in: field.declared_in.to_string(),
        at: ev.at(field.at),
    }
}

/// Notes model classes that belong to no installed app and name none: Django would refuse them.
pub fn note_homeless(ev: &mut Evaluator, models: &Models) {
    let homeless: Vec<(Span, String)> = models
        .all
        .iter()
        .filter(|o| !o.is_abstract && o.app_label.is_none())
        .map(|o| (o.class.at, o.class.path().to_string()))
        .collect();
    for (at, path) in homeless {
        ev.note(at, "model", &format!("{path} belongs to no installed app"));
    }
}
