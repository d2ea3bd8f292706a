//! Writes rules that did not exist before: the skeleton of a fresh repository.

use std::fmt::Write as _;

use crate::method::{Method, Methods};
use crate::pattern::{Converter, MatchText};
use crate::sample::Sample;

/// One file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Lines of the comment on top, without `#`.
    pub comment: Vec<String>,
    /// Upstreams: name and address. The file with `legacy` in it is written once for a folder.
    pub upstreams: Vec<(String, String)>,
    /// Contexts: name, and the owner if one is known.
    pub contexts: Vec<(String, Option<String>)>,
    /// Custom converters by name.
    pub converters: Vec<(String, Converter)>,
    /// The routes, all at stage legacy.
    pub routes: Vec<NewRoute>,
}

/// One route to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRoute {
    /// The name.
    pub name: String,
    /// The context.
    pub context: Option<String>,
    /// The position in the URLconf.
    pub order: Option<u32>,
    /// What it matches.
    pub path: MatchText,
    /// The methods; none, or all, is every method.
    pub methods: Vec<Method>,
    /// A comment of one line above it, such as the view and where it stands.
    pub comment: Option<String>,
}

/// The line by which an editor finds the schema.
pub const MODELINE: &str = "# yaml-language-server: $schema=./rules.schema.json";

/// The text of a new rules file. The same input gives the same bytes.
pub fn file(new: &NewFile) -> String {
    let mut text = format!("{MODELINE}\n");
    for line in &new.comment {
        text.push_str(&comment_line("", line));
    }
    section(&mut text, "upstreams", &new.upstreams, |(name, address)| {
        format!("  {}: {{address: {}}}\n", scalar(name), quoted(address))
    });
    section(&mut text, "contexts", &new.contexts, |(name, owner)| match owner {
        Some(owner) => format!("  {}: {{owner: {}}}\n", scalar(name), quoted(owner)),
        None => format!("  {}: {{}}\n", scalar(name)),
    });
    section(&mut text, "converters", &new.converters, |(name, converter)| {
        let refuses = if converter.refuses { ", refuses: true" } else { "" };
        format!("  {}: {{regex: {}{refuses}}}\n", scalar(name), quoted(&converter.regex))
    });
    section(&mut text, "routes", &new.routes, route);
    text
}

/// The `tests:` of a new rules file. They name the route and not its stage, so that moving a route
/// stays a change of one scalar.
pub fn tests<'s>(samples: impl IntoIterator<Item = &'s Sample>) -> String {
    let mut text = String::new();
    let samples: Vec<&Sample> = samples.into_iter().collect();
    section(&mut text, "tests", &samples, |sample| {
        let method = match sample.method {
            "GET" => String::new(),
            method => format!("method: {method}, "),
        };
        let (path, route) = (quoted(&sample.path), quoted(&sample.route));
        format!("  - {{request: {{{method}path: {path}}}, expect: {{route: {route}}}}}\n")
    });
    text
}

fn section<T>(text: &mut String, name: &str, items: &[T], write: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    _ = writeln!(text, "\n{name}:");
    for item in items {
        text.push_str(&write(item));
    }
}

fn route(route: &NewRoute) -> String {
    let mut text = String::new();
    if let Some(comment) = &route.comment {
        text.push_str(&comment_line("  ", comment));
    }
    let path = match &route.path {
        MatchText::Django(path) => format!("django: {}", quoted(path)),
        MatchText::RePath(path) => format!("re_path: {}", quoted(path)),
        MatchText::LegacyOnly { superset, reason } => {
            format!("re_path: {}, legacy_only: {}", quoted(superset), quoted(reason))
        }
    };
    _ = writeln!(text, "  - name: {}", scalar(&route.name));
    if let Some(context) = &route.context {
        _ = writeln!(text, "    context: {}", scalar(context));
    }
    if let Some(order) = route.order {
        _ = writeln!(text, "    order: {order}");
    }
    let methods: Methods = route.methods.iter().copied().collect();
    if methods.is_empty() || methods == Methods::ALL {
        _ = writeln!(text, "    match: {{{path}}}");
    } else {
        _ = writeln!(text, "    match: {{{path}, methods: [{methods}]}}");
    }
    text.push_str("    stage: legacy\n");
    text
}

/// A comment stays one line whatever is in it.
fn comment_line(indent: &str, text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match text.trim_end() {
        "" => format!("{indent}#\n"),
        text => format!("{indent}# {text}\n"),
    }
}

/// Plain if it cannot be read as anything but this text, else quoted.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if starts && !word && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

/// A double-quoted scalar.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
