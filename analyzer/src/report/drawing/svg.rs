//! The laid out picture as SVG. No style stands on an element: a strict content policy may forbid
//! it, and one stylesheet serves light, dark and paper.

use std::fmt::Write;

use super::route::Layout;
use super::scene::{CARD, Card, Link, PAD, PITCH, Panel, Scene, fitted};
use crate::report::html::escape;
use crate::report::pairs::{Pair, cost, count, place, said};

/// Radius of a wire's corners.
const BEND: i32 = 6;
/// Length of an arrow head.
const ARROW: i32 = 7;
/// Crossings (a count) from which on a wire is drawn heavier.
const HEAVY: usize = 4;

/// Writes the picture.
pub(super) fn write(scene: &Scene<'_>, layout: &Layout) -> String {
    let mut out = String::new();
    push(
        &mut out,
        format_args!(
            "<svg class=\"map\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\" role=\"group\" aria-label=\"Contexts and the references that \
             cross between them\">\n",
            w = layout.width,
            h = layout.height
        ),
    );
    for (number, panel) in scene.panels.iter().enumerate() {
        frame(&mut out, layout, panel, number);
    }
    // Light wires first, so that heavy ones stay on top where they meet.
    let mut order: Vec<usize> = (0..scene.links.len()).collect();
    order.sort_by_key(|link| (heavy(&scene.links[*link]), scene.links[*link].cost(), *link));
    for link in order {
        wire(&mut out, scene, &scene.links[link], &layout.wires[link]);
    }
    for (number, panel) in scene.panels.iter().enumerate() {
        cards(&mut out, scene, layout, panel, number);
    }
    out.push_str("</svg>\n");
    out
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a String takes every text");
}

fn frame(out: &mut String, layout: &Layout, panel: &Panel<'_>, number: usize) {
    let r = layout.panels[number];
    let figures = panel.context.figures;
    let mut facts = count(panel.context.tables.len(), "table");
    if figures.endpoints > 0 {
        facts.push_str(" \u{b7} ");
        facts.push_str(&count(figures.endpoints as usize, "endpoint"));
    }
    let name = fitted(&panel.context.name, (r.width - 2 * PAD) * 12 / 15);
    push(
        out,
        format_args!(
            "<g class=\"panel c{c}\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
             rx=\"8\"/><path class=\"band\" d=\"M{x} {yb}a8 8 0 0 1 8-8h{wb}a8 8 0 0 1 8 8z\"/>\
             <text class=\"name\" x=\"{tx}\" y=\"{ty}\">{name}</text>\
             <text class=\"facts\" x=\"{tx}\" y=\"{fy}\">{facts}</text></g>\n",
            c = panel.colour,
            x = r.x,
            y = r.y,
            w = r.width,
            h = r.height,
            yb = r.y + 8,
            wb = r.width - 16,
            tx = r.x + PAD,
            ty = r.y + 26,
            fy = r.y + 42,
            name = escape(&name),
        ),
    );
}

fn heavy(link: &Link<'_>) -> bool {
    link.relations() + link.joins() + link.endpoints() >= HEAVY
}

fn wire(out: &mut String, scene: &Scene<'_>, link: &Link<'_>, corners: &[(i32, i32)]) {
    let Some((_, _, pair)) = link.pairs.first() else { return };
    let mut classes = format!("wire c{}", scene.panels[link.from.panel].colour);
    for (class, holds) in [(" use", link.relations() == 0), (" heavy", heavy(link))] {
        if holds {
            classes.push_str(class);
        }
    }
    let mut what = said(link.relations(), link.joins(), link.endpoints());
    if link.pairs.len() > 1 {
        what = format!("{} pairs of tables, {what}", link.pairs.len());
    }
    let (from, to) = match link.pairs.as_slice() {
        [_] => (pair.from_table, pair.to_table),
        _ => (pair.from, pair.to),
    };
    let keys = |end: fn(&(Card, Card, Pair<'_>)) -> Card| {
        let keys: Vec<String> = link.pairs.iter().map(|pair| key(end(pair))).collect();
        keys.join(" ")
    };
    push(
        out,
        format_args!(
            "<g class=\"{classes}\" data-a=\"{a}\" data-b=\"{b}\"><title>{from} to {to}: {what}, \
             cost {cost}, {place}</title><path d=\"{d}\"/>{arrow}</g>\n",
            a = keys(|pair| pair.0),
            b = keys(|pair| pair.1),
            from = escape(from),
            to = escape(to),
            cost = cost(link.cost()),
            place = escape(&place(pair.at)),
            d = rounded(corners),
            arrow = arrow(corners),
        ),
    );
}

/// Names a card to the page's script.
fn key(card: Card) -> String {
    format!("{}-{}", card.panel, card.row.unwrap_or_default())
}

/// A line through the corners with rounded bends; it ends where the arrow head begins.
fn rounded(corners: &[(i32, i32)]) -> String {
    let [(x, y), middle @ .., last] = corners else { return String::new() };
    let mut path = format!("M{x} {y}");
    let mut before = (*x, *y);
    for (position, corner) in middle.iter().enumerate() {
        let next = middle.get(position + 1).unwrap_or(last);
        let near = |to: (i32, i32)| {
            let (dx, dy) = (to.0 - corner.0, to.1 - corner.1);
            let bend = BEND.min(dx.abs().max(dy.abs()) / 2);
            (corner.0 + dx.signum() * bend, corner.1 + dy.signum() * bend)
        };
        let (a, b) = (near(before), near(*next));
        push(&mut path, format_args!("L{} {}Q{} {} {} {}", a.0, a.1, corner.0, corner.1, b.0, b.1));
        before = *corner;
    }
    let back = (before.0 - last.0).signum() * (ARROW - 1);
    push(&mut path, format_args!("L{} {}", last.0 + back, last.1));
    path
}

fn arrow(corners: &[(i32, i32)]) -> String {
    let [.., (before, _), (x, y)] = corners else { return String::new() };
    let back = x + (before - x).signum() * ARROW;
    format!("<path class=\"tip\" d=\"M{x} {y}L{back} {}V{}z\"/>", y - 4, y + 4)
}

fn cards(out: &mut String, scene: &Scene<'_>, layout: &Layout, panel: &Panel<'_>, number: usize) {
    push(out, format_args!("<g class=\"cards c{}\">\n", panel.colour));
    for (row, table) in panel.cards.iter().enumerate() {
        let (x, y) = layout.card(Card { panel: number, row: Some(row) });
        let (width, middle) = (scene.card_width, y + 15);
        if row >= panel.gateways {
            let name = escape(&fitted(table, width - 12));
            push(
                out,
                format_args!(
                    "<text class=\"inside\" x=\"{}\" y=\"{middle}\">{name}</text>\n",
                    x + 9
                ),
            );
            continue;
        }
        let hub = panel.context.hubs.iter().any(|hub| hub == table);
        let name = escape(&fitted(table, width - if hub { 42 } else { 14 }));
        let mark = if hub {
            format!("<text class=\"hub\" x=\"{}\" y=\"{middle}\">hub</text>", x + width - 7)
        } else {
            String::new()
        };
        push(
            out,
            format_args!(
                "<g class=\"card\" tabindex=\"0\" data-k=\"{number}-{row}\"><title>{full}</title>\
                 <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{CARD}\" rx=\"4\"/>\
                 <rect class=\"mark\" x=\"{x}\" y=\"{y}\" width=\"4\" height=\"{CARD}\" rx=\"2\"/>\
                 <text x=\"{tx}\" y=\"{middle}\">{name}</text>{mark}</g>\n",
                full = escape(table),
                tx = x + 11,
            ),
        );
    }
    if !panel.hidden.is_empty() {
        let below = Card { panel: number, row: Some(panel.cards.len()) };
        let (x, y) = layout.card(below);
        push(
            out,
            format_args!(
                "<text class=\"more\" x=\"{}\" y=\"{}\"><title>{}</title>+ {} inside only</text>\n",
                x + 9,
                y + PITCH - 11,
                escape(&panel.hidden.join(", ")),
                panel.hidden.len()
            ),
        );
    }
    out.push_str("</g>\n");
}
