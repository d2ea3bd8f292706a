//! Secrets and personal fields masked before anything is stored or printed.
//!
//! Three nets, each for what slips through the one before: headers pass only by name, members of
//! JSON and parameters of URLs are masked by name, and in all remaining text whatever looks like an
//! e-mail address or a token is masked by its shape. A mask says how long the value was and no
//! more, so two masked values cannot be told equal: that is the price.

use std::collections::BTreeSet;

use crate::json::{self, Json};
use crate::{Answer, Difference, Tolerated, Verdict, decimal};

/// Shortest run of token characters that is masked by its shape, in characters. A Django session
/// key has 32, a DRF token 40, a CSRF secret 32; a slug or a decimal with 12 places stays readable.
const TOKEN_CHARACTERS_MIN: usize = 20;

/// Longest name of a member that is compared with the sensitive words, in bytes.
const NAME_BYTES_MAX: usize = 128;

/// Headers whose values are shown (and still searched by shape); all others are masked.
const SHOWN_HEADERS: [&str; 19] = [
    "accept",
    "accept-ranges",
    "allow",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "cross-origin-opener-policy",
    "date",
    "last-modified",
    "location",
    "referrer-policy",
    "retry-after",
    "server",
    "vary",
    "x-content-type-options",
    "x-frame-options",
];

/// Words that make a name sensitive wherever they stand in it (`billing_email`, `apiToken`).
const SENSITIVE_WORDS: [&str; 20] = [
    "address",
    "apikey",
    "authorization",
    "birth",
    "cookie",
    "credential",
    "csrf",
    "email",
    "iban",
    "jwt",
    "password",
    "passwd",
    "phone",
    "pincode",
    "secret",
    "session",
    "signature",
    "ssn",
    "token",
    "otp",
];

/// What is masked: the built-in words and those a team adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    words: BTreeSet<String>,
}

impl Default for Redaction {
    fn default() -> Self {
        Self::with_names(std::iter::empty::<&str>())
    }
}

impl Redaction {
    /// The built-in words and further names whose values are masked (`national_id`).
    pub fn with_names(names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let own = SENSITIVE_WORDS.iter().map(|word| (*word).to_owned());
        let more = names.into_iter().map(|name| plain_name(name.as_ref()));
        Self { words: own.chain(more).filter(|word| !word.is_empty()).collect() }
    }

    /// Whether values under this name are masked.
    pub fn hides(&self, name: &str) -> bool {
        let name = plain_name(name);
        name.len() > NAME_BYTES_MAX || self.words.iter().any(|word| name.contains(word.as_str()))
    }

    /// A header's value, masked unless its name is known to be harmless.
    pub fn header(&self, name: &str, value: &str) -> String {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "location" | "content-location" => self.target(value),
            lower if SHOWN_HEADERS.binary_search(&lower).is_ok() => self.text(value),
            _ => mask(value),
        }
    }

    /// A path with its query: parameters of sensitive names are masked, the rest by shape.
    pub fn target(&self, target: &str) -> String {
        let Some((path, query)) = target.split_once('?') else {
            return self.text(target);
        };
        let shown: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((name, value)) if self.hides(name) => format!("{name}={}", mask(value)),
                _ => self.text(pair),
            })
            .collect();
        format!("{}?{}", self.text(path), shown.join("&"))
    }

    /// Free text: e-mail addresses and long runs of token characters are masked.
    pub fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut run = String::new();
        for c in text.chars() {
            if c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@' | '%' | '~') {
                run.push(c);
            } else {
                out.push_str(&by_shape(&run));
                run.clear();
                out.push(c);
            }
        }
        out.push_str(&by_shape(&run));
        out
    }

    /// A body for a sample: JSON with sensitive members masked, other text masked by shape, binary
    /// as its length; at most about `limit` bytes.
    pub fn body(&self, answer: &Answer, limit: usize) -> String {
        let Ok(body) = crate::encoding::decode(answer) else {
            return format!("({} encoded bytes)", answer.body.len());
        };
        let Ok(text) = std::str::from_utf8(&body) else {
            return format!("({} bytes)", body.len());
        };
        let masked = match json::read(text) {
            Ok(mut value) => {
                self.value(&mut value);
                let mut out = String::new();
                value.write(&mut out, limit);
                out
            }
            // Names and values cannot be told apart in what is almost JSON: nothing of it is shown.
            Err(_) if text.trim_start().starts_with(['{', '[']) => mask(text),
            // Cut before masking: a page of a megabyte is not worth reading for a sample.
            Err(_) => self.lines(cut(text, limit)),
        };
        cut(&masked, limit).to_owned()
    }

    /// The same verdict with every value in it masked.
    pub fn verdict(&self, verdict: &Verdict) -> Verdict {
        match verdict {
            Verdict::Same => Verdict::Same,
            Verdict::Incomparable(void) => Verdict::Incomparable(*void),
            Verdict::Different(list) => {
                Verdict::Different(list.iter().map(|one| self.difference(one)).collect())
            }
            Verdict::Tolerated(list) => Verdict::Tolerated(
                list.iter()
                    .map(|one| Tolerated {
                        difference: self.difference(&one.difference),
                        rule: one.rule.clone(),
                    })
                    .collect(),
            ),
        }
    }

    fn difference(&self, difference: &Difference) -> Difference {
        let path = &difference.path;
        let show = |value: &str| {
            if value == crate::ABSENT {
                return value.to_owned();
            }
            match difference.kind {
                crate::Kind::Status => value.to_owned(),
                crate::Kind::Header | crate::Kind::ContentType => self.header(path, value),
                crate::Kind::Cookie => self.text(value),
                _ if path.split('/').any(|key| self.hides(key)) => mask(value),
                _ => self.fragment(value),
            }
        };
        Difference {
            path: self.text(path),
            kind: difference.kind,
            legacy: show(&difference.legacy),
            native: show(&difference.native),
        }
    }

    /// A value of a difference: a piece of JSON, whole or cut off in the middle. What was cut has
    /// lost its names' closing brackets, so an object that is not whole is masked entirely.
    fn fragment(&self, value: &str) -> String {
        match json::read(value) {
            Ok(mut whole) => {
                self.value(&mut whole);
                let mut out = String::new();
                whole.write(&mut out, usize::MAX);
                out
            }
            Err(_) if value.contains('{') => mask(value),
            Err(_) => self.lines(value),
        }
    }

    /// Text without structure, such as HTML: a line with a sensitive word in it is masked whole,
    /// because nobody knows which part of it belongs to the word.
    fn lines(&self, text: &str) -> String {
        let shown = |line: &str| {
            let line_end = if line.ends_with('\n') { "\n" } else { "" };
            let plain = plain_name(line);
            if self.words.iter().any(|word| plain.contains(word.as_str())) {
                format!("{}{line_end}", mask(line.trim_end()))
            } else {
                self.text(line)
            }
        };
        text.split_inclusive('\n').map(shown).collect()
    }

    fn value(&self, value: &mut Json<'_>) {
        match value {
            Json::Text(text) => *text = self.text(text).into(),
            Json::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Json::Object(members) => {
                for (key, value) in members {
                    if self.hides(key) && !matches!(value, Json::Null | Json::Bool(_)) {
                        let mut text = String::new();
                        value.write(&mut text, NAME_BYTES_MAX);
                        *value = Json::Text(mask(&text).into());
                    } else {
                        self.value(value);
                    }
                    *key = self.text(key).into();
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}

/// The mask of a value: its length, nothing of its content.
fn mask(value: &str) -> String {
    format!("(masked, {} bytes)", value.len())
}

/// A name without its punctuation, in small letters: `X-Api_Key` is `xapikey`.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// One run of token characters, masked if it looks like an address or a token.
fn by_shape(run: &str) -> String {
    let is_address = run.contains('@') || run.contains("%40");
    let long_part = run
        .split(['.', '+', '%', '~', '@'])
        .any(|part| part.len() >= TOKEN_CHARACTERS_MIN && has_letter_and_digit(part));
    if is_address || (long_part && !decimal::is_number(run)) { mask(run) } else { run.to_owned() }
}

fn has_letter_and_digit(part: &str) -> bool {
    part.bytes().any(|b| b.is_ascii_digit()) && part.bytes().any(|b| b.is_ascii_alphabetic())
}

fn cut(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_for_the_search() {
        assert!(SHOWN_HEADERS.is_sorted());
    }

    #[test]
    fn names_hide_values() {
        let redaction = Redaction::with_names(["national_id"]);
        for name in ["email", "billing_email", "apiToken", "X-API-Key", "sessionid", "NationalId"] {
            assert!(redaction.hides(name), "{name}");
        }
        for name in ["price", "symbol", "created_at", "name"] {
            assert!(!redaction.hides(name), "{name}");
        }
    }

    #[test]
    fn shapes_hide_values_in_text() {
        let redaction = Redaction::default();
        let shown = redaction.text("ada@example.org paid 12.5000 at 2026-11-23T05:00:00.123456Z");
        assert_eq!(shown, "(masked, 15 bytes) paid 12.5000 at 2026-11-23T05:00:00.123456Z");
        let token = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
        assert!(!redaction.text(&format!("Token {token}")).contains(token));
    }

    #[test]
    fn targets_keep_their_harmless_parameters() {
        let shown = Redaction::default().target("/a/?page=2&token=abc&symbol=ACME");
        assert_eq!(shown, "/a/?page=2&token=(masked, 3 bytes)&symbol=ACME");
    }

    #[test]
    fn pages_lose_the_lines_with_sensitive_words_and_broken_json_is_not_shown() {
        let page = "<h1>Orders</h1>\n<input name=\"password\" value=\"hunter2\">\n<p>3</p>";
        let body = |text: &str| Answer { body: text.as_bytes().to_vec(), ..Answer::default() };
        let shown = Redaction::default().body(&body(page), 1_000);
        assert_eq!(shown, "<h1>Orders</h1>\n(masked, 39 bytes)\n<p>3</p>");
        let cut = body("{\"password\":\"hunter2\",\"a\":[1,");
        assert_eq!(Redaction::default().body(&cut, 1_000), "(masked, 29 bytes)");
    }

    #[test]
    fn an_object_cut_in_the_middle_is_masked_whole() {
        let redaction = Redaction::default();
        let long = format!("{{\"password\":\"hunter2\",\"more\":\"{}\"}}", "x".repeat(400));
        let difference = Difference::new("/user", crate::Kind::Value, &long, "null");
        let Verdict::Different(shown) = redaction.verdict(&Verdict::Different(vec![difference]))
        else {
            panic!("the kind of verdict changed");
        };
        assert!(!format!("{shown:?}").contains("hunter2"));
    }
}
