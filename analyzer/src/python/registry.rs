//! What Django would hold in memory while it starts, as far as evaluation needs it: the settings
//! module, the installed apps, the models in the order in which their classes were made.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::evaluator::Evaluator;
use super::intrinsics::Patterns;
use super::object::{Args, Base, Binding, Call, Class, Module};
use super::schema::Schema;
use super::template::Templates;
use super::value::{Cond, Item, Span, Text, Value};

/// Dotted path of Django's model base class, as the catalogue defines it.
pub const MODEL: &str = "django.db.models.base.Model";

/// Follows the call of what `as_view()` made; says whether it could.
pub(crate) type ViewCalled = fn(&mut Evaluator, &Rc<Call>, &Args, Span) -> bool;

/// An installed app.
#[derive(Debug, Clone)]
pub struct InstalledApp {
    /// `AppConfig.label`.
    pub label: Text,
    /// `AppConfig.name`.
    pub name: Text,
    /// The `AppConfig` object.
    pub config: Value,
    /// Whether its own source is not here: it is told as a plain one, its label is a guess.
    pub guessed: bool,
    /// Where `INSTALLED_APPS` names it.
    pub at: Span,
    /// Under which condition it does.
    pub cond: Cond,
}

/// A model class as it was made.
#[derive(Debug, Clone)]
pub struct ModelClass {
    /// The class.
    pub class: Rc<Class>,
    /// `Meta.abstract`.
    pub is_abstract: bool,
}

/// Models by label and name, as they were found when there were so many of them.
#[derive(Debug, Default)]
pub(crate) struct ModelsFound {
    models: usize,
    known: FxHashMap<(Text, Text), Option<Rc<Class>>>,
}

/// Pairs of label and name (a count) whose model is kept; more are computed ones.
const ASKED_MAX: usize = 10_000;

impl ModelsFound {
    /// The model, by `find` where it is not known; `models` is how many there are now.
    pub(crate) fn model(
        &mut self,
        (label, name): (&str, &str),
        models: usize,
        find: impl FnOnce() -> Option<Rc<Class>>,
    ) -> Option<Rc<Class>> {
        if self.models != models || self.known.len() >= ASKED_MAX {
            self.known.clear();
            self.models = models;
        }
        self.known.entry((Rc::from(label), Rc::from(name))).or_insert_with(find).clone()
    }
}

/// Names of the reverse sides of relations, worked out once for so many models.
#[derive(Debug, Default)]
pub(crate) struct ReverseNames {
    pub(crate) models: usize,
    pub(crate) names: FxHashSet<Text>,
    /// Whether there may be any other.
    pub(crate) any: bool,
}

/// Settings, apps and models.
#[derive(Debug, Default)]
pub struct Registry {
    /// The settings module.
    pub settings: Option<Rc<Module>>,
    /// Installed apps in order.
    pub apps: Vec<InstalledApp>,
    /// Model classes in the order in which they were made, abstract ones too.
    pub models: Vec<ModelClass>,
    /// Whether the models of every app are there, as `ready()` finds them.
    pub models_loaded: bool,
    /// Fields by the address of the class they were contributed to: a field may put something else
    /// under its name in the class.
    pub(crate) contributed: BTreeMap<usize, Vec<(Text, Binding)>>,
    /// Variables that the project itself puts into the environment.
    pub environment: BTreeMap<String, Value>,
    /// What the project puts into libraries without source, by dotted path.
    pub(crate) patched: BTreeMap<Text, Value>,
    /// Calls what `as_view()` made, where that can be followed.
    pub(crate) view_called: Option<ViewCalled>,
    /// How often that was done.
    pub(crate) views_called: u32,
    /// What `resolve()` finds for the request that is answered.
    pub(crate) resolved: Option<Value>,
    /// What the path of the request begins with that is answered.
    pub(crate) path_begins: Option<String>,
    /// Whether the view may have found nothing: what it answered is looked at by middleware.
    pub(crate) not_found: bool,
    /// Whether somebody asked for that.
    pub(crate) status_asked: bool,
    /// How often the request that is answered was asked for by other ways than as an argument.
    pub(crate) aside: u32,
    /// The method of the request that is answered.
    pub(crate) method: Text,
    /// Beginnings of a path that were asked for.
    pub(crate) beginnings: BTreeSet<Text>,
    /// The models as queries see them, once all are known.
    pub schema: Rc<Schema>,
    /// Templates that were read.
    pub(crate) templates: Templates,
    /// Regular expressions that were searched with.
    pub(crate) patterns: Patterns,
    /// Names that models may have by the relations of others.
    pub(crate) reverse: RefCell<ReverseNames>,
    /// Receivers of the signals of models: signal, receiver, sender.
    pub(crate) receivers: Vec<(Text, Value, Option<Value>)>,
    /// Answers of `Evaluator::model` while a body is traced.
    pub(crate) asked: RefCell<ModelsFound>,
    /// What a library loads the settings with, which may bring names that are not seen.
    pub(crate) settings_by: Option<Value>,
    /// Receivers of `class_prepared`, with the sender they wait for.
    pub(crate) prepared: Vec<(Value, Option<Value>)>,
}

impl Registry {
    pub(crate) fn models_made(&self) -> usize {
        self.models.len()
    }

    pub(crate) fn last_model(&self) -> Option<Rc<Class>> {
        self.models.last().map(|model| model.class.clone())
    }

    /// Fields that were contributed to the class, in order.
    pub fn contributed(&self, class: &Rc<Class>) -> Vec<(Text, Binding)> {
        self.contributed.get(&Rc::as_ptr(class).addr()).cloned().unwrap_or_default()
    }

    /// Whether the class is a model that Django takes for abstract.
    pub fn is_abstract(&self, class: &Rc<Class>) -> bool {
        self.models.iter().any(|m| m.is_abstract && Rc::ptr_eq(&m.class, class))
    }

    /// The app that contains the module: the longest app name that is its prefix.
    pub fn containing_app(&self, module: &str) -> Option<&InstalledApp> {
        let holds = |app: &&InstalledApp| {
            module.strip_prefix(&*app.name).is_some_and(|r| r.is_empty() || r.starts_with('.'))
        };
        self.apps.iter().filter(holds).max_by_key(|app| app.name.len())
    }
}

/// The `Meta` that counts for a model: its own, else one that an abstract parent or a mixin hands
/// down. Concrete models keep theirs to themselves.
pub fn meta_of(registry: &Registry, class: &Rc<Class>) -> Option<Rc<Class>> {
    let mut own = true;
    for base in class.mro() {
        let Base::Class(ancestor) = base else { continue };
        if own || !is_model(ancestor) || registry.is_abstract(ancestor) {
            match ancestor.scope.get("Meta") {
                Some(Value::Class(meta)) => return Some(meta),
                Some(Value::Choice(alternatives)) => {
                    return alternatives.iter().find_map(|a| a.value.as_class().cloned());
                }
                _ => {}
            }
        }
        own = false;
    }
    None
}

/// Whether the class is a model.
pub fn is_model(class: &Class) -> bool {
    let look = || {
        class.mro().iter().skip(1).any(|base| match base {
            Base::Class(ancestor) => &*ancestor.name == "Model" && *ancestor.path() == *MODEL,
            _ => false,
        })
    };
    *class.known.model.get_or_init(look)
}

impl Evaluator {
    /// Does for a new class what Django's metaclass does.
    pub(crate) fn class_made(&mut self, class: &Rc<Class>) {
        if !is_model(class) {
            return;
        }
        let is_abstract = self.take_abstract(class);
        self.registry.models.push(ModelClass { class: class.clone(), is_abstract });
        let own: Vec<(Text, Binding)> =
            class.scope.names.borrow().iter().map(|(n, b)| (n.clone(), b.clone())).collect();
        for (name, binding) in own {
            self.contribute(class, &name, &binding);
        }
        self.contribute_inherited(class);
        if !is_abstract {
            self.class_prepared(class);
        }
    }

    /// `Meta.abstract`, which Django resets once read, so that an inherited `Meta` lacks it.
    fn take_abstract(&mut self, class: &Rc<Class>) -> bool {
        let Some(Value::Class(meta)) = class.scope.get("Meta") else { return false };
        let Some((_, binding)) = meta.lookup("abstract") else { return false };
        let is_abstract = self.truth(&binding.value) == Some(true);
        if is_abstract {
            let name = self.intern("abstract");
            let value = Value::Bool(false);
            meta.scope.set(name, Binding { value, at: binding.at, cond: Cond::default() });
        }
        is_abstract
    }

    /// Calls `contribute_to_class` of what stands in a model's body.
    fn contribute(&mut self, class: &Rc<Class>, name: &Text, binding: &Binding) {
        let hook = self.intern("contribute_to_class");
        let value = &binding.value;
        let Value::Instance(instance) = value else { return };
        let Some((_, method)) = instance.class.lookup(&hook) else { return };
        let bound = self.bind_attribute(&method.value, value);
        let args = Args {
            positional: vec![
                Item::new(Value::Class(class.clone()), binding.at),
                Item::new(Value::Str(name.clone()), binding.at),
            ],
            ..Args::default()
        };
        let cond = self.cond.clone();
        if self.cond.is_always() {
            self.cond = binding.cond.clone();
        }
        let _ = self.call(&bound, args, binding.at);
        self.cond = cond;
    }

    /// Django copies what abstract parents declare into each child; what makes further fields or
    /// models there does so for the child, too.
    fn contribute_inherited(&mut self, class: &Rc<Class>) {
        // A nearer ancestor hides what a farther one declares under the same name.
        let mut seen: BTreeSet<Text> = BTreeSet::new();
        for base in class.mro().iter().skip(1) {
            let Base::Class(parent) = base else { continue };
            if !self.registry.is_abstract(parent) {
                continue;
            }
            for (name, binding) in self.declared(parent) {
                let hidden = !seen.insert(name.clone());
                let Value::Instance(instance) = &binding.value else { continue };
                let custom =
                    instance.class.lookup("contribute_to_class").is_some_and(|(owner, _)| {
                        !owner.module.borrow().starts_with("django.db.models")
                    });
                if custom && !hidden && class.scope.get(&name).is_none() {
                    self.contribute(class, &name, &binding);
                }
            }
        }
    }

    /// What an abstract class hands down: its fields, also those whose place a descriptor took,
    /// then what else stands in its body.
    fn declared(&self, parent: &Rc<Class>) -> Vec<(Text, Binding)> {
        let mut declared = self.registry.contributed(parent);
        for (name, binding) in parent.scope.names.borrow().iter() {
            if !declared.iter().any(|(other, _)| other == name) {
                declared.push((name.clone(), binding.clone()));
            }
        }
        declared
    }

    /// Sends `class_prepared`.
    fn class_prepared(&mut self, class: &Rc<Class>) {
        let receivers = self.registry.prepared.clone();
        let sender = Value::Class(class.clone());
        for (receiver, wanted) in receivers {
            if wanted.is_none_or(|wanted| wanted.is_same(&sender)) {
                let item = Item::new(sender.clone(), class.at);
                let args = Args { named: vec![(Rc::from("sender"), item)], ..Args::default() };
                let _ = self.call(&receiver, args, class.at);
            }
        }
    }
}
