//! The query string as Django reads it and as DRF's pagination writes it back.

use std::collections::BTreeMap;

/// The decoded parameters in the order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Decodes `+` and percent signs; bytes that are no UTF-8 become replacement characters.
    pub(crate) fn read(raw: &str) -> Self {
        let pairs = form_urlencoded::parse(raw.as_bytes());
        Self { pairs: pairs.map(|(key, value)| (key.into_owned(), value.into_owned())).collect() }
    }

    /// The last value of a parameter, as `QueryDict.get` gives it.
    pub(crate) fn last(&self, key: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(had, _)| had == key).map(|(_, value)| value.as_str())
    }

    /// The query with a parameter replaced, or without it, keys sorted: what DRF's
    /// `replace_query_param` and `remove_query_param` make of a URL.
    pub(crate) fn with(&self, key: &str, value: Option<String>) -> String {
        let mut sorted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (had, text) in self.pairs.iter().filter(|(had, _)| had != key) {
            sorted.entry(had).or_default().push(text);
        }
        let value = value.unwrap_or_default();
        if !value.is_empty() {
            sorted.insert(key, vec![&value]);
        }
        let mut out = String::new();
        for (key, values) in sorted {
            for value in values {
                if !out.is_empty() {
                    out.push('&');
                }
                quote(key, &mut out);
                out.push('=');
                quote(value, &mut out);
            }
        }
        out
    }
}

/// Python's `quote_plus`.
fn quote(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
                out.push('%');
                out.push(digit(byte >> 4).to_ascii_uppercase());
                out.push(digit(byte & 15).to_ascii_uppercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_counts_and_all_are_written_back() {
        let query = Query::read("b=1&a=x+y&b=%C3%A9&page=3&&c");
        assert_eq!(query.last("b"), Some("é"));
        assert_eq!(query.last("c"), Some(""));
        assert_eq!(query.with("page", Some("4".into())), "a=x+y&b=1&b=%C3%A9&c=&page=4");
        assert_eq!(query.with("page", None), "a=x+y&b=1&b=%C3%A9&c=");
    }
}
