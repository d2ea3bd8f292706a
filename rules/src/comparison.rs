//! What a comparison of two answers may ignore or tolerate, as a team wrote it under `compare:`.
//!
//! A path names a place in a JSON body: `results[*].updated_at`, `$` is the body itself. `[*]` is
//! every item of a list and `*` every key of an object; there are no filters, on purpose: a policy
//! must be readable in a review.

use std::fmt;

use serde::Serialize;

/// The policy of one route. The empty one tolerates nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Places whose values are not compared at all.
    pub ignore: Vec<JsonPath>,
    /// Lists whose order does not matter.
    pub unordered: Vec<JsonPath>,
    /// Numbers that may differ a little.
    pub tolerances: Vec<Tolerance>,
    /// Answer headers that are not compared, lower case.
    pub ignore_headers: Vec<String>,
}

/// How far two numbers at a place may be apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tolerance {
    /// The place.
    pub path: JsonPath,
    /// The largest absolute difference that counts as the same.
    pub absolute: f64,
}

/// A place, or a set of places, in a JSON body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPath {
    steps: Vec<Step>,
}

/// One step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value of that key.
    Key(String),
    /// The value of every key.
    AnyKey,
    /// The item at that index.
    Index(usize),
    /// Every item of a list.
    AnyItem,
}

/// Steps in one path. Unit: steps; deeper JSON than this is not written by any serializer we met.
pub const JSON_PATH_STEPS_MAX: usize = 64;

impl JsonPath {
    /// Reads `a.b[*].c`, `[0].id`, `*.price`, `$`; `$.` in front is accepted and means nothing.
    ///
    /// # Errors
    /// A step is empty or a bracket holds neither a number nor `*`; the message says which.
    pub fn parse(text: &str) -> Result<Self, JsonPathError> {
        let mut steps = Vec::new();
        let body = text.strip_prefix('$').unwrap_or(text);
        let mut rest = body.strip_prefix('.').unwrap_or(body);
        while !rest.is_empty() {
            let (step, after) =
                first_step(rest).map_err(|why| JsonPathError { text: text.to_owned(), why })?;
            steps.push(step);
            rest = match after.strip_prefix('.') {
                Some("") => return Err(JsonPathError { text: text.to_owned(), why: EMPTY_STEP }),
                Some(more) => more,
                None => after,
            };
            if steps.len() > JSON_PATH_STEPS_MAX {
                return Err(JsonPathError { text: text.to_owned(), why: "it is too deep" });
            }
        }
        if steps.is_empty() && text != "$" {
            return Err(JsonPathError { text: text.to_owned(), why: EMPTY_STEP });
        }
        Ok(Self { steps })
    }

    /// The steps from the body inwards; none is the body itself.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

const EMPTY_STEP: &str = "a step is empty";

/// Splits off the first step: a bracket, or the characters up to `.` or `[`.
fn first_step(text: &str) -> Result<(Step, &str), &'static str> {
    if let Some(inside) = text.strip_prefix('[') {
        let (index, after) = inside.split_once(']').ok_or("a `[` is not closed")?;
        if !(after.is_empty() || after.starts_with(['.', '['])) {
            return Err("after `]` comes `.`, `[` or the end");
        }
        return match index {
            "*" => Ok((Step::AnyItem, after)),
            number => number
                .parse()
                .map(|number| (Step::Index(number), after))
                .map_err(|_| "between `[` and `]` stands a number or `*`"),
        };
    }
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (key, after) = text.split_at(end);
    match key {
        "" => Err(EMPTY_STEP),
        "*" => Ok((Step::AnyKey, after)),
        key => Ok((Step::Key(key.to_owned()), after)),
    }
}

/// A text that is not a path into JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a path into JSON: {why}; write it like `results[*].updated_at`")]
pub struct JsonPathError {
    text: String,
    why: &'static str,
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("$");
        }
        for (position, step) in self.steps.iter().enumerate() {
            let dot = if position == 0 { "" } else { "." };
            match step {
                Step::Key(key) => write!(f, "{dot}{key}")?,
                Step::AnyKey => write!(f, "{dot}*")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::AnyItem => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl Serialize for JsonPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_and_print_the_same_text() {
        for text in ["$", "a", "a.b", "results[*].updated_at", "[0].id", "*.price", "a[3][*].b"] {
            assert_eq!(JsonPath::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(JsonPath::parse("$.a.b").expect("dollar").to_string(), "a.b");
    }

    #[test]
    fn broken_paths_say_what_is_broken() {
        for text in ["", ".", "a.", "a..b", "a[", "a[x]", "a[0]b", "[*]x"] {
            let error = JsonPath::parse(text).expect_err(text).to_string();
            assert!(error.contains("is not a path into JSON"), "{error}");
        }
    }
}
