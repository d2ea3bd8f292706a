//! What holds for all inputs: cohorts, round trips, edits.

use std::fmt::Write as _;

use proptest::prelude::*;
use rules::write::{self, NewFile, NewRoute};
use rules::{
    Bucket, Converter, Head, Identity, MatchText, Method, Router, Share, Source, StageName, edit,
    load,
};

fn share(basis_points: u16) -> Share {
    Share::from_basis_points(basis_points).expect("at most 10,000")
}

proptest! {
    #[test]
    fn raising_the_share_moves_nobody_back(
        user in "[a-z0-9]{1,20}",
        salt in "[a-z]{1,10}",
        low in 0_u16..=10_000,
        more in 0_u16..=10_000,
    ) {
        let high = low.saturating_add(more).min(10_000);
        let bucket = Bucket::of(&salt, Identity::user(&user));
        prop_assert!(!bucket.is_in(share(low)) || bucket.is_in(share(high)));
        prop_assert!(bucket.is_in(Share::ALL) && !bucket.is_in(Share::NONE));
    }

    #[test]
    fn shares_round_trip(basis_points in 0_u16..=10_000) {
        let share = share(basis_points);
        prop_assert_eq!(Share::parse(&share.to_string()), Ok(share));
    }

    #[test]
    fn what_is_written_loads_as_the_same_rules(new in new_file()) {
        let text = write::file(&new);
        prop_assert_eq!(&text, &write::file(&new), "the same input gives the same bytes");
        let ruleset = load(&[Source::new("a.yaml", text.clone())])
            .map_err(|problems| TestCaseError::fail(format!("{problems}\n{text}")))?;
        let written: Vec<(&str, &MatchText)> =
            new.routes.iter().map(|route| (route.name.as_str(), &route.path)).collect();
        let read: Vec<(&str, &MatchText)> = ruleset
            .routes()
            .iter()
            .map(|route| (route.name.as_str(), &route.matching.path))
            .collect();
        prop_assert_eq!(read, written);
        prop_assert!(ruleset.routes().iter().all(|r| r.stage.name() == StageName::Legacy));
    }

    #[test]
    fn an_edit_changes_one_scalar_and_no_byte_besides(
        which in 0_usize..6,
        comment in "[ a-zA-Z0-9#:{}'\"\\[\\],é✓]{0,30}",
        quoted in any::<bool>(),
    ) {
        let text = file_to_edit(&comment, quoted);
        let ruleset = load(&[Source::new("a.yaml", text.clone())])
            .map_err(|problems| TestCaseError::fail(format!("{problems}\n{text}")))?;
        let name = format!("r{which}");
        let edit = edit::set_stage(&ruleset, &name, StageName::Shadow)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let (before, after) = (text.as_bytes(), edit.source.text.as_bytes());
        let front = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        let back =
            before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
        let removed = &text[front..text.len() - back];
        let added = &edit.source.text[front..edit.source.text.len() - back];
        prop_assert!("\"legacy\"".contains(removed), "removed {removed:?}");
        prop_assert!("shadow".contains(added), "added {added:?}");
        let again = load(std::slice::from_ref(&edit.source))
            .map_err(|problems| TestCaseError::fail(problems.to_string()))?;
        for (route, old) in again.routes().iter().zip(ruleset.routes()) {
            let expected =
                if route.name == name { StageName::Shadow } else { old.stage.name() };
            prop_assert_eq!(route.stage.name(), expected);
        }
    }

    #[test]
    fn two_routers_of_the_same_rules_agree(target in "/[a-z0-9%/.-]{0,30}", user in "[0-9]{1,6}") {
        let router = || {
            let text = file_to_edit("", false).replace("stage: legacy", "stage: canary");
            Router::new(load(&[Source::new("a.yaml", text)]).expect("good")).expect("small")
        };
        let (one, other) = (router(), router());
        let head = Head { user: Some(&user), ..Head::new("GET", target.as_bytes()) };
        let (a, b) = (one.decide(&head), other.decide(&head));
        prop_assert_eq!((a.side, a.bucket, a.reason), (b.side, b.bucket, b.reason));
        prop_assert_eq!(a.route.map(|r| &r.name), b.route.map(|r| &r.name));
    }

    #[test]
    fn no_text_makes_loading_panic(text in "[ \\n\\ta-z0-9:{}\\[\\]&*<>|!%@'\"#,.-]{0,200}") {
        let _ = load(&[Source::new("a.yaml", text)]);
    }

    #[test]
    fn no_regex_makes_loading_panic(regex in "[a-c0-2()\\[\\]{}?*+|^$\\\\.<>=!:P,wdsbZ-]{0,40}") {
        let text = format!("routes: [{{name: a, match: {{re_path: '{regex}'}}, stage: legacy}}]");
        let _ = load(&[Source::new("a.yaml", text)]);
    }
}

fn file_to_edit(comment: &str, quoted: bool) -> String {
    let stage = if quoted { "\"legacy\"" } else { "legacy" };
    let mut text = format!("# {comment}\nupstreams:\n  legacy: {{address: \"a:1\"}}\n");
    text.push_str("  n: {address: \"b:1\"}\ncontexts: {c: {upstream: n}}\n");
    text.push_str("defaults: {context: c, canary: {share: 50%}}\nroutes:\n");
    for number in 0..3 {
        _ = writeln!(text, "  # {comment}\n  - name: r{number}   # {comment}");
        _ = writeln!(text, "    match: {{django: \"r{number}/<int:pk>/\"}}");
        _ = writeln!(text, "    stage: {stage} # {comment}");
    }
    for number in 3..6 {
        let path = format!("r{number}/<slug:s>/");
        _ = writeln!(
            text,
            "  - {{stage: {stage}, name: r{number}, match: {{django: \"{path}\"}}}}"
        );
    }
    text
}

fn path() -> impl Strategy<Value = MatchText> {
    let piece = prop_oneof![
        "[a-zA-Z0-9 _.:'\"\\\\é#&*!|>%@`~-]{1,8}".prop_map(|literal| literal),
        Just("<int:pk>".to_owned()),
        Just("<slug>".to_owned()),
        Just("<symbol:x>".to_owned()),
    ];
    prop_oneof![
        proptest::collection::vec(piece, 1..4)
            .prop_map(|pieces| MatchText::Django(format!("a{}", pieces.join("/")))),
        "[a-z0-9/\\\\.]{0,6}"
            .prop_filter("no trailing backslash, no strange escape", |text| !text.contains('\\'))
            .prop_map(|text| MatchText::RePath(format!("^{text}(?P<x>[^/]+)\\.\\w$"))),
        Just(MatchText::LegacyOnly { superset: "^x[\\s\\S]*".into(), reason: "it: \"is\"".into() }),
    ]
}

fn new_file() -> impl Strategy<Value = NewFile> {
    let comment = proptest::option::of("[ -~éß✓]{0,40}");
    let route = (path(), comment).prop_map(|(path, comment)| NewRoute {
        name: String::new(),
        context: Some("true".to_owned()),
        order: None,
        path,
        methods: vec![Method::Get, Method::Post],
        comment,
    });
    proptest::collection::vec(route, 1..6).prop_map(|mut routes| {
        for (number, route) in routes.iter_mut().enumerate() {
            route.name = format!("app:view-{number}");
        }
        NewFile {
            comment: vec!["what this is".to_owned(), String::new()],
            upstreams: vec![("legacy".to_owned(), "127.0.0.1:8000".to_owned())],
            contexts: vec![("true".to_owned(), Some("@team".to_owned()))],
            converters: vec![(
                "symbol".to_owned(),
                Converter { regex: "[A-Z]{1,5}".to_owned(), refuses: true },
            )],
            routes,
        }
    })
}

/// Chi-square over 100 groups of buckets: with 99 degrees of freedom a value above 149 comes up
/// once in a thousand uniform draws. The users are fixed, so this passes always or never.
#[test]
fn buckets_are_uniform() {
    for salt in ["orders", "market_data", "research"] {
        let mut groups = [0_u32; 100];
        for user in 0..200_000 {
            let id = user.to_string();
            let bucket = Bucket::of(salt, Identity::user(&id)).number();
            groups[usize::from(bucket / 100)] += 1;
        }
        let expected = 2_000.0;
        let chi_square: f64 =
            groups.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        assert!(chi_square < 149.0, "{salt}: chi-square {chi_square}");
    }
}

#[test]
fn salts_draw_independent_cohorts() {
    let both = (0..100_000_u32)
        .filter(|user| {
            let id = user.to_string();
            let within = |salt| Bucket::of(salt, Identity::user(&id)).is_in(share(1_000));
            within("orders") && within("users")
        })
        .count();
    assert!((800..1_200).contains(&both), "a tenth of a tenth is about 1,000, not {both}");
}
