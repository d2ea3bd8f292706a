//! Which panel stands in which cell: swaps until no swap shortens the wires.

use std::collections::BTreeMap;

use super::scene::{Card, Scene};

/// The window that the picture should fill, in pixels.
const WINDOW: (i64, i64) = (1540, 860);
/// Rough width of a gap between panels without wires.
const GAP: i64 = 36;
/// Rough part, in percent of a lane, that one wire adds to each gap.
const LANE_PERCENT: i64 = 600;
/// Length of a step to the next column or row, in pixels.
const STEP: (i64, i64) = (260, 220);
/// Most rounds (a count) of swaps; each round shortens the wires, so few are needed.
const ROUNDS_MAX: usize = 60;

/// Cells row by row.
pub(super) struct Grid {
    pub(super) columns: usize,
    pub(super) cells: Vec<Option<usize>>,
}

impl Grid {
    pub(super) fn rows(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// Column and row of each panel.
    pub(super) fn places(&self, panels: usize) -> Vec<(usize, usize)> {
        let mut places = vec![(0, 0); panels];
        for (cell, panel) in self.cells.iter().enumerate() {
            if let Some(panel) = panel {
                places[*panel] = (cell % self.columns, cell / self.columns);
            }
        }
        places
    }
}

/// Places the panels.
pub(super) fn place(scene: &Scene<'_>) -> Grid {
    let count = scene.panels.len();
    let wires = wires(scene);
    let columns = columns(scene, wires.values().sum());
    let mut cells: Vec<Option<usize>> = (0..count).map(Some).collect();
    cells.resize(count.div_ceil(columns) * columns, None);
    let mut grid = Grid { columns, cells };
    let mut best = length(scene, &grid, &wires);
    for _ in 0..ROUNDS_MAX {
        let before = best;
        for a in 0..grid.cells.len() {
            for b in a + 1..grid.cells.len() {
                grid.cells.swap(a, b);
                let length = length(scene, &grid, &wires);
                if length < best {
                    best = length;
                } else {
                    grid.cells.swap(a, b);
                }
            }
        }
        if best == before {
            break;
        }
    }
    grid
}

/// The number of columns that fills the window best.
fn columns(scene: &Scene<'_>, wires: i64) -> usize {
    let mut heights: Vec<i64> = scene.panels.iter().map(|p| i64::from(p.height())).collect();
    heights.sort_unstable_by_key(|height| std::cmp::Reverse(*height));
    let panel = i64::from(scene.card_width) + 2 * i64::from(super::scene::PAD);
    let scale = |columns: &usize| {
        let gaps = i64::try_from(*columns).unwrap_or(i64::MAX - 1) + 1;
        let gap = GAP + wires * LANE_PERCENT / 100 / gaps;
        let width = panel * (gaps - 1) + gap * gaps;
        let height: i64 = heights.chunks(*columns).map(|row| row[0] + GAP).sum();
        (1000 * WINDOW.0 / width).min(1000 * WINDOW.1 / height.max(1))
    };
    (1..=heights.len())
        .max_by_key(|columns| (scale(columns), std::cmp::Reverse(*columns)))
        .unwrap_or(1)
}

/// How many wires run between two panels: one for each table that a panel refers to.
fn wires(scene: &Scene<'_>) -> BTreeMap<(usize, usize), i64> {
    let mut nets: Vec<(usize, Card)> =
        scene.links.iter().map(|link| (link.from.panel, link.to)).collect();
    nets.sort_unstable();
    nets.dedup();
    let mut wires = BTreeMap::new();
    for (from, to) in nets {
        *wires.entry((from, to.panel)).or_default() += 1;
    }
    wires
}

/// Length of all wires and, so that rows are even, the height of the whole.
fn length(scene: &Scene<'_>, grid: &Grid, wires: &BTreeMap<(usize, usize), i64>) -> i64 {
    let places = grid.places(scene.panels.len());
    let far = |a: usize, b: usize| i64::try_from(a.abs_diff(b)).unwrap_or(i64::MAX);
    let wired: i64 = wires
        .iter()
        .map(|((from, to), count)| {
            let ((c1, r1), (c2, r2)) = (places[*from], places[*to]);
            // Beyond the next column a wire needs a second gap and two more corners.
            let detour = (far(c1, c2) - 1).max(0) * STEP.0 / 2;
            count * (far(c1, c2) * STEP.0 + far(r1, r2) * STEP.1 + detour)
        })
        .sum();
    let tall = |row: &[Option<usize>]| {
        row.iter().flatten().map(|p| i64::from(scene.panels[*p].height())).max().unwrap_or(0)
    };
    wired + 6 * grid.cells.chunks(grid.columns).map(tall).sum::<i64>()
}
