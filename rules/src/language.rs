//! Questions about the set of paths an expression matches, answered on its automaton.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};

/// Memory of one automaton here. Unit: bytes; an expression that needs more is not proved.
pub(crate) const AUTOMATON_BYTES_MAX: usize = 2 << 20;

pub(crate) type Dense = dense::DFA<Vec<u32>>;

/// The automaton of an expression, anchored, that accepts every match and not only the first.
pub(crate) fn automaton(rust: &str) -> Option<Dense> {
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .minimize(false)
                .dfa_size_limit(Some(AUTOMATON_BYTES_MAX))
                .determinize_size_limit(Some(AUTOMATON_BYTES_MAX)),
        )
        .thompson(
            regex_automata::nfa::thompson::Config::new()
                .nfa_size_limit(Some(AUTOMATON_BYTES_MAX))
                .shrink(false),
        )
        .build(rust)
        .ok()
}

/// The automaton of the whole paths that a route of that expression takes. Where the expression
/// does not ask for the end of the path, whatever follows its match belongs to the path.
pub(crate) fn paths(rust: &str) -> Option<Dense> {
    automaton(&format!("(?:{rust})(?s:.)*"))
}

pub(crate) fn start(dfa: &Dense) -> Option<StateID> {
    dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).ok()
}

/// Whether no match of the expression is the beginning of another match; `None` if the automaton
/// would be too large to say.
pub(crate) fn prefix_free(rust: &str) -> Option<bool> {
    let dfa = automaton(rust)?;
    let mut seen = std::collections::BTreeSet::from([start(&dfa)?]);
    let mut stack: Vec<(StateID, bool)> = seen.iter().map(|state| (*state, false)).collect();
    let mut accepted = std::collections::BTreeSet::new();
    while let Some((state, after_match)) = stack.pop() {
        for byte in u8::MIN..=u8::MAX {
            let next = dfa.next_state(state, byte);
            if dfa.is_dead_state(next) {
                continue;
            }
            if dfa.is_quit_state(next) {
                return None;
            }
            // Matches are delayed by one byte: `next` matches if what stood before `byte` did.
            let matched = dfa.is_match_state(next);
            if matched && after_match {
                return Some(false);
            }
            let after = after_match || matched;
            let fresh = if after { accepted.insert(next) } else { seen.insert(next) };
            if fresh {
                stack.push((next, after));
            }
        }
        if after_match && dfa.is_match_state(dfa.next_eoi_state(state)) {
            return Some(false);
        }
    }
    Some(true)
}
