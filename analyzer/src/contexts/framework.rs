//! Tables that Django itself brings: every service of a split has its own of them, or none, so
//! they say nothing about the business.

/// Apps whose tables are all of that kind.
const APPS: [&str; 9] = [
    "admin",
    "contenttypes",
    "flatpages",
    "migrations",
    "redirects",
    "sessions",
    "sites",
    "staticfiles",
    "messages",
];

/// Models of `django.contrib.auth` of that kind; the user is the business's own.
const AUTH: [&str; 2] = ["auth.Group", "auth.Permission"];

/// Whether the tables of this model belong to the framework. The labels are Django's, and an app
/// of the project that took one of them could not be installed beside Django's own.
pub fn holds(owner: &str) -> bool {
    let app = owner.split('.').next().unwrap_or_default();
    APPS.contains(&app) || AUTH.contains(&owner)
}
