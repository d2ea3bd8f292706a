//! What every native service needs and Django used to give: a listener with limits, a graceful end,
//! health, logs, a bounded pool, and the answers Django's middleware and DRF would have made.
//!
//! A service is three things on top of it: routes, a pure domain, and SQL. Nothing of the toolkit
//! is used here but `django-auth`, which knows formats and nobody: a migrated service must be able
//! to outlive the migration.

pub mod django;
pub mod health;
pub mod identity;
pub mod limits;
pub mod options;
pub mod pool;
pub mod reply;
pub mod server;
pub mod trace;

pub use options::Options;
pub use reply::{Problem, Reply};
pub use server::run;
