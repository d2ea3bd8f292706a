//! (being written)

pub mod contexts;
pub mod graph;
pub mod map;
pub mod report;
