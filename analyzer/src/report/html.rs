//! `report.html`: one file that needs no network, no server and no inline handler.
//!
//! The repository may be hostile: every text of it is escaped, and the page forbids everything but
//! its own stylesheet and script, which it names by their hashes.

use std::fmt::{Arguments, Write};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::contexts::together;
use crate::map::{Access, At, ContextKind, Crossing, Endpoint, Map, Verdict};
use crate::report::drawing::{self, Drawing};
use crate::report::markdown::{by_app, by_contexts, methods};
use crate::report::pairs::{by_kind, cost, count, place, worst_first};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Most pairs of tables (rows) in the ranking; all crossings follow it, context by context.
const WORST_MAX: usize = 25;
/// The picture scrolls before its text gets smaller than this part, in percent, of its size.
const SHRINK_PERCENT_MIN: i32 = 93;
/// A small picture grows up to this part, in percent, of its size.
const GROW_PERCENT_MAX: i32 = 125;

/// The page.
pub fn write(map: &Map) -> String {
    let mut page = Page::default();
    let drawing = drawing::draw(map);
    page.open(map, drawing.as_ref());
    page.head(map);
    page.advice(map);
    if let Some(drawing) = &drawing {
        page.figure(drawing);
    }
    page.contexts(map);
    page.crossings(map);
    page.endpoints(map);
    page.together(map);
    page.drift(map);
    page.not_seen(map);
    page.add(format_args!("</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"));
    page.0
}

/// Text of the repository as HTML text or attribute value.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            c if c.is_control() => " ",
            _ => continue,
        };
        safe.extend([&text[plain..at], instead]);
        plain = at + c.len_utf8();
    }
    safe.push_str(&text[plain..]);
    safe
}

/// `'sha256-...'` of a stylesheet or script, as a content policy names it.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn add(&mut self, text: Arguments<'_>) {
        self.0.write_fmt(text).expect("a String takes every text");
    }

    /// A cell of code: wraps anywhere, never overflows.
    fn code(&mut self, text: &str) {
        self.add(format_args!("<td class=\"code\">{}</td>", escape(text)));
    }

    fn number(&mut self, text: impl std::fmt::Display) {
        self.add(format_args!("<td class=\"n\">{text}</td>"));
    }

    fn open(&mut self, map: &Map, drawing: Option<&Drawing>) {
        let least = drawing.map_or(0, |d| d.width * SHRINK_PERCENT_MIN / 100);
        let most = drawing.map_or(0, |d| d.width * GROW_PERCENT_MAX / 100);
        let size = format!("min-width: {least}px; max-width: {most}px");
        let style = format!("{STYLE}@media screen {{ svg.map {{ {size} }} }}\n");
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(SCRIPT)
        );
        self.add(format_args!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{name}: contexts</title>\n<link rel=\"icon\" href=\"data:,\">\n\
             <style>{style}</style>\n</head>\n<body>\n<div class=\"wrap\">\n",
            name = escape(&map.project.name)
        ));
    }

    fn head(&mut self, map: &Map) {
        let domain = map.contexts.iter().filter(|c| c.kind == ContextKind::Domain).count();
        self.add(format_args!(
            "<header><div><h1>{}</h1><p class=\"soft\"><span class=\"code\">{}</span>, {} of {} \
             read, {}{} not seen</p></div><dl class=\"figures\">",
            escape(&map.project.name),
            escape(&map.project.settings),
            map.coverage.parsed,
            count(map.coverage.files as usize, "file"),
            map.coverage.sentence().map_or(String::new(), |sentence| sentence + ", "),
            count(map.opaque.len(), "place")
        ));
        let figures = [
            (map.tables.len(), "tables"),
            (map.endpoints.len(), "endpoints"),
            (domain, "contexts"),
            (map.crossings.len(), "crossings"),
        ];
        for (number, of) in figures {
            self.add(format_args!("<div><dt>{of}</dt><dd>{number}</dd></div>"));
        }
        self.add(format_args!("</dl></header>\n"));
    }

    fn advice(&mut self, map: &Map) {
        let Some(advice) = &map.advice else { return };
        let (class, title) = match advice.verdict {
            Verdict::Split => ("split", "Split, one context at a time"),
            Verdict::NotYet => ("not_yet", "Don\u{2019}t split yet"),
        };
        self.add(format_args!("<section class=\"sheet advice {class}\"><h2>{title}</h2><ul>"));
        for reason in &advice.reasons {
            self.add(format_args!("<li>{}</li>", escape(reason)));
        }
        self.add(format_args!("</ul></section>\n"));
    }

    fn figure(&mut self, drawing: &Drawing) {
        let key = |class: &str, text: &str| {
            format!(
                "<span><svg class=\"key\" viewBox=\"0 0 34 12\" aria-hidden=\"true\">\
                 <path class=\"{class}\" d=\"M1 6H33\"/></svg>{text}</span>"
            )
        };
        self.add(format_args!(
            "<figure class=\"sheet\" id=\"map\"><figcaption>{}{}{}\
             <span>colour: the context that depends</span>\
             <label>find a table <input id=\"find\" type=\"search\" autocomplete=\"off\"></label>\
             </figcaption><div class=\"scroll\">{}</div></figure>\n",
            key("full", "reference in the database"),
            key("dash", "tables of two contexts used together by endpoints only"),
            key("thick", "four crossings or more"),
            drawing.svg
        ));
    }

    fn contexts(&mut self, map: &Map) {
        if map.contexts.is_empty() {
            return;
        }
        self.add(format_args!(
            "<h2 id=\"contexts\">Contexts</h2>\n<div class=\"sheet block\"><table><thead><tr>\
             <th>context</th><th class=\"n\">tables</th><th>cohesion</th><th class=\"n\">out</th>\
             <th class=\"n\">in</th><th class=\"n\">endpoints to itself</th><th>its tables</th>\
             </tr></thead><tbody>\n"
        ));
        let domain = map.contexts.iter().filter(|c| c.kind == ContextKind::Domain);
        for (colour, context) in domain.enumerate() {
            let f = context.figures;
            self.add(format_args!(
                "<tr><td><span class=\"dot c{}\"></span><strong>{}</strong></td>",
                colour % drawing::COLOURS,
                escape(&context.name)
            ));
            self.number(context.tables.len());
            self.add(format_args!(
                "<td class=\"n\"><meter min=\"0\" max=\"100\" value=\"{0}\"></meter>\
                 {0}&#8239;%</td>",
                f.cohesion
            ));
            self.number(f.crossings_out);
            self.number(f.crossings_in);
            match f.endpoints {
                0 => self.number("\u{2013}"),
                all => self.number(format_args!("{} of {all}", f.endpoints_clean)),
            }
            self.add(format_args!(
                "<td class=\"code tables\">{}</td></tr>\n",
                escape(&context.tables.join(" "))
            ));
        }
        self.add(format_args!("</tbody></table>"));
        self.footnotes(map);
        self.add(format_args!("</div>\n"));
        self.order(map);
    }

    fn order(&mut self, map: &Map) {
        let Some(advice) = &map.advice else { return };
        self.add(format_args!(
            "<h2 id=\"order\">Order of leaving, a first guess</h2>\n\
             <div class=\"sheet block\"><ol>"
        ));
        for step in &advice.order {
            let (context, reason) = (escape(&step.context), escape(&step.reason));
            self.add(format_args!(
                "<li><strong>{context}</strong> <span class=\"soft\">{reason}</span></li>"
            ));
        }
        self.add(format_args!("</ol></div>\n"));
    }

    fn footnotes(&mut self, map: &Map) {
        for context in &map.contexts {
            if drawing::is_left_out(map, context) {
                self.add(format_args!(
                    "<p class=\"soft\">Not drawn, small and nothing crosses: {}</p>",
                    escape(&context.name)
                ));
            }
            if context.kind == ContextKind::Framework {
                self.add(format_args!(
                    "<p class=\"soft\">Not drawn, Django\u{2019}s own: \
                     <span class=\"code\">{}</span></p>",
                    escape(&context.tables.join(" "))
                ));
            }
            for shaky in &context.undecided {
                self.add(format_args!(
                    "<p class=\"soft\">Undecided: <span class=\"code\">{}</span> could as well \
                     stand in {} (stood in {} in {} of 100 attempts)</p>",
                    escape(&shaky.table),
                    escape(&shaky.other),
                    escape(&context.name),
                    shaky.stability
                ));
            }
        }
    }

    fn crossings(&mut self, map: &Map) {
        if map.crossings.is_empty() {
            return;
        }
        self.add(format_args!(
            "<h2 id=\"crossings\">Crossings, worst first</h2>\n<div class=\"sheet block\"><table>\
             <caption>{}. Cost 1.0 is one plain reference by id.</caption><thead><tr>\
             <th class=\"n\">cost</th><th>from</th><th>to</th><th>what</th><th>first place</th>\
             </tr></thead><tbody>\n",
            by_kind(map)
        ));
        for pair in worst_first(map).iter().take(WORST_MAX) {
            self.add(format_args!("<tr>"));
            self.number(cost(pair.cost));
            self.code(pair.from_table);
            self.code(pair.to_table);
            self.add(format_args!("<td>{}</td>", pair.said()));
            self.code(&place(pair.at));
            self.add(format_args!("</tr>\n"));
        }
        self.add(format_args!(
            "</tbody></table></div>\n<h3>Every line</h3>\n\
             <div class=\"sheet\">"
        ));
        for ((from, to), list) in by_contexts(map) {
            let sum = list.iter().map(|c| c.cost).fold(0u32, u32::saturating_add);
            self.add(format_args!(
                "<details><summary>{} to {}\
                 <span class=\"soft\">{}, cost {}</span></summary><table>",
                escape(from),
                escape(to),
                count(list.len(), "crossing"),
                cost(sum)
            ));
            for crossing in list {
                self.crossing(crossing);
            }
            self.add(format_args!("</table></details>\n"));
        }
        self.add(format_args!("</div>\n"));
    }

    fn crossing(&mut self, crossing: &Crossing) {
        self.add(format_args!("<tr>"));
        self.number(cost(crossing.cost));
        self.add(format_args!("<td>{}</td>", escape(&crossing.kind)));
        self.code(&crossing.what);
        self.code(&crossing.to_table);
        self.code(&place(&crossing.at));
        self.add(format_args!("</tr>\n"));
    }

    fn endpoints(&mut self, map: &Map) {
        self.add(format_args!(
            "<h2 id=\"endpoints\">Endpoints</h2>\n<p class=\"soft\">All at stage \
             <span class=\"stage\">legacy</span>: the monolith answers them.</p>\n\
             <div class=\"sheet\">"
        ));
        for (app, list) in by_app(map) {
            let title = if app.is_empty() { "outside of apps" } else { app };
            self.add(format_args!(
                "<details><summary>{}<span class=\"soft\">{}</span></summary><table><thead><tr>\
                 <th>methods</th><th>route</th><th>view</th><th>tables</th><th>place</th></tr>\
                 </thead><tbody>\n",
                escape(title),
                count(list.len(), "endpoint")
            ));
            for endpoint in list {
                self.endpoint(endpoint);
            }
            self.add(format_args!("</tbody></table></details>\n"));
        }
        self.add(format_args!("</div>\n"));
    }

    fn endpoint(&mut self, endpoint: &Endpoint) {
        self.add(format_args!("<tr><td>{}</td>", escape(&methods(endpoint))));
        self.code(&format!("/{}", endpoint.route));
        self.code(if endpoint.view.is_empty() { &endpoint.name } else { &endpoint.view });
        let tables = |list: &[Arc<Access>]| {
            list.iter().map(|a| a.table.as_str()).collect::<Vec<_>>().join(" ")
        };
        let (reads, writes) = (tables(&endpoint.reads), tables(&endpoint.writes));
        let reads = if reads.is_empty() { reads } else { format!("reads {reads} ") };
        let writes = if writes.is_empty() { writes } else { format!("writes {writes}") };
        self.code(&format!("{reads}{writes}"));
        self.code(&place(endpoint.view_at.as_ref().unwrap_or(&endpoint.at)));
        self.add(format_args!("</tr>\n"));
    }

    fn together(&mut self, map: &Map) {
        let pairs = together::together(map);
        if pairs.is_empty() {
            return;
        }
        self.add(format_args!(
            "<h2 id=\"together\">Kept together</h2>\n<div class=\"sheet\"><details><summary>{} \
             that cannot live in two databases</summary><table>",
            count(pairs.len(), "pair")
        ));
        for pair in &pairs {
            self.add(format_args!("<tr>"));
            self.code(&pair.table);
            self.code(&pair.with);
            self.add(format_args!("<td>{}</td>", escape(&pair.why)));
            self.code(&pair.at.as_ref().map(place).unwrap_or_default());
            self.add(format_args!("</tr>\n"));
        }
        self.add(format_args!("</table></details></div>\n"));
    }

    fn drift(&mut self, map: &Map) {
        if map.drift.is_empty() {
            return;
        }
        self.add(format_args!(
            "<h2 id=\"drift\">Models, migrations and database do not agree</h2>\n\
             <div class=\"sheet block\"><table>"
        ));
        for drift in &map.drift {
            self.problem(&drift.code, &drift.message, &drift.at);
        }
        self.add(format_args!("</table></div>\n"));
    }

    fn problem(&mut self, code: &str, message: &str, at: &At) {
        self.add(format_args!("<tr><td>{}</td><td>{}</td>", escape(code), escape(message)));
        self.code(&place(at));
        self.add(format_args!("</tr>\n"));
    }

    fn not_seen(&mut self, map: &Map) {
        if map.opaque.is_empty() && map.coverage.problems.is_empty() {
            return;
        }
        self.add(format_args!(
            "<h2 id=\"not-seen\">Not seen</h2>\n\
             <div class=\"sheet block\"><table>"
        ));
        for opaque in &map.opaque {
            self.problem(&opaque.what, &opaque.why, &opaque.at);
        }
        for problem in &map.coverage.problems {
            self.problem(&problem.code, &problem.message, &problem.at);
        }
        self.add(format_args!("</table></div>\n"));
    }
}
