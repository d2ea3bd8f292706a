//! `docs/limits.md` is written from the constants themselves: name, value, and the comment that
//! says why. `BLESS=1 cargo test -p proxy limits` writes it anew.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const INTRODUCTION: &str = "\
# Limits of outgrow-proxy

Everything that somebody outside can make the proxy spend has a bound, and the bounds are safe as
shipped: none has to be set before the proxy may stand at the edge. This page is written from the
constants in `proxy/src/`; a test compares them. What a route or an upstream may change is said in
the rules (`timeouts`, `connect`, `idle`); command line options are in `outgrow-proxy --help`.

What happens at a limit: a head gets 400, 417 or 431, a body or a trickle is cut, a side that
breaks one is answered for with 502 or 504. Each is counted (`outgrow_proxy_refused_total`,
`..._slow_heads_total`, `..._slow_bodies_total`, `..._access_log_dropped_total`,
`..._ledger_failed_total`) and has a line in the access log with its reason.

Memory is at most ten times what a client sends: the largest thing held for a request is a body of
64 KiB, and those together have a bound of their own.

When every connection is taken and another client wants in, those that have no request under way
make room, the one that rested longest first (`outgrow_proxy_idle_closed_total`). A busy one is
never closed for that; while all are busy the kernel keeps the others waiting.

A ledger that cannot be written, because the disk is full or the rights are missing, costs verdicts
and no answers, at the start of the proxy as well: one batch of `BATCH_MAX` waits, what comes beyond
it is counted, and the batch is written within a second after it can be. Meanwhile
`outgrow_proxy_ledger_refuses` is 1.

What breaks the rules of HTTP/2 ends its stream or its connection. Where RFC 9113 has a special code
for it, such as FRAME_SIZE_ERROR, the library says the general PROTOCOL_ERROR, which section 7 makes
stand for any of them. A request whose fields are malformed has an answer of 400 before its stream
ends, as section 8.1.1 allows.

Trailers (RFC 9110 section 6.5) pass from a side that speaks HTTP/2 to a client that does, as gRPC
needs. Everywhere else they end here, which section 6.5.1 allows: the library reads and writes none
in HTTP/1.1. In both directions they are checked by the grammar and bounded before they are dropped.
";

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A constant's value as a reader wants it: `Duration::from_secs(10)` is `10 s`.
fn value(expression: &str) -> String {
    let units = [
        ("Duration::from_millis(", "ms"),
        ("Duration::from_secs(", "s"),
        ("Duration::from_mins(", "min"),
        ("Duration::from_hours(", "h"),
    ];
    let spoken = units.iter().find_map(|(call, unit)| {
        let number = expression.strip_prefix(call)?.strip_suffix(')')?;
        Some(format!("{} {unit}", number.replace('_', ",")))
    });
    spoken.unwrap_or_else(|| expression.replace('_', ",").replace('*', "\u{d7}"))
}

/// Name, value and reason of each limit in a file.
fn limits(source: &str) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    let mut comment = String::new();
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            let _ = write!(comment, "{words}");
            continue;
        }
        let declared = line.trim_start_matches("pub(crate) ").strip_prefix("const ");
        if let Some((name, rest)) = declared.and_then(|line| line.split_once(": ")) {
            let bounds = name.ends_with("_MAX") || name.ends_with("_MIN");
            if let Some((_, expression)) = rest.split_once(" = ").filter(|_| bounds) {
                let plain = comment.trim().replace("[`", "`").replace("`]", "`");
                found.push([name.to_owned(), value(expression.trim_end_matches(';')), plain]);
            }
        }
        comment.clear();
    }
    found
}

fn page() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut page = INTRODUCTION.to_owned();
    for file in sources(&root) {
        let limits = limits(&fs::read_to_string(&file).unwrap());
        if limits.is_empty() {
            continue;
        }
        let name = file.strip_prefix(&root).unwrap().display();
        let _ = write!(page, "\n## `{name}`\n\n| limit | value | why |\n|---|---|---|\n");
        for [name, value, why] in limits {
            assert!(!why.is_empty(), "{name} says no reason");
            let _ = writeln!(page, "| `{name}` | {value} | {why} |");
        }
    }
    page
}

#[test]
fn the_page_of_limits_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/limits.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let said = "docs/limits.md is old: BLESS=1 cargo test -p proxy limits";
    assert!(written == page, "{said}");
    assert!(page.contains("| `HEAD_TIME_MAX` | 10 s | From the first byte of a head"));
}
