//! The map: what the analyzer learned, as the contract that other tools read (`map.json`).
//!
//! Every list is sorted by its natural key (see [`Map::sort`]): the same bytes on every run, in any
//! file order, on any number of threads. Only `endpoints` keeps the order of Django's resolver.

mod at;
mod certainty;
mod shared;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::at::{At, File};
pub use self::certainty::Certainty;
use crate::history::History;
use crate::live::Database;

/// Version of the contract, the value of the `schema` field.
pub const SCHEMA: &str = "outgrow.map/1";

/// The whole map.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Map {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What was analyzed.
    pub project: Project,
    /// Installed apps, in the order of `INSTALLED_APPS`.
    pub apps: Vec<App>,
    /// Concrete and proxy models, sorted by label.
    pub models: Vec<Model>,
    /// Abstract models; their `label` is the dotted path of the class.
    pub abstract_models: Vec<Model>,
    /// Database tables, sorted by name.
    pub tables: Vec<Table>,
    /// Relations between models, sorted by (from, field).
    pub relations: Vec<Relation>,
    /// Endpoints, in the order in which the resolver tries them.
    pub endpoints: Vec<Endpoint>,
    /// Outermost transactions that write or lock something, sorted by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transactions: Vec<Transaction>,
    /// Joins that queries of the endpoints ask for, sorted by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
    /// Tasks that a schedule starts, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scheduled: Vec<Scheduled>,
    /// Path converters that the project registers, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub converters: Vec<PathConverter>,
    /// Migrations of the project's own apps, in the order in which an empty database gets them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrations: Vec<Migration>,
    /// Tables of those apps as the migrations leave them in the database, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrated: Vec<Table>,
    /// What a running database said of itself; absent where none was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<Database>,
    /// What git and `CODEOWNERS` say; absent where there is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// Where models, migrations and database do not agree, sorted by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drift: Vec<Drift>,
    /// Proposed bounded contexts; empty until `outgrow contexts propose` has run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<Context>,
    /// References that cross contexts, with their place; empty like `contexts`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crossings: Vec<Crossing>,
    /// Whether to split and in which order; absent like `contexts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
    /// What could not be seen, sorted by place.
    pub opaque: Vec<Opaque>,
    /// How much of the repository was read.
    pub coverage: Coverage,
}

/// The analyzed project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Project {
    /// Name of the analyzed folder.
    pub name: String,
    /// Dotted path of the settings module that was read.
    pub settings: String,
    /// Dotted path of the root `URLconf`, empty where none is set.
    pub root_urlconf: String,
}

/// An installed Django application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct App {
    /// `AppConfig.label`, e.g. `auth`.
    pub label: String,
    /// `AppConfig.name`, e.g. `django.contrib.auth`.
    pub name: String,
    /// Folder relative to the analyzed one; empty for an app whose code lies outside it.
    pub path: String,
    /// Whether the app's own code is part of the analyzed repository.
    pub own: bool,
    /// Certain, or conditional where `INSTALLED_APPS` holds it under a condition.
    pub certainty: Certainty,
}

/// A Django model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Model {
    /// `app_label.ModelName`; the dotted class path for an abstract model.
    pub label: String,
    /// Database table; that of the concrete model for a proxy; empty for an abstract model.
    pub table: String,
    /// `Meta.proxy`.
    pub proxy: bool,
    /// `Meta.managed`.
    pub managed: bool,
    /// Dotted paths of the bases, in source order.
    pub bases: Vec<String>,
    /// Local and inherited-from-abstract fields, in Django's order (`_meta.local_fields`, then
    /// `local_many_to_many`, then generic foreign keys).
    pub fields: Vec<Field>,
    /// Whether the model belongs to an app of the analyzed repository.
    pub own: bool,
    /// Where the class stands.
    pub at: At,
    /// Certainty of the declaration.
    pub certainty: Certainty,
}

/// A model field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// Attribute name.
    pub name: String,
    /// Column in the model's table; `None` for many-to-many and generic fields.
    pub column: Option<String>,
    /// Name of the field class, e.g. `CharField`, `ForeignKey`.
    pub kind: String,
    /// `null=True`.
    pub null: bool,
    /// `unique=True`, a primary key, or a one-to-one field.
    pub unique: bool,
    /// Whether the field is the primary key.
    pub primary_key: bool,
    /// Dotted path of the class that declares the field (an abstract base or the model itself).
    pub declared_in: String,
    /// Where the field is declared.
    pub at: At,
}

/// A database table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Name in the database.
    pub name: String,
    /// Label of the model that owns it; the declaring model for an automatic many-to-many table.
    pub owner: String,
    /// `app.Model.field` of the many-to-many field that made the table, `None` for a model's own.
    pub auto_m2m_of: Option<String>,
    /// Columns, sorted.
    pub columns: Vec<String>,
}

/// What kind a relation is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// `ForeignKey` and its subclasses.
    Fk,
    /// `OneToOneField` and its subclasses.
    OneToOne,
    /// `ManyToManyField`.
    M2m,
    /// `GenericForeignKey` (its `to` is `contenttypes.ContentType`) or `GenericRelation`.
    Generic,
    /// The parent link of multi-table inheritance.
    Parent,
}

/// A relation between two models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Label of the model that holds the field.
    pub from: String,
    /// Field name.
    pub field: String,
    /// Label of the model that is pointed at.
    pub to: String,
    /// Kind of the relation.
    pub kind: RelationKind,
    /// Label of the through model of a many-to-many relation, also of an automatic one.
    pub through: Option<String>,
    /// Name of the `on_delete` handler (`CASCADE`, ...); `None` for m2m and generic relations.
    pub on_delete: Option<String>,
    /// Whether the database enforces it (`db_constraint`).
    pub db_constraint: bool,
    /// Dotted path of the class that declares the field.
    pub declared_in: String,
    /// Where the field is declared.
    pub at: At,
}

/// How Django writes one part of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// `path()`: text with `<converter:name>` parts.
    Path,
    /// `re_path()`: a regular expression.
    RePath,
    /// `i18n_patterns()`: the active language as a prefix.
    Language,
}

/// One part of a route: what one `include()` or one leaf contributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// Syntax of the text.
    pub kind: SegmentKind,
    /// The text as written.
    pub text: String,
}

/// An endpoint: one leaf of the `URLconf`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Endpoint {
    /// The joined route or regex text, as Django's resolver prints it.
    pub route: String,
    /// The parts that were joined, outermost first.
    pub segments: Vec<Segment>,
    /// HTTP methods the view handles, sorted, without HEAD, OPTIONS and TRACE; empty when the view
    /// itself does not restrict them.
    pub methods: Vec<String>,
    /// URL name with namespaces (`api:order-list`), empty where it has none.
    pub name: String,
    /// Dotted path of the view function or class; empty where it could not be seen.
    pub view: String,
    /// DRF actions by method, e.g. `["get:list", "post:create"]`; empty for other views.
    pub action: Vec<String>,
    /// Position among all endpoints, from 0.
    pub order: u32,
    /// Label of the app that holds the view; empty for views outside installed apps.
    pub app: String,
    /// Where the pattern is declared.
    pub at: At,
    /// Where the view is declared, if seen.
    pub view_at: Option<At>,
    /// Certainty that the endpoint exists.
    pub certainty: Certainty,
    /// Tables the endpoint reads.
    #[serde(with = "shared")]
    #[schemars(with = "Vec<Access>")]
    pub reads: Vec<Arc<Access>>,
    /// Tables the endpoint writes.
    #[serde(with = "shared")]
    #[schemars(with = "Vec<Access>")]
    pub writes: Vec<Arc<Access>>,
    /// Places where its view was lost sight of: it may touch more tables than are listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opaque: Vec<At>,
}

/// A path converter beside Django's own five.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PathConverter {
    /// Name under which it is registered.
    pub name: String,
    /// The `regex` attribute of its class.
    pub regex: String,
    /// Whether its `to_python` may refuse (raise `ValueError` for) texts that the regex takes.
    pub refuses: bool,
    /// Where the class stands.
    pub at: At,
}

/// A table that an endpoint reads or writes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Access {
    /// Table name.
    pub table: String,
    /// Certainty of the access.
    pub certainty: Certainty,
    /// The lines that show it, sorted.
    pub via: Vec<At>,
    /// Methods under which it happens, sorted; empty for all that the endpoint has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// One way to it: the calls from the view on, outermost first, and the access itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<At>,
    /// A test that could not be decided and that it lies behind; none if it always happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<At>,
    /// Whether only tasks that run in another process do it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferred: bool,
    /// Whether it was seen at run time, see `outgrow analyze --evidence`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seen: bool,
}

/// A task that no request starts but a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scheduled {
    /// Name of the schedule's entry.
    pub name: String,
    /// Name of the task.
    pub task: String,
    /// Where the entry stands.
    pub at: At,
    /// Where the task is declared, if seen.
    pub task_at: Option<At>,
    /// Tables that it reads.
    #[serde(with = "shared")]
    #[schemars(with = "Vec<Access>")]
    pub reads: Vec<Arc<Access>>,
    /// Tables that it writes.
    #[serde(with = "shared")]
    #[schemars(with = "Vec<Access>")]
    pub writes: Vec<Arc<Access>>,
}

/// A transaction: the outermost `atomic` block, or the whole request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Transaction {
    /// Where it begins: the block or the decorator; the view under `ATOMIC_REQUESTS`.
    pub at: At,
    /// Whether `ATOMIC_REQUESTS` opens it.
    pub whole_request: bool,
    /// Tables that are written in it, through all calls, sorted.
    pub writes: Vec<String>,
    /// Tables of which it locks rows (`select_for_update`), sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<String>,
    /// The endpoints that enter it, by their `order`.
    pub endpoints: Vec<u32>,
}

/// One hop of a lookup (`order__customer__name`): a query goes from one table to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Join {
    /// Where the lookup stands.
    pub at: At,
    /// The table that the hop starts from.
    pub from: String,
    /// The table that it leads to.
    pub to: String,
    /// The whole lookup.
    pub lookup: String,
    /// The endpoints that ask for it, by their `order`; none where only scheduled tasks do.
    pub endpoints: Vec<u32>,
}

/// A migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Migration {
    /// Label of its app.
    pub app: String,
    /// Name of its module, e.g. `0001_initial`.
    pub name: String,
    /// Where its class stands.
    pub at: At,
    /// Operations in it.
    pub operations: u32,
    /// Tables that it makes, changes or drops, sorted.
    pub tables: Vec<String>,
}

/// Two witnesses that do not agree: the models, the migrations, the database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Drift {
    /// Where the one of them speaks.
    pub at: At,
    /// Problem code, e.g. `AN020`.
    pub code: String,
    /// Table, empty where none is concerned.
    pub table: String,
    /// Column, if it is about one.
    pub column: Option<String>,
    /// What does not agree.
    pub message: String,
}

/// What a context is for.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum ContextKind {
    /// Part of the business.
    #[default]
    Domain,
    /// Tables that Django itself brings; each service of the split has its own, or none.
    Framework,
}

/// A proposed bounded context.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Context {
    /// Name, unique in the map.
    pub name: String,
    /// Business or framework.
    #[serde(default)]
    pub kind: ContextKind,
    /// Tables that belong to it, sorted.
    pub tables: Vec<String>,
    /// Labels of the apps that own the tables, the one with most tables first.
    #[serde(default)]
    pub apps: Vec<String>,
    /// Tables of it that most contexts refer to by id (users, currencies), sorted.
    #[serde(default)]
    pub hubs: Vec<String>,
    /// Tables of it whose place changes with small changes of the evidence, sorted.
    #[serde(default)]
    pub undecided: Vec<Undecided>,
    /// The numbers behind the proposal.
    #[serde(default)]
    pub figures: Figures,
}

/// A table that could as well stand in another context.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Undecided {
    /// Table name.
    pub table: String,
    /// The other candidate.
    pub other: String,
    /// In how many of 100 attempts the table stood with its present neighbours.
    pub stability: u32,
}

/// Numbers of one context.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Share of the coupling of its tables that stays inside, in percent.
    pub cohesion: u32,
    /// Crossings that leave it.
    pub crossings_out: u32,
    /// Crossings that enter it.
    pub crossings_in: u32,
    /// Endpoints whose home it is.
    pub endpoints: u32,
    /// Those of them that touch no table of another context.
    pub endpoints_clean: u32,
}

/// One reference from a table of one context to a table of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Crossing {
    /// Context that holds the reference.
    pub from: String,
    /// Context that is referred to.
    pub to: String,
    /// `fk`, `one_to_one`, `m2m`, `generic`, `parent`, `join` for a query that goes from one to the
    /// other, or `endpoint` for shared use.
    pub kind: String,
    /// What refers, e.g. `trading.Order.account`, or the lookup, e.g. `account__owner`.
    pub what: String,
    /// Table that holds the reference.
    #[serde(default)]
    pub from_table: String,
    /// Table that is referred to.
    #[serde(default)]
    pub to_table: String,
    /// What cutting it costs, in hundredths of a plain reference by id.
    #[serde(default)]
    pub cost: u32,
    /// Where.
    pub at: At,
}

/// Whether the numbers say that the project is ready to be split.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There are contexts that can leave one by one.
    Split,
    /// Stay a modular monolith for now; the reasons say what has to change first.
    NotYet,
}

/// What the numbers advise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Advice {
    /// The conclusion.
    pub verdict: Verdict,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// Contexts in the order in which they would leave, cheapest first.
    pub order: Vec<Step>,
}

/// One context on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Context name.
    pub context: String,
    /// Why it stands here in the order.
    pub reason: String,
}

/// Something that could not be seen, said aloud.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Opaque {
    /// Where.
    pub at: At,
    /// What kind of fact is missing, e.g. `url pattern`, `relation target`.
    pub what: String,
    /// Why it could not be seen.
    pub why: String,
}

/// How much was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Python files found.
    pub files: u32,
    /// Python files read without any error.
    pub parsed: u32,
    /// Places in the repository where a followed view asks the database for something, through
    /// the ORM or in SQL: those whose tables are known and those that were lost sight of.
    #[serde(default)]
    pub sites: u32,
    /// Those of them that were lost sight of; each stands under `opaque`.
    #[serde(default)]
    pub lost: u32,
    /// Files that were skipped or read only in part, sorted by path.
    pub problems: Vec<FileProblem>,
}

impl Coverage {
    /// One sentence: which share of the sites is resolved; none where views ask for nothing.
    pub fn sentence(&self) -> Option<String> {
        // Rounded down: what is not whole shall not be called 100.0 %.
        let found = u64::from(self.sites - self.lost.min(self.sites));
        let tenths = (found * 1000).checked_div(u64::from(self.sites))?;
        let (whole, tenth, sites, lost) = (tenths / 10, tenths % 10, self.sites, self.lost);
        Some(format!("{whole}.{tenth} % of {sites} ORM sites resolved, {lost} opaque, listed"))
    }
}

/// A file that could not be read whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct FileProblem {
    /// Where; line 1 for a file that could not be read at all.
    pub at: At,
    /// Problem code, e.g. `AN003`.
    pub code: String,
    /// What is wrong and what was done about it.
    pub message: String,
}

impl Map {
    /// Sorts every list by its key; `apps` and `endpoints` keep their meaning-bearing order.
    pub fn sort(&mut self) {
        self.models.sort_by(|a, b| a.label.cmp(&b.label));
        self.abstract_models.sort_by(|a, b| a.label.cmp(&b.label));
        self.tables.sort_by(|a, b| a.name.cmp(&b.name));
        self.relations.sort_by(|a, b| (&a.from, &a.field).cmp(&(&b.from, &b.field)));
        self.converters.sort();
        self.drift.sort();
        self.drift.dedup();
        self.transactions.sort();
        self.joins.sort();
        self.contexts.sort_by(|a, b| a.name.cmp(&b.name));
        self.crossings.sort();
        self.opaque.sort();
        self.opaque.dedup();
        self.coverage.problems.sort();
    }
}
