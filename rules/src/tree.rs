//! Every path of the rules as one tree, so that the cost of a look-up is that of reading the path
//! once and does not grow with the number of routes.
//!
//! Most URL patterns are texts and runs of one kind of character in turn (`api/orders/<int:pk>/`),
//! and such a run can end in one place only: where the next character is of another kind. Those
//! are the steps of the tree, each walked in one way, as in a radix tree. What is left of a
//! pattern when its steps end (an arbitrary expression, shared by all patterns that end alike) is
//! a small automaton that reads on from there. Among all patterns that take a path, the first in
//! order is the answer, which is Django's rule.

mod rest;
mod steps;

use regex_syntax::Parser;

pub use self::rest::TreeError;
use self::rest::{Rest, Rests};
use self::steps::{Run, Step, Tail};

/// Patterns compiled for finding the first that takes a path.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    rests: Vec<Rest>,
}

/// A place that some patterns share, for they all begin alike.
#[derive(Debug)]
struct Node {
    /// Texts that go on from here, no two with the same first byte, sorted by it.
    texts: Vec<(Box<[u8]>, usize)>,
    runs: Vec<(Run, usize)>,
    /// Patterns whose steps end here, in order.
    ends: Vec<(usize, Tail)>,
    /// The lowest and the highest pattern at or below this place.
    first: usize,
    last: usize,
}

impl Node {
    fn new() -> Self {
        Self { texts: Vec::new(), runs: Vec::new(), ends: Vec::new(), first: usize::MAX, last: 0 }
    }
}

/// One look-up.
struct Walk<'p> {
    path: &'p str,
    from: usize,
    /// The best so far; only what is lower counts.
    best: usize,
}

impl Tree {
    /// Compiles expressions in Rust's words, searched anchored at the start of a path.
    ///
    /// # Errors
    /// They need too much memory, or one of them is none.
    pub(crate) fn new<'e>(
        expressions: impl IntoIterator<Item = &'e str>,
    ) -> Result<Self, TreeError> {
        let mut tree = Self { nodes: vec![Node::new()], rests: Vec::new() };
        let mut rests = Rests::default();
        // A regex parser keeps its buffers: one for all.
        let mut parser = Parser::new();
        for (pattern, expression) in expressions.into_iter().enumerate() {
            let hir = parser.parse(expression).map_err(|error| TreeError::parse(&error))?;
            let (ways, left) = steps::of(&hir);
            let tail = match left {
                Ok(tail) => tail,
                Err(left) => Tail::Rest(rests.index(&left)?),
            };
            for way in ways {
                tree.insert(&way, pattern, tail);
            }
        }
        tree.rests = rests.done();
        Ok(tree)
    }

    /// The first pattern, not lower than `from`, that takes a decoded path.
    pub(crate) fn first(&self, path: &str, from: usize) -> Option<usize> {
        let mut walk = Walk { path, from, best: usize::MAX };
        self.visit(0, 0, &mut walk);
        (walk.best != usize::MAX).then_some(walk.best)
    }

    /// Recursion goes as deep as a pattern has runs: [`steps::STEPS_MAX`] at most.
    fn visit(&self, node: usize, mut at: usize, walk: &mut Walk<'_>) {
        let mut next = self.nodes.get(node);
        while let Some(node) = next.filter(|n| n.first < walk.best && n.last >= walk.from) {
            let ahead = node.ends.iter().skip_while(|(pattern, _)| *pattern < walk.from);
            for (pattern, tail) in ahead.take_while(|(pattern, _)| *pattern < walk.best) {
                if self.ends(*tail, walk.path, at) {
                    walk.best = *pattern;
                    break;
                }
            }
            for (run, then) in &node.runs {
                if let Some(end) = run.walk(walk.path, at) {
                    self.visit(*then, end, walk);
                }
            }
            let left = walk.path.as_bytes().get(at..).unwrap_or_default();
            next = left.first().and_then(|byte| {
                let index = node.texts.binary_search_by_key(byte, |(text, _)| lead(text)).ok()?;
                let (text, then) = node.texts.get(index)?;
                at += text.len();
                left.starts_with(text).then(|| self.nodes.get(*then))?
            });
        }
    }

    fn ends(&self, tail: Tail, path: &str, at: usize) -> bool {
        match tail {
            Tail::End => at == path.len(),
            Tail::LineEnd => matches!(path.as_bytes().get(at..), Some(b"" | b"\n")),
            Tail::Anything => true,
            Tail::Rest(index) => self.rests.get(index).is_some_and(|rest| rest.takes(path, at)),
        }
    }

    fn insert(&mut self, steps: &[Step], pattern: usize, tail: Tail) {
        let mut node = 0;
        self.mark(node, pattern);
        for step in steps {
            node = match step {
                Step::Text(text) => self.text(node, text, pattern),
                Step::Run(run) => self.run(node, run, pattern),
            };
        }
        let Some(node) = self.nodes.get_mut(node) else { return };
        // The alternatives of an expression may come to the same place.
        if node.ends.last() != Some(&(pattern, tail)) {
            node.ends.push((pattern, tail));
        }
    }

    fn mark(&mut self, node: usize, pattern: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.first = node.first.min(pattern);
            node.last = node.last.max(pattern);
        }
    }

    fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn run(&mut self, node: usize, run: &Run, pattern: usize) -> usize {
        let runs = self.nodes.get(node).map_or(&[][..], |node| &node.runs);
        let known = runs.iter().find(|(known, _)| known == run).map(|(_, then)| *then);
        let then = known.unwrap_or_else(|| self.add(Node::new()));
        if let (None, Some(node)) = (known, self.nodes.get_mut(node)) {
            node.runs.push((run.clone(), then));
        }
        self.mark(then, pattern);
        then
    }

    /// Walks along a text, splitting an edge where it goes another way.
    fn text(&mut self, mut node: usize, mut text: &[u8], pattern: usize) -> usize {
        while !text.is_empty() {
            let then = self.step(node, text);
            self.mark(then.0, pattern);
            (node, text) = (then.0, text.get(then.1..).unwrap_or_default());
        }
        node
    }

    /// One edge: where it leads, and how much of the text it took.
    fn step(&mut self, node: usize, text: &[u8]) -> (usize, usize) {
        let texts = self.nodes.get(node).map_or(&[][..], |node| &node.texts);
        let found = texts.binary_search_by_key(&lead(text), |(known, _)| lead(known));
        let (index, (known, then)) = match found {
            Ok(index) => match texts.get(index) {
                Some(edge) => (index, edge.clone()),
                None => return (node, text.len()),
            },
            Err(index) => {
                let then = self.add(Node::new());
                if let Some(node) = self.nodes.get_mut(node) {
                    node.texts.insert(index, (text.into(), then));
                }
                return (then, text.len());
            }
        };
        let common = known.iter().zip(text).take_while(|(a, b)| a == b).count();
        if common == known.len() {
            return (then, common);
        }
        let (head, tail) = known.split_at(common);
        let below = self.nodes.get(then).map_or((usize::MAX, 0), |node| (node.first, node.last));
        let between = self.add(Node {
            texts: vec![(tail.into(), then)],
            first: below.0,
            last: below.1,
            ..Node::new()
        });
        if let Some(edge) = self.nodes.get_mut(node).and_then(|node| node.texts.get_mut(index)) {
            *edge = (head.into(), between);
        }
        (between, common)
    }
}

fn lead(text: &[u8]) -> u8 {
    text.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_automata::{Anchored, Input, meta::Regex};

    use super::Tree;

    /// Pieces of which patterns are made, so that they share beginnings and differ late.
    const PIECES: &[&str] = &[
        "a",
        "b",
        "ab",
        "/",
        "a/b/",
        "é",
        "-",
        r"\.",
        "[0-9]+",
        "([0-9]+)",
        "[^/]+",
        "([^/.]+)",
        "[-a-zA-Z0-9_]+",
        "[a-b]{2}",
        "[a-b]{1,2}",
        ".+",
        r"[\s\S]*",
        "(?:a|b)",
        "(?:en|es|de)/",
        "a?",
        "/?",
        "(?:/a)?",
        "[0-9]*",
        r"\w+",
        r"\b",
        "^",
        r"\z",
        r"(?:\n?\z)",
        "(?i:ab)",
        r"(?:\.([a-z0-9]+))?",
        "[é-ü]+",
        "(?:a/|b/)+",
    ];

    const LETTERS: &[&str] =
        &["a", "b", "ab", "/", "A", "1", "23", "-", ".", "é", "ü", "\n", "en/", "es/", "_", "x"];

    fn joined(of: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(of), 0..most).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn it_finds_what_a_list_of_expressions_finds(
            patterns in prop::collection::vec(joined(PIECES, 6), 1..12),
            paths in prop::collection::vec(joined(LETTERS, 8), 1..24),
        ) {
            let tree = Tree::new(patterns.iter().map(String::as_str)).unwrap();
            let list: Vec<Regex> = patterns.iter().map(|p| Regex::new(p).unwrap()).collect();
            for path in &paths {
                let input = Input::new(path).anchored(Anchored::Yes);
                let all = list.iter().enumerate().filter(|(_, r)| r.search_half(&input).is_some());
                let expected: Vec<usize> = all.map(|(index, _)| index).collect();
                let mut found = Vec::new();
                while let Some(next) = tree.first(path, found.last().map_or(0, |last| last + 1)) {
                    found.push(next);
                }
                prop_assert_eq!(found, expected, "{:?} on {:?}", path, patterns);
            }
        }
    }

    #[test]
    fn usual_patterns_need_no_automaton() {
        let usual = [
            r"api/orders/\z",
            r"api/orders/[0-9]+/\z",
            r"api/orders/(?P<pk>[^/.]+)/(?:\n?\z)",
            r"^api/orders/(?P<pk>[^/.]+)\.(?P<format>[a-z0-9]+)/?(?:\n?\z)",
            r"files/[0-9a-f]{8}-[0-9a-f]{4}/.+\z",
            r"(?:en|es|pt-br)/about/\z",
        ];
        let tree = Tree::new(usual).unwrap();
        assert!(tree.rests.is_empty(), "{tree:#?}");
        let odd = Tree::new([r"a/.+/b\z", r"c/.+/b\z", r"a/.+/c\z"]).unwrap();
        assert_eq!(odd.rests.len(), 2, "what ends alike shares an automaton");
    }
}
