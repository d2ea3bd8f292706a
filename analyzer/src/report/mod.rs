//! The map as people and tools read it. Every renderer is a pure function of the map and gives the
//! same bytes for the same map.

mod changes;
pub mod dot;
pub mod drawing;
pub mod explain;
pub mod html;
pub mod json;
pub mod markdown;
pub mod matrix;
pub mod mermaid;
mod pairs;
pub mod sarif;
mod summary;

pub use changes::changes;
pub use summary::summary;
