//! Where everything stands, and the way of each wire through the gaps.
//!
//! Wires from one context to one table share a lane (a net): the picture counts who depends on
//! what, and ten parallel lines say no more than one. A net to the same or the next column needs
//! one vertical gap; any other crosses over through a horizontal gap.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::lanes::{Lanes, Part, Stub, arrange, spread};
use super::scene::{CARD, Card, HEAD, PAD, PITCH, Scene};

/// From one lane to the next.
const LANE: i32 = 8;
/// Free space on both sides of the lanes of a gap.
const EDGE: i32 = 16;
/// Width of a gap without lanes, inside and at the border of the picture.
const EMPTY: (i32, i32) = (30, 6);
/// Least space between two wires that share a lane.
const CLEAR: i32 = 9;
/// Most space between two wires at a card.
const PORT_MAX: i32 = 5;

/// From a panel's top to the wires that touch its head.
const HEAD_PORTS: i32 = 14;

/// A rectangle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// The finished layout.
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// One a panel.
    pub(super) panels: Vec<Rect>,
    /// Corners of one wire a link.
    pub(super) wires: Vec<Vec<(i32, i32)>>,
}

impl Layout {
    /// Upper left corner of a card.
    pub(super) fn card(&self, card: Card) -> (i32, i32) {
        let panel = self.panels[card.panel];
        (panel.x + PAD, panel.y + row_offset(card.row))
    }
}

/// Distance from a panel's top to where a wire's card begins.
fn row_offset(row: Option<usize>) -> i32 {
    row.map_or(HEAD_PORTS, |row| HEAD + PITCH * i32::try_from(row).unwrap_or(0))
}

/// All links from one panel to one card.
struct Net {
    from: usize,
    to: Card,
    links: Vec<usize>,
    /// Vertical gap at the source and at the target; gap `g` lies left of column `g`.
    gaps: (usize, usize),
    /// Horizontal gap between them, where the vertical ones differ; gap `h` lies above row `h`.
    over: Option<usize>,
}

/// Lays everything out.
pub(super) fn layout(scene: &Scene<'_>, grid: &Grid) -> Layout {
    let places = grid.places(scene.panels.len());
    let nets = nets(scene, grid, &places);
    let ports = ports(scene, &nets, &places);

    let across = across(&nets, grid.rows());
    let (tops, overs, height) = rows(scene, grid, &across);
    let y_of = |card: Card, port: i32| tops[places[card.panel].1] + row_offset(card.row) + port;

    let ways: Vec<Way> =
        nets.iter().enumerate().map(|(n, net)| way(scene, &ports, &overs, &y_of, n, net)).collect();
    let down = down(&nets, &ways, &places, grid.columns + 1);
    let (lefts, lanes, width) = columns(scene, grid, &down);

    let panels: Vec<Rect> = scene
        .panels
        .iter()
        .zip(&places)
        .map(|(panel, (column, row))| Rect {
            x: lefts[*column],
            y: tops[*row],
            width: scene.card_width + 2 * PAD,
            height: panel.height(),
        })
        .collect();
    let mut wires = vec![Vec::new(); scene.links.len()];
    for (number, net) in nets.iter().enumerate() {
        let (first, last) = (lanes[&(number, false)], lanes[&(number, true)]);
        let side = |card: Card, lane: i32| {
            let inset = if card.row.is_some() { PAD } else { 0 };
            let panel = panels[card.panel];
            if lane < panel.x { panel.x + inset } else { panel.x + panel.width - inset }
        };
        for (link, from_y) in net.links.iter().zip(&ways[number].from) {
            let from = scene.links[*link].from;
            let mut corners = vec![(side(from, first), *from_y), (first, *from_y)];
            if let Some(over) = ways[number].over {
                corners.extend([(first, over), (last, over)]);
            }
            corners.extend([(last, ways[number].to), (side(net.to, last), ways[number].to)]);
            corners.dedup();
            wires[*link] = corners;
        }
    }
    Layout { width, height, panels, wires }
}

fn nets(scene: &Scene<'_>, grid: &Grid, places: &[(usize, usize)]) -> Vec<Net> {
    let mut found: BTreeMap<(usize, Card), Vec<usize>> = BTreeMap::new();
    for (number, link) in scene.links.iter().enumerate() {
        found.entry((link.from.panel, link.to)).or_default().push(number);
    }
    let mut load = vec![0usize; grid.rows() + 1];
    let mut nets = Vec::new();
    for ((from, to), links) in found {
        let ((c1, r1), (c2, r2)) = (places[from], places[to.panel]);
        let gaps = match c1.cmp(&c2) {
            std::cmp::Ordering::Less => (c1 + 1, c2),
            std::cmp::Ordering::Equal => (c1 + 1, c1 + 1),
            std::cmp::Ordering::Greater => (c1, c2 + 1),
        };
        let over = (gaps.0 != gaps.1).then(|| {
            // In one row either side will do; else a gap between the two rows.
            let choice = if r1 == r2 { r1..=r1 + 1 } else { r1.min(r2) + 1..=r1.max(r2) };
            let border = |gap: usize| gap == 0 || gap == grid.rows();
            choice.min_by_key(|gap| load[*gap] + 4 * usize::from(border(*gap))).unwrap_or(0)
        });
        if let Some(gap) = over {
            load[gap] += 1;
        }
        nets.push(Net { from, to, links, gaps, over });
    }
    nets
}

/// Where a wire touches a card: offset from the card's top, by (net, link or the target).
type Ports = BTreeMap<(usize, Option<usize>), i32>;

/// Spreads the wires that touch one side of one card.
fn ports(scene: &Scene<'_>, nets: &[Net], places: &[(usize, usize)]) -> Ports {
    type Touch = ((usize, Option<usize>), usize, Option<usize>);
    let mut sides: BTreeMap<(Card, bool), Vec<Touch>> = BTreeMap::new();
    for (number, net) in nets.iter().enumerate() {
        let right = |panel: usize, gap: usize| gap > places[panel].0;
        let height = |card: Card| (places[card.panel].1, card.row);
        let first = scene.links[net.links[0]].from;
        let touch = (height(first), number, None);
        sides.entry((net.to, right(net.to.panel, net.gaps.1))).or_default().push(touch);
        for link in &net.links {
            let card = scene.links[*link].from;
            let touch = (height(net.to), number, Some(*link));
            sides.entry((card, right(net.from, net.gaps.0))).or_default().push(touch);
        }
    }
    let mut ports = Ports::new();
    for mut touches in sides.into_values() {
        touches.sort_unstable();
        let count = i32::try_from(touches.len()).unwrap_or(i32::MAX);
        let step = (2 * (CARD - 6) / count).min(2 * PORT_MAX);
        for (touch, position) in touches.iter().zip(0..) {
            let offset = CARD / 2 + (2 * position - (count - 1)) * step / 4;
            ports.insert((touch.1, touch.2), offset);
        }
    }
    ports
}

/// Lanes of the horizontal gaps.
fn across(nets: &[Net], rows: usize) -> Vec<Lanes<usize>> {
    let place = |gap: usize| i32::try_from(gap).unwrap_or(0);
    (0..=rows)
        .map(|gap| {
            let spans = nets.iter().enumerate().filter(|(_, net)| net.over == Some(gap));
            let spans = spans.map(|(number, net)| {
                let (a, b) = (place(net.gaps.0), place(net.gaps.1));
                (a.min(b), a.max(b), number)
            });
            spread(spans.collect(), 1)
        })
        .collect()
}

fn gap_size(lanes: i32, border: bool) -> i32 {
    match (lanes, border) {
        (0, true) => EMPTY.1,
        (0, false) => EMPTY.0,
        _ => (lanes - 1) * LANE + 2 * EDGE,
    }
}

/// Tops of the rows, height of the lane of each net that crosses over, and the height of all.
fn rows(
    scene: &Scene<'_>,
    grid: &Grid,
    across: &[Lanes<usize>],
) -> (Vec<i32>, BTreeMap<usize, i32>, i32) {
    let (mut y, mut tops, mut overs) = (0, Vec::new(), BTreeMap::new());
    for (gap, (lanes, count)) in across.iter().enumerate() {
        let border = gap == 0 || gap == grid.rows();
        overs.extend(lanes.iter().map(|(net, lane)| (*net, y + EDGE + lane * LANE)));
        y += gap_size(*count, border);
        let row = grid.cells.chunks(grid.columns).nth(gap);
        if let Some(row) = row {
            tops.push(y);
            y += row.iter().flatten().map(|p| scene.panels[*p].height()).max().unwrap_or(0);
        }
    }
    (tops, overs, y)
}

/// The heights through which a net runs.
struct Way {
    /// Of each of its links at the source.
    from: Vec<i32>,
    /// In the horizontal gap.
    over: Option<i32>,
    /// At the target.
    to: i32,
}

fn way(
    scene: &Scene<'_>,
    ports: &Ports,
    overs: &BTreeMap<usize, i32>,
    y_of: &impl Fn(Card, i32) -> i32,
    number: usize,
    net: &Net,
) -> Way {
    let port = |link: Option<usize>| ports.get(&(number, link)).copied().unwrap_or(CARD / 2);
    Way {
        from: net.links.iter().map(|l| y_of(scene.links[*l].from, port(Some(*l)))).collect(),
        over: overs.get(&number).copied(),
        to: y_of(net.to, port(None)),
    }
}

/// A net's part in one vertical gap: the net, and whether it is the part at the target.
type End = (usize, bool);

/// Lanes of the vertical gaps, arranged so that few wires cross.
fn down(nets: &[Net], ways: &[Way], places: &[(usize, usize)], gaps: usize) -> Vec<Lanes<End>> {
    let mut parts: Vec<BTreeMap<End, Part>> = vec![BTreeMap::new(); gaps];
    for (number, (net, way)) in nets.iter().zip(ways).enumerate() {
        let (first, last) = net.gaps;
        let stub = |y: i32, right: bool| Stub { y, right };
        // Gap `g` lies left of column `g`: that column's cards are to its right.
        let from = way.from.iter().map(|y| stub(*y, places[net.from].0 == first));
        let to = stub(way.to, places[net.to.panel].0 == last);
        if let Some(over) = way.over {
            let leaves = stub(over, last > first);
            parts[first].insert((number, false), Part::of(from.chain([leaves]).collect()));
            let comes = stub(over, first > last);
            parts[last].insert((number, true), Part::of(vec![comes, to]));
        } else {
            parts[first].insert((number, false), Part::of(from.chain([to]).collect()));
        }
    }
    parts
        .into_iter()
        .map(|parts| {
            let spans = parts.iter().map(|(end, part)| (part.low, part.high, *end)).collect();
            arrange(spread(spans, CLEAR), &parts)
        })
        .collect()
}

/// Left edges of the columns, the x of each part of each net, and the width of all.
fn columns(
    scene: &Scene<'_>,
    grid: &Grid,
    down: &[Lanes<End>],
) -> (Vec<i32>, BTreeMap<End, i32>, i32) {
    let (mut x, mut lefts, mut found) = (0, Vec::new(), BTreeMap::new());
    for (gap, (lanes, count)) in down.iter().enumerate() {
        for ((net, end), lane) in lanes {
            let at = x + EDGE + lane * LANE;
            found.insert((*net, *end), at);
            // A net in one gap has one part, which is both.
            found.entry((*net, true)).or_insert(at);
        }
        x += gap_size(*count, gap == 0 || gap == grid.columns);
        if gap < grid.columns {
            lefts.push(x);
            x += scene.card_width + 2 * PAD;
        }
    }
    (lefts, found, x)
}
