//! What is left of a pattern behind its steps: an expression, read on from there.

use std::collections::BTreeMap;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::meta::{self, Regex};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

/// Memory of the compiled expressions of all routes. Unit: bytes.
pub(super) const EXPRESSIONS_BYTES_MAX: usize = 256 << 20;

/// Memory of one whole automaton. Unit: bytes. A larger one is built lazily, part by part, and
/// forgets what does not fit its cache: slower by a factor of two to three.
const AUTOMATON_BYTES_MAX: usize = 256 << 10;

/// Memory of an expression of which a whole automaton is tried. Unit: bytes. Building one takes
/// long where it is large (`\w` is 40 KiB, for it knows all scripts).
const TRIED_BYTES_MAX: usize = 16 << 10;

/// The rules cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// Too large.
    #[error("the paths of these rules need more than {EXPRESSIONS_BYTES_MAX} bytes when compiled")]
    Large,
    /// Not an expression. A checked rule always is one.
    #[error("an expression of these rules is broken: {0}")]
    Broken(String),
}

impl TreeError {
    pub(super) fn parse(error: &regex_syntax::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// An automaton for the rest of a path.
#[derive(Debug)]
pub(super) enum Rest {
    Whole(Box<dense::DFA<Vec<u32>>>),
    Lazy(Regex),
}

impl Rest {
    fn new(hir: &Hir) -> Result<Self, TreeError> {
        let too_large = |_| TreeError::Large;
        let config = thompson::Config::new()
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(EXPRESSIONS_BYTES_MAX));
        let nfa = NFA::compiler().configure(config).build_from_hir(hir).map_err(too_large)?;
        if nfa.memory_usage() <= TRIED_BYTES_MAX
            && let Some(dfa) = whole(&nfa)
        {
            return Ok(Self::Whole(Box::new(dfa)));
        }
        let config = meta::Config::new().nfa_size_limit(Some(EXPRESSIONS_BYTES_MAX));
        let regex = meta::Builder::new().configure(config).build_from_hir(hir);
        regex.map(Self::Lazy).map_err(|_| TreeError::Large)
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Whole(dfa) => dfa.memory_usage(),
            Self::Lazy(regex) => regex.memory_usage(),
        }
    }

    /// Whether it takes the path from `at` on. The automaton sees what stands before, so that a
    /// word border means what it meant in the whole expression.
    pub(super) fn takes(&self, path: &str, at: usize) -> bool {
        let input = Input::new(path).range(at..).anchored(Anchored::Yes).earliest(true);
        match self {
            // An automaton without stop bytes, searched as it was built, does not fail.
            Self::Whole(dfa) => dfa.try_search_fwd(&input).is_ok_and(|hit| hit.is_some()),
            Self::Lazy(regex) => regex.search_half(&input).is_some(),
        }
    }
}

fn whole(nfa: &NFA) -> Option<dense::DFA<Vec<u32>>> {
    let config = dense::Config::new()
        .start_kind(StartKind::Anchored)
        .match_kind(MatchKind::All)
        .dfa_size_limit(Some(AUTOMATON_BYTES_MAX))
        .determinize_size_limit(Some(AUTOMATON_BYTES_MAX * 4));
    dense::Builder::new().configure(config).build_from_nfa(nfa).ok()
}

/// The automatons of a tree, each once.
#[derive(Debug, Default)]
pub(super) struct Rests {
    known: BTreeMap<String, usize>,
    all: Vec<Rest>,
    bytes: usize,
}

impl Rests {
    /// The number of an expression.
    pub(super) fn index(&mut self, hir: &Hir) -> Result<usize, TreeError> {
        let key = hir.to_string();
        if let Some(index) = self.known.get(&key) {
            return Ok(*index);
        }
        let rest = Rest::new(hir)?;
        self.bytes += rest.bytes();
        if self.bytes > EXPRESSIONS_BYTES_MAX {
            return Err(TreeError::Large);
        }
        self.all.push(rest);
        self.known.insert(key, self.all.len() - 1);
        Ok(self.all.len() - 1)
    }

    pub(super) fn done(self) -> Vec<Rest> {
        self.all
    }
}
