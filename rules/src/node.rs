//! YAML text to a tree that knows where every piece stands. The only file that names the reader.
//!
//! The reader is the event parser under serde-saphyr. A typed `Deserialize` would stop at the first
//! wrong shape of a file; the tree lets `written.rs` go on and report all of them. Aliases and
//! merge keys are resolved here; what they expand to is counted, so a bomb costs nothing.

use std::collections::BTreeMap;
use std::rc::Rc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::code::Code;
use crate::load::Source;
use crate::problem::{Place, Problem};

/// Values in one file after aliases are expanded. Unit: YAML nodes; about 19,000 routes, ten times
/// the largest folder we know of.
pub(crate) const FILE_NODES_MAX: usize = 250_000;

/// Nesting of one file. Unit: levels; the language itself needs seven.
pub(crate) const DEPTH_MAX: usize = 64;

/// One value of a file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) at: Span,
}

/// Where a value or key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a value is. Numbers and booleans stay texts: the language decides what they mean.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Text { text: Rc<str>, quoted: bool },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) name: Rc<str>,
    pub(crate) at: Span,
}

/// Reads one file: its tree as far as it could be read, and what is wrong with it as YAML.
pub(crate) fn read(source: &Source) -> (Option<Node>, Vec<Problem>) {
    let mut builder = Builder::new(source);
    let options = granit_parser::options! { emit_comments: false };
    for event in Parser::new_from_str_with_options(&source.text, options) {
        let taken = match event {
            Ok((event, span)) => builder.take(event, Span::from(span)),
            Err(error) => stop(syntax_error(source, &error)),
        };
        if let Err(problem) = taken {
            builder.problems.push(*problem);
            return (None, builder.problems);
        }
    }
    (builder.root, builder.problems)
}

/// Ends the reading of the file.
fn stop(problem: Problem) -> Result<(), Box<Problem>> {
    Err(Box::new(problem))
}

/// A collection that is still open.
struct Frame {
    at: Span,
    anchor: usize,
    /// Nodes of the file when it was opened; the difference at its end is its size.
    nodes_before: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, key: Option<Key>, merged: Vec<Node> },
}

struct Builder<'s> {
    source: &'s Source,
    stack: Vec<Frame>,
    /// What an anchor names, and how many nodes it is.
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
    documents: usize,
    root: Option<Node>,
    problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    fn new(source: &'s Source) -> Self {
        Self {
            source,
            stack: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
            documents: 0,
            root: None,
            problems: Vec::new(),
        }
    }

    fn problem(&self, at: Span, code: Code, message: impl Into<String>) -> Problem {
        Problem::error(code, message).at(at.place(self.source))
    }

    /// One event; an error ends the reading of the file.
    fn take(&mut self, event: Event<'_>, at: Span) -> Result<(), Box<Problem>> {
        match event {
            Event::DocumentStart(..) => self.document(at),
            Event::Scalar(text, style, anchor, tag) => {
                self.no_tag(tag.is_some(), at)?;
                self.count(at, 1)?;
                let text: Rc<str> = Rc::from(&*text);
                self.scalar(text, style, anchor, at)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.no_tag(tag.is_some(), at)?;
                self.open(at, anchor, Kind::List(Vec::new()))
            }
            Event::MappingStart(_, anchor, tag) => {
                self.no_tag(tag.is_some(), at)?;
                let empty = Kind::Map { entries: Vec::new(), key: None, merged: Vec::new() };
                self.open(at, anchor, empty)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => {
                // An anchor inside itself has no value yet.
                let Some(size) = self.anchors.get(&anchor).map(|(_, size)| *size) else {
                    let said = "this alias stands inside of what it names";
                    return stop(self.problem(at, Code::SYNTAX, said));
                };
                self.count(at, size)?;
                match self.anchors.get(&anchor).cloned() {
                    Some((node, _)) => self.add(node),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn document(&mut self, at: Span) -> Result<(), Box<Problem>> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let said = "a rules file is one YAML document, and here starts another";
        stop(self.problem(at, Code::SYNTAX, said).help("put the second one into a file of its own"))
    }

    fn no_tag(&self, tagged: bool, at: Span) -> Result<(), Box<Problem>> {
        if tagged {
            let said = "tags such as `!name` are no part of the rules language";
            return stop(self.problem(at, Code::SYNTAX, said).help("leave the tag out"));
        }
        Ok(())
    }

    fn count(&mut self, at: Span, nodes: usize) -> Result<(), Box<Problem>> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > FILE_NODES_MAX {
            let said = format!("more than {FILE_NODES_MAX} values after aliases are expanded");
            return stop(self.problem(at, Code::TOO_LARGE, said).help("split the file by team"));
        }
        Ok(())
    }

    fn open(&mut self, at: Span, anchor: usize, kind: Kind) -> Result<(), Box<Problem>> {
        if let Some(Frame { kind: Kind::Map { key: None, .. }, .. }) = self.stack.last() {
            return stop(self.problem(
                at,
                Code::SYNTAX,
                "a key is a text, not a list or a mapping",
            ));
        }
        if self.stack.len() >= DEPTH_MAX {
            let said = format!("more than {DEPTH_MAX} levels of lists and mappings");
            return stop(self.problem(at, Code::TOO_LARGE, said));
        }
        let nodes_before = self.nodes;
        self.count(at, 1)?;
        self.stack.push(Frame { at, anchor, nodes_before, kind });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Box<Problem>> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let value = match frame.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map { mut entries, merged, .. } => {
                merge(&mut entries, merged);
                Value::Map(entries)
            }
        };
        let node = Node { value, at: frame.at };
        if frame.anchor != 0 {
            let size = self.nodes - frame.nodes_before;
            self.anchors.insert(frame.anchor, (node.clone(), size));
        }
        self.add(node)
    }

    fn scalar(
        &mut self,
        text: Rc<str>,
        style: ScalarStyle,
        anchor: usize,
        at: Span,
    ) -> Result<(), Box<Problem>> {
        if let Some(Frame { kind: Kind::Map { key: key @ None, .. }, .. }) = self.stack.last_mut() {
            *key = Some(Key { name: text, at });
            return Ok(());
        }
        let plain = style == ScalarStyle::Plain;
        let null = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
        let value = if null { Value::Null } else { Value::Text { text, quoted: !plain } };
        let node = Node { value, at };
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), 1));
        }
        self.add(node)
    }

    /// Puts a finished value where it belongs: into the open list, behind its key, or at the top.
    fn add(&mut self, node: Node) -> Result<(), Box<Problem>> {
        let twice = match self.stack.last_mut().map(|frame| &mut frame.kind) {
            None => {
                self.root = Some(node);
                None
            }
            Some(Kind::List(items)) => {
                items.push(node);
                None
            }
            Some(Kind::Map { entries, key, .. }) => match key.take() {
                None => {
                    let said = "a key is a text, not an alias";
                    return stop(self.problem(node.at, Code::SYNTAX, said));
                }
                Some(key) if &*key.name == "<<" => return self.merge_key(&key, node),
                Some(key) => {
                    let known = entries.iter().find(|(known, _)| known.name == key.name);
                    let first = known.map(|(known, _)| known.at);
                    if first.is_none() {
                        entries.push((key.clone(), node));
                    }
                    first.map(|first| (first, key))
                }
            },
        };
        if let Some((first, key)) = twice {
            let said = format!("`{}` stands twice in one mapping", key.name);
            let problem = self
                .problem(key.at, Code::DUPLICATE_KEY, said)
                .related(first.place(self.source), "first here")
                .help("keep one of the two; YAML has no order in which one of them would win");
            self.problems.push(problem);
        }
        Ok(())
    }

    /// `<<: *one` or `<<: [*one, *other]`.
    fn merge_key(&mut self, key: &Key, node: Node) -> Result<(), Box<Problem>> {
        let sources = match node.value {
            Value::List(items) => items,
            _ => vec![node],
        };
        if sources.iter().any(|source| !matches!(source.value, Value::Map(_))) {
            let said = "`<<` merges mappings, and this is something else";
            return stop(self.problem(key.at, Code::SYNTAX, said));
        }
        if let Some(Frame { kind: Kind::Map { merged, .. }, .. }) = self.stack.last_mut() {
            merged.extend(sources);
        }
        Ok(())
    }
}

/// A mapping's own keys win, then what was merged first.
fn merge(entries: &mut Vec<(Key, Node)>, merged: Vec<Node>) {
    for source in merged {
        let Value::Map(more) = source.value else { continue };
        for (key, node) in more {
            if !entries.iter().any(|(known, _)| known.name == key.name) {
                entries.push((key, node));
            }
        }
    }
}

fn syntax_error(source: &Source, error: &ScanError) -> Problem {
    let marker = error.marker();
    let start = marker.byte_offset().unwrap_or_else(|| byte_of(source, marker.index()));
    let next = source.text.get(start..).and_then(|rest| rest.chars().next());
    let end = start + next.filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let (line, column) = (marker.line(), marker.col() + 1);
    let place = Place { path: source.path.clone(), line, column, start, end };
    let said = error.info();
    // The parser has a limit of its own, which brackets without end meet before ours.
    if said.contains("limit") {
        return Problem::error(Code::TOO_LARGE, format!("too deep to be rules: {said}")).at(place);
    }
    Problem::error(Code::SYNTAX, format!("this is not YAML: {said}")).at(place)
}

/// The parser counts characters; an error knows no bytes.
fn byte_of(source: &Source, index: usize) -> usize {
    source.text.char_indices().nth(index).map_or(source.text.len(), |(byte, _)| byte)
}

impl From<granit_parser::Span> for Span {
    fn from(span: granit_parser::Span) -> Self {
        let start = span.start.byte_offset().unwrap_or_default();
        let end = span.end.byte_offset().unwrap_or(start).max(start);
        Self { line: span.start.line(), column: span.start.col() + 1, start, end }
    }
}

impl Span {
    pub(crate) fn place(self, source: &Source) -> Place {
        let Self { line, column, start, end } = self;
        Place { path: source.path.clone(), line, column, start, end }
    }
}
