//! A test that cannot run on this machine says so.

use std::io::Write as _;

/// Names what is missing; under `DEV_STRICT=1` that is a failure. Written past the test harness,
/// which would keep the output of a test that passes to itself.
#[track_caller]
pub(crate) fn skip(why: &str) {
    writeln!(std::io::stderr(), "SKIP: {why}").expect("stderr is open");
    let strict = std::env::var_os("DEV_STRICT").is_some_and(|value| value == "1");
    assert!(!strict, "DEV_STRICT=1 and skipped: {why}");
}
