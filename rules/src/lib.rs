//! The rules of outgrow: the shared words, and the YAML that says for every endpoint where it is on
//! its way out of the monolith.
//!
//! ```text
//! folder::sources ─► load ─► Ruleset ─► Router::new ─► Router::decide(&Head) ─► Decision
//!    the disk       every     checked    compiled        one request            side, route, why
//!                  problem
//! ```
//!
//! What each command of the desk calls; all of them start with [`folder::sources`] and [`load()`]
//! (or [`load_with`], when the analyzer's map is at hand) and only print what comes back:
//!
//! | `outgrow rules ...` | here | exit 1 if |
//! |---|---|---|
//! | `check DIR [--map M]` | [`Problems`], [`Ruleset::warnings`], [`check::uncovered`] | an error |
//! | `test DIR [--fail-under N]` | [`trial::run`] | a failure, low coverage |
//! | `init MAP` | [`pattern::join`], [`write::file`], [`sample::samples`] | |
//! | `explain METHOD PATH` | [`explain::explain`] | |
//! | `diff OLD NEW [--log FILE]` | [`diff::routes`], [`diff::traffic`] | something changes |
//! | `schema` | [`schema::schema_text`] | |
//! | `edit`, `roll-back` | [`edit::set_stage`], [`edit::set_share`] | |
//! | `promote` | [`edit::promote`] | |
//! | `owners` | [`owners::codeowners`], [`owners::unowned`] | |
//! | `export --format gateway-api` | [`gateway::export`] | something is lost |
//! | `outgrow explain CODE` | [`Code::parse`], [`Code::page`] | |

pub mod check;
pub mod code;
pub mod cohort;
pub mod comparison;
pub mod diff;
pub mod edit;
pub mod explain;
pub mod folder;
pub mod gateway;
mod head;
mod language;
pub mod load;
mod method;
mod node;
mod overlap;
pub mod owners;
pub mod pattern;
pub mod policy;
pub mod problem;
mod python_regex;
mod raw;
mod route;
mod route_policy;
pub mod router;
pub mod ruleset;
pub mod sample;
mod scalars;
pub mod schema;
pub mod stage;
pub mod surface;
pub mod target;
mod tree;
pub mod trial;
mod upstream;
pub mod views;
pub mod write;
mod written;

pub use code::Code;
pub use cohort::{Bucket, Identity, IdentityKind};
pub use comparison::Comparison;
pub use head::{Head, Headers, NoHeaders};
pub use load::{Source, load, load_with};
pub use method::{Method, Methods};
pub use pattern::{Converter, Converters, MatchText, SegmentKind};
pub use policy::{Copies, Fallback, HealthCheck, Promotion, SlashPolicy, Tls, Trigger};
pub use problem::{Place, Problem, Problems, Severity};
pub use python_regex::RegexError;
pub use router::{Decision, Reason, Router};
pub use ruleset::{Address, Context, Policies, Route, Ruleset, Upstream};
pub use scalars::{Answer, HostPolicy, Protocol, Side};
pub use stage::{Share, Stage, StageName};
pub use target::{Ambiguity, with_slash};
pub use tree::TreeError;
pub use views::Views;
