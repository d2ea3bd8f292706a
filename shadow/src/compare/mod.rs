//! The order of questions: status, headers, body. One comparer a file, each a total function.

mod bytes;
mod findings;
mod headers;
mod json;
mod status;
mod text;

use rules::Comparison;

use crate::json::{Fault, Json};
use crate::normalize::{self, ContentType};
use crate::{Answer, Difference, Kind, Verdict, Void, encoding};
use findings::Findings;

/// Compares what the two sides answered to the same request.
pub fn compare(legacy: &Answer, native: &Answer, policy: &Comparison) -> Verdict {
    compare_for(None, legacy, native, policy)
}

/// As [`compare`], knowing the host the client asked for: a redirect to `/cart/` and one to that
/// host's `/cart/` are then the same.
pub fn compare_for(
    host: Option<&str>,
    legacy: &Answer,
    native: &Answer,
    policy: &Comparison,
) -> Verdict {
    if let Some(difference) = status::compare(legacy, native) {
        return Verdict::Different(vec![difference]);
    }
    let mut findings = Findings::new(policy);
    let same_type = headers::compare(legacy, native, host, &mut findings);
    let body = if same_type { body(legacy, native, &mut findings) } else { Ok(()) };
    findings.verdict(body)
}

/// Compares the bodies of two answers of one content type.
fn body(legacy: &Answer, native: &Answer, findings: &mut Findings<'_>) -> Result<(), Void> {
    if legacy.truncated || native.truncated {
        return Err(Void::Truncated);
    }
    let (left, right) = (encoding::decode(legacy)?, encoding::decode(native)?);
    if left == right {
        return Ok(());
    }
    let kind = ContentType::read(legacy.header("content-type").unwrap_or(""));
    let texts = (
        normalize::text(&left, kind.charset.as_deref()),
        normalize::text(&right, kind.charset.as_deref()),
    );
    let (Some(left_text), Some(right_text)) = texts else {
        findings.note_all(bytes::compare(&left, &right));
        return Ok(());
    };
    if kind.is_json() {
        return json_body(&left_text, &right_text, findings);
    }
    if kind.is_text() {
        findings.note_all(text::compare(&left_text, &right_text));
    } else {
        findings.note_all(bytes::compare(&left, &right));
    }
    Ok(())
}

/// Bodies that both claim to be JSON. Where neither is, they are compared as text.
fn json_body(legacy: &str, native: &str, findings: &mut Findings<'_>) -> Result<(), Void> {
    match (crate::json::read(legacy), crate::json::read(native)) {
        (Err(Fault::TooDeep), _) | (_, Err(Fault::TooDeep)) => return Err(Void::TooDeep),
        (Ok(left), Ok(right)) => json::compare(&left, &right, findings),
        (Err(_), Err(_)) => findings.note_all(text::compare(legacy, native)),
        (left, right) => findings.note(malformed(&left, &right)),
    }
    Ok(())
}

fn malformed(legacy: &Result<Json<'_>, Fault>, native: &Result<Json<'_>, Fault>) -> Difference {
    let show = |side: &Result<Json<'_>, Fault>| match side {
        Ok(value) => format!("JSON {}", value.type_word()),
        Err(Fault::Syntax { at }) => format!("not JSON from byte {at} on"),
        Err(Fault::TooDeep) => "too deep".to_owned(),
    };
    Difference::new("body", Kind::Malformed, &show(legacy), &show(native))
}
