//! The map as people and tools read it. Every renderer is a pure function of the map and gives the
//! same bytes for the same map.

pub mod json;
