//! (being written)

pub mod catalogue;
pub mod contexts;
pub mod graph;
pub mod map;
pub mod python;
pub mod repo;
pub mod report;
pub mod skeleton;
