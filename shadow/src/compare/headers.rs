//! Headers: the content type first, then every name on either side that is not volatile.

use std::{borrow::Cow, collections::BTreeSet};

use super::Findings;
use crate::normalize::{self, ContentType};
use crate::{ABSENT, Answer, Difference, Kind};

/// Notes what differs; false if the content types do and the bodies need no comparing.
pub(super) fn compare(
    legacy: &Answer,
    native: &Answer,
    host: Option<&str>,
    findings: &mut Findings<'_>,
) -> bool {
    let names: BTreeSet<Cow<'_, str>> = legacy
        .headers
        .iter()
        .chain(&native.headers)
        .map(|(name, _)| in_small_letters(name))
        .filter(|name| name != "content-type" && !normalize::is_volatile(name))
        .collect();
    for name in names {
        // Most are the same to the letter.
        if legacy.header_values(&name).eq(native.header_values(&name)) {
            continue;
        }
        let (left, right) = (value(legacy, &name, host), value(native, &name, host));
        if left != right {
            note(&name, left.as_deref(), right.as_deref(), findings);
        }
    }
    content_type(legacy, native, findings)
}

fn in_small_letters(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The comparable value; a set-valued header without words is no header at all.
fn value(answer: &Answer, name: &str, host: Option<&str>) -> Option<String> {
    let values: Vec<&str> = answer.header_values(name).collect();
    if values.is_empty() {
        return None;
    }
    let value = normalize::header(name, &values, host);
    (!(name == "vary" && value.is_empty())).then_some(value)
}

fn note(name: &str, left: Option<&str>, right: Option<&str>, findings: &mut Findings<'_>) {
    let kind = if name == "set-cookie" { Kind::Cookie } else { Kind::Header };
    let (left, right) = (left.unwrap_or(ABSENT), right.unwrap_or(ABSENT));
    let difference = Difference::new(name, kind, left, right);
    if findings.policy.ignore_headers.iter().any(|ignored| ignored.eq_ignore_ascii_case(name)) {
        findings.tolerate(difference, format!("ignore_headers {name}"));
    } else {
        findings.note(difference);
    }
}

fn content_type(legacy: &Answer, native: &Answer, findings: &mut Findings<'_>) -> bool {
    let (left, right) = (legacy.header("content-type"), native.header("content-type"));
    if left == right || left.map(ContentType::read) == right.map(ContentType::read) {
        return true;
    }
    let (left, right) = (left.unwrap_or(ABSENT), right.unwrap_or(ABSENT));
    let difference = Difference::new("content-type", Kind::ContentType, left, right);
    if findings.policy.ignore_headers.iter().any(|name| name == "content-type") {
        findings.tolerate(difference, "ignore_headers content-type".to_owned());
        true
    } else {
        findings.note(difference);
        false
    }
}
