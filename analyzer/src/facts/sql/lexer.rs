//! SQL text to tokens and statements, as PostgreSQL's own scanner cuts them: dollar quotes, nested
//! comments, escapes; beside them the quotes of other databases and the drivers' placeholders.

use std::borrow::Cow;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or an unquoted name.
    Word,
    /// A quoted name.
    Quoted,
    /// A string constant.
    Text,
    /// A dollar-quoted string.
    Dollar,
    /// `%s`, `%(name)s`: the driver's, not SQL's.
    Placeholder,
    /// A number, an operator, a bracket: one byte of it is enough to know it.
    Other(u8),
}

/// One token with its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// As written.
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl<'a> Token<'a> {
    /// Whether it is the unquoted word.
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of the unquoted words.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    pub(super) fn is_mark(&self, mark: u8) -> bool {
        self.kind == Kind::Other(mark)
    }

    /// The name, folded as PostgreSQL folds it; none for what is no name.
    pub(super) fn name(&self) -> Option<String> {
        match self.kind {
            Kind::Word => Some(self.text.to_lowercase()),
            Kind::Quoted => {
                let quote = self.text.get(..1)?;
                let inner = self.text.get(1..)?;
                let inner = inner.strip_suffix(quote).unwrap_or(inner);
                Some(inner.replace(&quote.repeat(2), quote))
            }
            _ => None,
        }
    }

    /// The content of a string constant.
    pub(super) fn content(&self) -> Option<Cow<'a, str>> {
        match self.kind {
            Kind::Dollar => {
                let tag = self.text.get(1..)?.find('$')? + 2;
                let end = self.text.len().checked_sub(tag).filter(|end| *end >= tag);
                Some(Cow::Borrowed(self.text.get(tag..end.unwrap_or(self.text.len()))?))
            }
            Kind::Text => {
                let (_, inner) = self.text.split_once('\'')?;
                let inner = inner.strip_suffix('\'').unwrap_or(inner);
                Some(Cow::Owned(inner.replace("''", "'")))
            }
            _ => None,
        }
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// All tokens of the text; comments and blanks are gone.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0 };
    let mut found = Vec::new();
    while let Some(token) = lexer.next() {
        found.push(token);
    }
    found
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blanks();
        let start = self.at;
        let first = *self.bytes.get(start)?;
        let kind = match first {
            b'\'' => self.quoted(b'\'', false, Kind::Text),
            b'"' | b'`' => self.quoted(first, false, Kind::Quoted),
            b'$' => self.dollar(),
            b'%' => self.percent(),
            b'0'..=b'9' => self.run(Kind::Other(b'0'), |b| b.is_ascii_alphanumeric() || b == b'.'),
            _ if is_word(first) => self.word(first),
            _ => {
                self.at += 1;
                Kind::Other(first)
            }
        };
        Some(Token { kind, text: self.text.get(start..self.at)?, start })
    }

    fn skip_blanks(&mut self) {
        loop {
            match (self.peek(0), self.peek(1)) {
                (b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x0b', _) => self.at += 1,
                (b'-', b'-') => self.skip_line(),
                (b'/', b'*') => self.skip_comment(),
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        while self.at < self.bytes.len() && self.peek(0) != b'\n' {
            self.at += 1;
        }
    }

    /// Comments nest in PostgreSQL.
    fn skip_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => depth += 1,
                (b'*', b'/') => depth -= 1,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    /// Up to the closing quote; a doubled one stands for itself.
    fn quoted(&mut self, quote: u8, escapes: bool, kind: Kind) -> Kind {
        self.at += 1;
        while self.at < self.bytes.len() {
            let byte = self.peek(0);
            self.at += 1;
            if escapes && byte == b'\\' {
                self.at += 1;
            } else if byte == quote {
                if self.peek(0) != quote {
                    break;
                }
                self.at += 1;
            }
        }
        self.at = self.at.min(self.bytes.len());
        kind
    }

    fn run(&mut self, kind: Kind, take: impl Fn(u8) -> bool) -> Kind {
        while self.at < self.bytes.len() && take(self.peek(0)) {
            self.at += 1;
        }
        kind
    }

    fn word(&mut self, first: u8) -> Kind {
        self.run(Kind::Word, |b| is_word(b) || b.is_ascii_digit() || b == b'$');
        let short = self.text.get(..self.at).is_some_and(|t| {
            let before = t.len().checked_sub(2).and_then(|at| self.bytes.get(at));
            before.is_none_or(|b| !is_word(*b) && !b.is_ascii_digit())
        });
        match first {
            b'e' | b'E' if short && self.peek(0) == b'\'' => self.quoted(b'\'', true, Kind::Text),
            b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if short && self.peek(0) == b'\'' => {
                self.quoted(b'\'', false, Kind::Text)
            }
            _ => Kind::Word,
        }
    }

    /// `$1`, `$tag$...$tag$`, or a lonely dollar sign.
    fn dollar(&mut self) -> Kind {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            self.at += 1;
            return self.run(Kind::Other(b'0'), |b| b.is_ascii_digit());
        }
        let tag = rest.find('$').and_then(|end| rest.get(..end));
        let tag = tag.filter(|tag| tag.bytes().all(|b| is_word(b) || b.is_ascii_digit()));
        let Some(tag) = tag else {
            self.at += 1;
            return Kind::Other(b'$');
        };
        let mark = format!("${tag}$");
        let body = self.at + mark.len();
        let closed = self.text.get(body..).and_then(|text| text.find(&mark));
        self.at = closed.map_or(self.bytes.len(), |end| body + end + mark.len());
        Kind::Dollar
    }

    fn percent(&mut self) -> Kind {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let named = rest.strip_prefix('(').and_then(|inner| inner.find(")s"));
        if let Some(end) = named.filter(|end| *end < NAME_MAX) {
            self.at += 2 + end + 2;
            return Kind::Placeholder;
        }
        let letter = rest.strip_prefix('s');
        if letter.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        {
            self.at += 2;
            return Kind::Placeholder;
        }
        // `%%` is an escaped percent sign.
        self.at += if rest.starts_with('%') { 2 } else { 1 };
        Kind::Other(b'%')
    }
}

/// Longest name of a placeholder, in bytes: what is longer is an expression with `%`.
const NAME_MAX: usize = 200;

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// The statements of a text, cut at its semicolons; a body between `BEGIN` and `END` is not cut.
pub(super) fn split<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut open = 0_usize;
    let mut blocks = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Other(b'(') => open += 1,
            Kind::Other(b')') => open = open.saturating_sub(1),
            Kind::Word if blocks > 0 && token.is("END") => blocks -= 1,
            Kind::Word if blocks > 0 && token.is("CASE") => blocks += 1,
            Kind::Word if token.is("BEGIN") && has_body(&tokens[start..at]) => blocks += 1,
            Kind::Other(b';') if open == 0 && blocks == 0 => {
                found.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&tokens[start..]);
    found.retain(|statement| !statement.is_empty());
    found
}

/// Whether a `BEGIN` after these tokens opens the body of a routine or trigger.
fn has_body(before: &[Token<'_>]) -> bool {
    let routine = |token: &Token<'_>| token.is_one_of(&["TRIGGER", "FUNCTION", "PROCEDURE"]);
    before.first().is_some_and(|token| token.is("CREATE")) && before.iter().take(8).any(routine)
}

/// Words between two queries.
const SETS: [&str; 5] = ["UNION", "INTERSECT", "EXCEPT", "ALL", "DISTINCT"];

/// The statement as text for a parser that knows no placeholders.
pub(super) fn plain(statement: &[Token<'_>]) -> String {
    let mut text = String::new();
    let mut end = None;
    let mut before: Option<&Token<'_>> = None;
    for token in statement {
        if end.is_some_and(|end| end != token.start) {
            text.push(' ');
        }
        // `TABLE a` is short for a query that few parsers know.
        let query = before.is_none_or(|token| token.is_one_of(&SETS) || token.is_mark(b'('));
        let relation = before.is_some_and(|token| {
            token.is_one_of(&["FROM", "JOIN", "UPDATE", "USING"]) || token.is_mark(b',')
        });
        let list = before.is_some_and(|token| token.is_one_of(&["IN", "VALUES"]));
        match token.kind {
            Kind::Word if token.is("ONLY") && relation => continue,
            Kind::Placeholder if list => text.push_str("(NULL)"),
            Kind::Placeholder => text.push_str("NULL"),
            Kind::Other(b'%') => text.push('%'),
            Kind::Word if query && token.is("TABLE") => text.push_str("SELECT * FROM"),
            _ => text.push_str(token.text),
        }
        end = Some(token.end());
        before = Some(token);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        split(&tokens(text)).into_iter().map(plain).collect()
    }

    #[test]
    fn semicolons_in_quotes_comments_and_bodies_cut_nothing() {
        assert_eq!(cut("a; b;;"), ["a", "b"]);
        assert_eq!(cut("a ';' b; c"), ["a ';' b", "c"]);
        assert_eq!(cut("a -- x;\n b; /* ; /* ; */ ; */ c"), ["a b", "c"]);
        assert_eq!(cut("do $x$ a; $$ b; $x$; c"), ["do $x$ a; $$ b; $x$", "c"]);
        assert_eq!(cut(r"a E'\';' ; b"), [r"a E'\';'", "b"]);
        assert_eq!(cut("a 'it''s;' ; b"), ["a 'it''s;'", "b"]);
        assert_eq!(cut("create rule r do (a; b); c"), ["create rule r do (a; b)", "c"]);
        let trigger = "create trigger t begin a; case when b then c end; end";
        assert_eq!(cut(&format!("{trigger}; d")), [trigger, "d"]);
    }

    #[test]
    fn what_never_closes_ends_with_the_text() {
        for text in ["'a", "\"a", "$x$ a", "/* a", "E'\\", "a (b;", "$", "%(a", "é'"] {
            assert!(cut(text).len() <= 1, "{text}");
        }
    }

    #[test]
    fn placeholders_become_values() {
        assert_eq!(cut("a = %s AND b IN %(c)s"), ["a = NULL AND b IN (NULL)"]);
        assert_eq!(cut("a %% b"), ["a % b"]);
    }

    #[test]
    fn names_and_contents() {
        let names: Vec<_> = tokens("Abc \"A\"\"b\" `c d`").iter().map(Token::name).collect();
        assert_eq!(names, [Some("abc".into()), Some("A\"b".into()), Some("c d".into())]);
        let contents: Vec<_> = tokens("$x$ y $x$ 'a''b' $$").iter().map(Token::content).collect();
        assert_eq!(contents, [Some(" y ".into()), Some("a'b".into()), Some("".into())]);
    }
}
