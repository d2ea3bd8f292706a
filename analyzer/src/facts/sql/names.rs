//! A cursor over tokens that reads names, lists of names and optional words.

use super::lexer::{Kind, Token};

/// Reads tokens from left to right.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t, 'a> {
    rest: &'t [Token<'a>],
}

impl<'t, 'a> Cursor<'t, 'a> {
    pub(super) fn new(rest: &'t [Token<'a>]) -> Self {
        Self { rest }
    }

    pub(super) fn rest(&self) -> &'t [Token<'a>] {
        self.rest
    }

    pub(super) fn peek(&self) -> Option<&'t Token<'a>> {
        self.rest.first()
    }

    pub(super) fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    /// Takes the word if it comes next.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is(word));
        if found {
            self.skip();
        }
        found
    }

    /// Skips any of the words.
    pub(super) fn skip_words(&mut self, words: &[&str]) {
        while self.peek().is_some_and(|token| token.is_one_of(words)) {
            self.skip();
        }
    }

    /// Goes behind the next occurrence of the word outside brackets; stays where there is none.
    pub(super) fn find(&mut self, word: &str) -> bool {
        let mut open = 0_usize;
        for (at, token) in self.rest.iter().enumerate() {
            match token.kind {
                Kind::Other(b'(') => open += 1,
                Kind::Other(b')') => open = open.saturating_sub(1),
                Kind::Word if open == 0 && token.is(word) => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// The parts of a dotted name.
    fn parts(&mut self) -> Vec<String> {
        let mut parts = Vec::new();
        while let Some(part) = self.peek().and_then(Token::name) {
            parts.push(part);
            self.skip();
            if !self.peek().is_some_and(|token| token.is_mark(b'.')) {
                break;
            }
            self.skip();
        }
        parts
    }

    /// A name without its schema.
    pub(super) fn name(&mut self) -> Option<String> {
        self.parts().pop()
    }

    /// The table of a dotted column.
    pub(super) fn table_of_column(&mut self) -> Option<String> {
        let mut parts = self.parts();
        parts.pop();
        parts.pop()
    }

    /// Names with commas between them, each perhaps with `ONLY` before and `*` behind it.
    pub(super) fn names(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        loop {
            self.skip_words(&["ONLY"]);
            names.extend(self.name());
            if self.peek().is_some_and(|token| token.is_mark(b'*')) {
                self.skip();
            }
            if !self.peek().is_some_and(|token| token.is_mark(b',')) {
                return names;
            }
            self.skip();
        }
    }

    /// What stands in the brackets that open here; the cursor goes behind them.
    pub(super) fn bracket(&mut self) -> Option<&'t [Token<'a>]> {
        if !self.peek()?.is_mark(b'(') {
            return None;
        }
        let mut open = 0_usize;
        let close = self.rest.iter().position(|token| {
            open = match token.kind {
                Kind::Other(b'(') => open + 1,
                Kind::Other(b')') => open.saturating_sub(1),
                _ => open,
            };
            open == 0
        });
        let close = close.unwrap_or(self.rest.len());
        let inner = self.rest.get(1..close).unwrap_or_default();
        self.rest = self.rest.get(close + 1..).unwrap_or_default();
        Some(inner)
    }
}
