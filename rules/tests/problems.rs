//! Every problem code: its page, and a case under `cases/problems/` that triggers it. The expected
//! text beside the case is what a user sees; `BLESS=1 cargo test` writes it anew.

use std::fs;
use std::path::{Path, PathBuf};

use rules::{Code, MatchText, Problem, Problems, Source, Views, check, folder, load, load_with};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn sources_of(case: &Path) -> Vec<Source> {
    let mut sources: Vec<Source> = folder::sources(case)
        .expect("the case is in the repository")
        .into_iter()
        .map(|source| {
            let name = Path::new(&source.path).file_name().expect("a file").to_string_lossy();
            Source::new(name.into_owned(), source.text)
        })
        .collect();
    if !sources.iter().any(|source| source.path == "platform.yaml") {
        let text = fs::read_to_string(cases().join("platform.yaml")).expect("it is there");
        sources.push(Source::new("platform.yaml", text));
    }
    sources
}

/// What a user is told: the errors, or the warnings of rules that load.
fn problems_of(case: &Path) -> Problems {
    let sources = sources_of(case);
    let django = |text: &str| MatchText::Django(text.to_owned());
    let views = Views::from_iter([
        ("orders:detail", django("api/orders/<int:pk>/")),
        ("orders:list", django("api/orders/")),
        ("orders:export", django("api/orders/csv/")),
        ("orders:export", django("api/orders/<int:year>.csv")),
    ]);
    match load_with(&sources, &views) {
        Ok(ruleset) => Problems::new(ruleset.warnings().to_vec(), sources),
        Err(problems) => problems,
    }
}

#[expect(clippy::disallowed_methods, reason = "BLESS=1 asks for new expectations")]
pub(crate) fn blessing() -> bool {
    std::env::var("BLESS").as_deref() == Ok("1")
}

#[test]
fn every_case_is_told_as_expected() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for case in fs::read_dir(cases().join("problems")).expect("the folder is there") {
        let case = case.expect("an entry").path();
        let code = case.file_name().expect("a name").to_string_lossy().into_owned();
        let problems = problems_of(&case);
        let codes: Vec<&str> = problems.as_slice().iter().map(|p| p.code.as_str()).collect();
        assert!(codes.contains(&code.as_str()), "{code} is not triggered by its case: {codes:?}");
        let expected = case.join("expected.txt");
        let told = problems.render(false);
        if blessing() {
            fs::write(&expected, &told).expect("the case can be written");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != told {
            wrong.push(format!("{code}:\n{told}"));
        }
        seen += 1;
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
    assert!(seen >= 28, "only {seen} cases were found");
}

#[test]
fn every_code_has_a_page_and_a_case() {
    let sections = ["## What it means", "## Why it matters", "## Example", "## What to do"];
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {code}: ")), "{code} has no title");
        for section in sections {
            assert!(page.contains(section), "the page of {code} has no {section}");
        }
        assert_eq!(Code::parse(code.as_str()), Some(*code));
        // These answer a command that was told more than the rules: `desk.rs` has their cases.
        let elsewhere = [
            Code::UNCOVERED_ENDPOINT,
            Code::UNREADABLE,
            Code::ROUTE_CHANGED,
            Code::WHERE_IT_GOES,
            Code::STAGE_MOVED,
            Code::NO_OWNER,
            Code::LOST_IN_EXPORT,
        ]
        .contains(code);
        assert!(
            elsewhere || cases().join("problems").join(code.as_str()).is_dir(),
            "{code} has no case"
        );
    }
    let pages = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("codes"));
    assert_eq!(pages.expect("the folder is there").count(), Code::ALL.len());
}

/// One run tells a misspelt stage, a method that is none, and that two other routes conflict; what
/// could not be read is neither compared nor missed by the tests that name it.
#[test]
fn one_run_reports_every_problem() {
    let file = |path: &str, text: &str| Source::new(path, text);
    let sources = [
        file(
            "a.yaml",
            concat!(
                "upstreams: {legacy: {address: \"127.0.0.1:1\"}}\n",
                "contexts: {a: {owner: \"@a\"}}\n",
                "defaults: {context: a}\n",
                "routes:\n",
                "  - {name: a.typo, match: {django: \"typo/\"}, stage: shaddow}\n",
                "  - {name: a.get, match: {django: \"x/\", methods: [GETT]}, stage: legacy}\n",
                "  - {name: a.any, match: {django: \"api/<slug:s>/\"}, stage: legacy}\n",
                "tests:\n",
                "  - {request: {path: /typo/}, expect: {route: a.typo}}\n",
            ),
        ),
        file(
            "b.yaml",
            concat!(
                "contexts: {b: {owner: \"@b\"}}\n",
                "defaults: {context: b}\n",
                "routes:\n",
                "  - {name: b.post, match: {django: \"x/\", methods: [POST]}, stage: legacy}\n",
                "  - {name: b.one, match: {django: \"api/users/\"}, stage: legacy}\n",
            ),
        ),
    ];
    let problems = load(&sources).expect_err("three things are wrong");
    let told: Vec<String> = problems.as_slice().iter().map(Problem::concise).collect();
    let codes: Vec<&str> = problems.as_slice().iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes.len(), 3, "{told:#?}");
    assert!(codes.contains(&Code::CONFLICT.as_str()), "{told:#?}");
}

#[test]
fn good_rules_have_no_problem() {
    let ruleset = load(&sources_of(&cases().join("good"))).expect("good rules load");
    assert_eq!(ruleset.warnings(), []);
}

#[test]
fn an_endpoint_that_no_rule_covers_is_named() {
    let ruleset = load(&sources_of(&cases().join("good"))).expect("good rules load");
    let django = |text: &str| MatchText::Django(text.to_owned());
    let map = Views::from_iter([
        ("orders:list", django("api/orders/")),
        ("market:detail", django("api/market/instruments/<int:id>/")),
        ("orders:export", django("api/orders/export/")),
    ]);
    let problems = check::uncovered(&ruleset, &map);
    let told: Vec<String> = problems.iter().map(Problem::concise).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("RU024") && told[0].contains("orders:export"), "{told:?}");
}

#[test]
fn a_folder_that_cannot_be_read_says_why() {
    let told = |path: &Path| {
        let error = folder::sources(path).expect_err("there is nothing to read");
        Problem::from(error).concise()
    };
    let missing = told(&cases().join("nowhere"));
    assert!(missing.starts_with("RU030 cannot read") && missing.contains("nowhere"), "{missing}");
    let file = told(&cases().join("platform.yaml"));
    assert!(file.contains("is not a folder"), "{file}");
    let empty = told(&cases().join("problems"));
    assert!(empty.contains("holds no .yaml"), "{empty}");
}

#[test]
fn a_mounted_config_map_is_read_once() {
    let root = std::env::temp_dir().join(format!("outgrow-rules-{}", std::process::id()));
    let data = root.join("..2026_05_01");
    fs::create_dir_all(&data).expect("the temporary folder can be written");
    fs::write(data.join("rules.yaml"), "upstreams: {legacy: {address: \"a:1\"}}\n").expect("write");
    std::os::unix::fs::symlink("..2026_05_01", root.join("..data")).expect("link");
    std::os::unix::fs::symlink("..data/rules.yaml", root.join("rules.yaml")).expect("link");
    std::os::unix::fs::symlink("loop.yaml", root.join("loop.yaml")).expect("link");
    let error = folder::sources(&root).expect_err("a loop of links cannot be read");
    assert!(error.to_string().contains("loop.yaml"), "{error}");
    fs::remove_file(root.join("loop.yaml")).expect("remove");
    let sources = folder::sources(&root).expect("the folder is there");
    fs::remove_dir_all(&root).expect("the temporary folder can be removed");
    assert_eq!(sources.len(), 1);
    assert!(load(&sources).is_ok());
}
