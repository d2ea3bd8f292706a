//! The house law, as a test: what ARCHITECTURE.md promises, read off the tree and off
//! `cargo metadata` on every plain `cargo test`. Each law is one `#[test]`; each failure names
//! every offender, so that one run is enough to put the house in order.

#![expect(clippy::panic, reason = "a test tells what it found by failing")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Lines a file may have: what a reader can hold as one thought.
const FILE_LINES_MAX: usize = 600;
/// Lines a function may have, signature and braces included.
const FUNCTION_LINES_MAX: usize = 70;
/// Columns a line may have: two files side by side on a laptop.
const LINE_COLUMNS_MAX: usize = 100;

/// Who may depend on whom among our crates: the drawing in ARCHITECTURE.md.
const EDGES: &[(&str, &[&str])] = &[
    ("rules", &[]),
    ("shadow", &["rules"]),
    ("ledger", &["rules", "shadow"]),
    ("analyzer", &["rules"]),
    ("proxy", &["rules", "shadow", "ledger", "django-auth"]),
    ("outgrow", &["rules", "shadow", "ledger", "analyzer"]),
    ("kit", &["django-auth"]),
    ("market-data", &["kit", "django-auth"]),
    ("django-auth", &[]),
];

/// What must never be linked into a program or a room, however indirectly.
const NEVER_LINKED: &[(&str, &[&str])] = &[
    ("shadow", &["tokio", "hyper", "pingora", "rusqlite"]),
    ("rules", &["tokio", "hyper", "pingora", "rusqlite"]),
    ("django-auth", &["tokio", "hyper", "pingora", "rusqlite", "rules"]),
    ("analyzer", &["tokio", "hyper", "pingora"]),
    ("outgrow", &["pingora", "pingora-core", "hyper"]),
    ("proxy", &["ruff_python_parser", "sqlparser"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("cli/ lies in the workspace").to_owned()
}

/// Files git knows or would add, relative to the root, with `/`.
fn tracked(endings: &[&str]) -> Vec<String> {
    let listing = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files of the checkout");
    let listing = String::from_utf8(listing.stdout).expect("our file names are UTF-8");
    let mut files: Vec<String> = listing
        .lines()
        .filter(|name| endings.iter().any(|ending| name.ends_with(ending)))
        .filter(|name| root().join(name).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no file ends with {endings:?}: is this a checkout?");
    files
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// Written by a tool (Django's makemigrations, the catalogue's generator, schemars, a lock file);
/// each kind has a test that runs its generator again.
fn generated(name: &str) -> bool {
    name.contains("/migrations/") || name.starts_with("analyzer/catalogue/") && !is_generator(name)
}

fn is_generator(name: &str) -> bool {
    name.ends_with("generate.py") || name.ends_with("README.md")
}

fn no_offenders(law: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{law}\n  {}", offenders.join("\n  "));
}

fn metadata(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("cargo metadata has `{key}`"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("cargo metadata has the list `{key}`"))
}

#[test]
fn crate_edges_are_the_drawing() {
    let metadata = metadata(&["--no-deps"]);
    let mut offenders = Vec::new();
    for package in list(&metadata, "packages") {
        let name = text(package, "name");
        let Some((_, allowed)) = EDGES.iter().find(|(from, _)| *from == name) else {
            offenders.push(format!("{name}: not in the drawing"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let to = text(dependency, "name");
            if dependency["path"].is_string() && !allowed.contains(&to) {
                offenders.push(format!("{name} -> {to}"));
            }
        }
    }
    no_offenders("crate edges outside ARCHITECTURE.md's drawing", &offenders);
}

/// Names of the normal dependencies that `package` links, however indirectly.
fn closure(metadata: &Value, package: &str) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"], "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let names: BTreeMap<&str, &str> = list(metadata, "packages")
        .iter()
        .map(|package| (text(package, "id"), text(package, "name")))
        .collect();
    let start = names.iter().find(|(_, name)| **name == package).map(|(id, _)| *id);
    let mut todo: Vec<&str> = start.into_iter().collect();
    let mut seen: BTreeSet<&str> = todo.iter().copied().collect();
    while let Some(id) = todo.pop() {
        for dependency in list(nodes[id], "deps") {
            let normal = list(dependency, "dep_kinds").iter().any(|kind| kind["kind"].is_null());
            let next = text(dependency, "pkg");
            if normal && seen.insert(next) {
                todo.push(next);
            }
        }
    }
    seen.iter().map(|id| names[id].to_owned()).collect()
}

#[test]
fn programs_link_only_what_their_place_allows() {
    let metadata = metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let mut offenders = Vec::new();
    for (package, never) in NEVER_LINKED {
        let linked = closure(&metadata, package);
        assert!(linked.contains(*package), "{package} is not a member of the workspace");
        for banned in never.iter().filter(|banned| linked.contains(**banned)) {
            offenders.push(format!("{package} links {banned}"));
        }
    }
    no_offenders("a program links what belongs to another place", &offenders);
}

#[test]
fn files_and_lines_are_short() {
    let mut offenders = Vec::new();
    for name in tracked(&[".rs", ".py", ".sh", "dev"]) {
        if generated(&name) {
            continue;
        }
        let source = read(&name);
        let lines = source.lines().count();
        if lines > FILE_LINES_MAX {
            offenders.push(format!("{name}: {lines} lines (at most {FILE_LINES_MAX})"));
        }
        for (index, line) in source.lines().enumerate() {
            let columns = line.chars().count();
            if columns > LINE_COLUMNS_MAX {
                offenders.push(format!("{name}:{}: {columns} columns", index + 1));
            }
        }
    }
    no_offenders("too long", &offenders);
}

#[test]
fn python_functions_are_short() {
    let mut offenders = Vec::new();
    for name in tracked(&[".py"]) {
        if generated(&name) {
            continue;
        }
        let source = read(&name);
        let lines: Vec<&str> = source.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            if !line.trim_start().starts_with("def ") {
                continue;
            }
            let body_end = lines[start + 1..]
                .iter()
                .position(|next| {
                    let text = next.trim_start();
                    !text.is_empty() && !text.starts_with(')') && next.len() - text.len() <= indent
                })
                .map_or(lines.len(), |offset| start + 1 + offset);
            if body_end - start > FUNCTION_LINES_MAX {
                offenders.push(format!("{name}:{}: {} lines", start + 1, body_end - start));
            }
        }
    }
    no_offenders("Python functions over 70 lines", &offenders);
}

/// Walks one Rust file and notes what breaks the law.
struct Inspector<'a> {
    name: &'a str,
    in_test: bool,
    offenders: Vec<String>,
}

impl Inspector<'_> {
    fn note(&mut self, span: proc_macro2::Span, what: &str) {
        self.offenders.push(format!("{}:{}: {what}", self.name, span.start().line));
    }

    fn length(&mut self, sig: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line + 1 - sig.span().start().line;
        if lines > FUNCTION_LINES_MAX {
            self.note(sig.span(), &format!("fn {} has {lines} lines", sig.ident));
        }
    }

    fn errors_section(
        &mut self,
        vis: &syn::Visibility,
        attrs: &[syn::Attribute],
        sig: &syn::Signature,
    ) {
        let returns_result = match &sig.output {
            syn::ReturnType::Type(_, kind) => names_result(kind),
            syn::ReturnType::Default => false,
        };
        let public = matches!(vis, syn::Visibility::Public(_));
        if public && returns_result && !self.in_test && !docs(attrs).contains("# Errors") {
            self.note(sig.span(), &format!("pub fn {} has no `# Errors`", sig.ident));
        }
    }
}

fn names_result(kind: &syn::Type) -> bool {
    let syn::Type::Path(path) = kind else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Result")
}

fn docs(attrs: &[syn::Attribute]) -> String {
    let mut text = String::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        if let syn::Meta::NameValue(pair) = &attr.meta
            && let syn::Expr::Lit(literal) = &pair.value
            && let syn::Lit::Str(line) = &literal.lit
        {
            text.push_str(&line.value());
            text.push('\n');
        }
    }
    text
}

fn is_test(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("cfg")
            && attr.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

impl<'ast> Visit<'ast> for Inspector<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let outer = self.in_test;
        self.in_test |= is_test(&item.attrs);
        visit::visit_item_mod(self, item);
        self.in_test = outer;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.length(&item.sig, &item.block);
        self.errors_section(&item.vis, &item.attrs, &item.sig);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.length(&item.sig, &item.block);
        self.errors_section(&item.vis, &item.attrs, &item.sig);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if item.ident.to_string().ends_with("_MAX") && docs(&item.attrs).trim().len() < 20 {
            self.note(item.ident.span(), &format!("{} states no unit and reason", item.ident));
        }
        visit::visit_item_const(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if !self.in_test && call.method == "expect" && !states_an_invariant(call) {
            self.note(call.method.span(), "expect() does not state its invariant");
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn states_an_invariant(call: &syn::ExprMethodCall) -> bool {
    match call.args.first() {
        Some(syn::Expr::Lit(literal)) => match &literal.lit {
            syn::Lit::Str(text) => text.value().split_whitespace().count() >= 3,
            _ => true,
        },
        _ => true,
    }
}

#[test]
fn functions_are_short_and_say_how_they_fail() {
    let mut offenders = Vec::new();
    for name in tracked(&[".rs"]) {
        let file = syn::parse_file(&read(&name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let in_test = name.contains("/tests/") || name.contains("/benches/");
        let mut inspector = Inspector { name: &name, in_test, offenders: Vec::new() };
        inspector.visit_file(&file);
        offenders.append(&mut inspector.offenders);
    }
    no_offenders("functions, limits and expects", &offenders);
}

#[test]
fn every_file_says_what_it_is_for() {
    let offenders: Vec<String> =
        tracked(&[".rs"]).into_iter().filter(|name| !read(name).starts_with("//! ")).collect();
    no_offenders("files that do not open with `//!`", &offenders);
}

/// Files that `mod name;` in `source`, which stands at `at`, can mean.
fn declared_modules(at: &Path, source: &str) -> Vec<PathBuf> {
    let stem = at.file_stem().and_then(|stem| stem.to_str()).expect("a Rust file has a name");
    let folder = at.parent().expect("a Rust file lies in a folder");
    let mut found = Vec::new();
    for line in source.lines() {
        let line = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
            for inside in [folder.to_owned(), folder.join(stem)] {
                found.push(inside.join(format!("{name}.rs")));
                found.push(inside.join(name).join("mod.rs"));
            }
        }
    }
    found
}

#[test]
fn no_file_is_an_orphan() {
    let mut reached: BTreeSet<PathBuf> = BTreeSet::new();
    let mut todo: Vec<PathBuf> = Vec::new();
    for package in list(&metadata(&["--no-deps"]), "packages") {
        for target in list(package, "targets") {
            todo.push(PathBuf::from(text(target, "src_path")));
        }
    }
    while let Some(path) = todo.pop() {
        if let Ok(source) = fs::read_to_string(&path)
            && reached.insert(path.clone())
        {
            todo.extend(declared_modules(&path, &source));
        }
    }
    let offenders: Vec<String> = tracked(&[".rs"])
        .into_iter()
        .filter(|name| !reached.contains(&root().join(name)))
        .collect();
    no_offenders("Rust files that no crate reaches", &offenders);
}

#[test]
fn no_debt_and_no_muted_lints() {
    // Spelled apart, so that this file does not accuse itself.
    let banned = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["XX", "X:"].concat(),
        ["#[al", "low("].concat(),
        ["#![al", "low("].concat(),
    ];
    let mut offenders = Vec::new();
    for name in tracked(&[".rs", ".py", ".sh", "dev"]) {
        for (index, line) in read(&name).lines().enumerate() {
            if let Some(word) = banned.iter().find(|word| line.contains(word.as_str())) {
                offenders.push(format!("{name}:{}: {word}", index + 1));
            }
        }
    }
    no_offenders("debt left in the tree", &offenders);
}

/// Rooms that emit problem codes, and the letters of their codes.
const ROOM_CODES: &[(&str, &str)] =
    &[("analyzer", "AN"), ("cli", "DR"), ("rules", "RU"), ("shadow", "SH")];
/// What the page of a problem code must tell.
const PAGE_HEADINGS: &[&str] =
    &["## What it means", "## Why it matters", "## Example", "## What to do"];

/// Problem codes that a room's sources emit: two letters of the room and three digits in quotes.
fn emitted_codes(room: &str, letters: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for name in tracked(&[".rs"]).iter().filter(|name| name.starts_with(&format!("{room}/src/"))) {
        let source = read(name);
        for (at, _) in source.match_indices(&format!("\"{letters}")) {
            let code: String = source[at + 1..].chars().take(5).collect();
            let closed = source[at + 1..].chars().nth(5) == Some('"');
            if closed && code[2..].chars().all(|digit| digit.is_ascii_digit()) {
                codes.insert(code);
            }
        }
    }
    codes
}

#[test]
fn every_problem_code_has_a_page_and_a_fixture() {
    let mut offenders = Vec::new();
    for (room, letters) in ROOM_CODES {
        let tests: String = tracked(&[""])
            .iter()
            .filter(|name| name.starts_with(&format!("{room}/tests/")))
            .filter_map(|name| fs::read_to_string(root().join(name)).ok())
            .collect();
        let emitted = emitted_codes(room, letters);
        for code in &emitted {
            let page = fs::read_to_string(root().join(format!("{room}/codes/{code}.md")));
            let page = page.unwrap_or_default();
            if !page.starts_with(&format!("# {code}: ")) {
                offenders.push(format!("{code}: no page {room}/codes/{code}.md"));
            }
            for heading in PAGE_HEADINGS {
                if !page.contains(heading) {
                    offenders.push(format!("{code}: its page has no `{heading}`"));
                }
            }
            if !tests.contains(code.as_str()) {
                offenders.push(format!("{code}: no fixture under {room}/tests/ triggers it"));
            }
        }
        for page in tracked(&[".md"]) {
            let folder = format!("{room}/codes/");
            let code = page.strip_prefix(&folder).and_then(|name| name.strip_suffix(".md"));
            if code.is_some_and(|code| !emitted.contains(code)) {
                offenders.push(format!("{page}: nothing emits this code"));
            }
        }
    }
    no_offenders("problem codes", &offenders);
}
