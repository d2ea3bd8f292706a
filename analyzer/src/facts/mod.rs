//! Facts: what the evaluated code declares, each with its place and certainty.

pub mod apps;
pub mod converters;
pub mod fields;
pub mod migrations;
pub mod models;
pub mod relations;
pub mod schedules;
pub mod settings;
pub mod sql;
pub mod tables;
pub mod urls;
pub mod views;
