//! `?search=`: split into terms as DRF does, turned into patterns as Django does.

use crate::fields::{is_space, strip};

/// The patterns for `LIKE`, one a term: a row must contain every term in one of its columns.
pub(crate) fn patterns(text: &str) -> Vec<String> {
    terms(text).iter().map(|term| pattern(term)).collect()
}

/// A term anywhere in the column; its own wildcards are taken literally.
fn pattern(term: &str) -> String {
    let escaped = term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// DRF's `search_smart_split`: words, split at commas, and phrases in quotes kept whole.
fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for token in tokens(text) {
        let token = token.trim_matches(',');
        if let Some(phrase) = phrase(token) {
            terms.push(phrase);
        } else {
            let parts = token.split(',').filter(|part| !part.is_empty());
            terms.extend(parts.map(|part| strip(part).to_owned()));
        }
    }
    terms
}

/// The inside of a token that begins and ends with the same quote, its escapes undone. A lone
/// quote counts as both: it is the empty phrase, which every row contains.
fn phrase(token: &str) -> Option<String> {
    let quote = token.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    if !token.ends_with(quote) {
        return None;
    }
    let inside = token.get(1..token.len().max(2) - 1).unwrap_or_default();
    Some(inside.replace(&format!("\\{quote}"), &quote.to_string()).replace("\\\\", "\\"))
}

/// Django's `smart_split`: runs without white space, in which quoted pieces may hold some.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let length = match with_quotes(rest) {
            0 => rest.find(is_space).unwrap_or(rest.len()),
            length => length,
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start_matches(is_space);
    }
    tokens
}

/// The length of a token with at least one closed quoted piece at the start of the text, or 0.
fn with_quotes(text: &str) -> usize {
    let is_plain = |c: char| !is_space(c) && !matches!(c, '"' | '\'');
    let plain = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        from + rest.find(|c| !is_plain(c)).unwrap_or(rest.len())
    };
    let (mut end, mut found) = (plain(0), false);
    while let Some(length) = text.get(end..).and_then(quoted) {
        end = plain(end + length);
        found = true;
    }
    if found { end } else { 0 }
}

/// The length of a quoted piece at the start of the text.
fn quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            // The dot of the expression, and so an escape, does not take a line's end.
            '\n' if escaped => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each expectation was printed by `rest_framework.filters.search_smart_split`.
    #[test]
    fn terms_as_drf_splits_them() {
        for (text, expected) in [
            ("apple inc", vec!["apple", "inc"]),
            ("apple,inc", vec!["apple", "inc"]),
            (",apple,,", vec!["apple"]),
            ("\"apple inc\" x", vec!["apple inc", "x"]),
            ("'a \\' b'", vec!["a ' b"]),
            ("a\"b c\"d e", vec!["a\"b c\"d", "e"]),
            ("\"", vec![""]),
            ("\"open phrase", vec!["\"open", "phrase"]),
            ("  ", vec![]),
        ] {
            assert_eq!(terms(text), expected, "{text}");
        }
    }

    #[test]
    fn wildcards_are_literal() {
        assert_eq!(patterns("50%_\\"), ["%50\\%\\_\\\\%"]);
    }
}
