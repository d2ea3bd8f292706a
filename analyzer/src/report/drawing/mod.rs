//! The gateway map: contexts as panels, tables with a crossing as cards, and a wire for each pair
//! of tables that crosses.
//!
//! Plain SVG with real text, laid out here and not by a graph library: what never crosses is not
//! drawn, wires run only in the gaps between panels, and the same map gives the same picture.

mod grid;
mod lanes;
mod route;
mod scene;
mod svg;

pub(super) use scene::{COLOURS, is_left_out};

use crate::map::Map;

/// A drawing and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The `<svg>` element; its classes are styled by `report.css`.
    pub svg: String,
    /// Width in pixels at which its text has its natural size.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
}

/// Draws the contexts of a map; `None` while it has none.
pub fn draw(map: &Map) -> Option<Drawing> {
    let scene = scene::Scene::of(map);
    if scene.panels.is_empty() {
        return None;
    }
    let grid = grid::place(&scene);
    let layout = route::layout(&scene, &grid);
    let svg = svg::write(&scene, &layout);
    Some(Drawing { svg, width: layout.width, height: layout.height })
}
