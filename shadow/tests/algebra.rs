//! Laws for all JSON documents: equal to itself however it is written, symmetric, and no change
//! goes unnoticed.

use proptest::prelude::*;
use rules::Comparison;
use shadow::{Answer, Difference, Kind, Verdict, compare};

/// A document, as a tree that can be written in more than one way.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        Just(Tree::Null),
        any::<bool>().prop_map(Tree::Bool),
        (-3..3_i64).prop_map(Tree::Number),
        any::<i64>().prop_map(Tree::Number),
        "[a-c\"\\\\\u{e9}\u{2028}\u{1f600}\n]{0,4}".prop_map(Tree::Text),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Tree::Array),
            prop::collection::btree_map("[a-e]{1,2}", inner, 0..5)
                .prop_map(|map| Tree::Object(map.into_iter().collect())),
        ]
    })
}

impl Tree {
    /// Compact, as DRF writes.
    fn plain(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(text) => serde_json::to_string(text).expect("text serializes"),
            Self::Array(items) => {
                format!("[{}]", items.iter().map(Self::plain).collect::<Vec<_>>().join(","))
            }
            Self::Object(members) => {
                let member = |(key, value): &(String, Self)| format!("\"{key}\":{}", value.plain());
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// The same document spaced, escaped, keys reversed, numbers with a fraction.
    fn odd(&self) -> String {
        match self {
            Self::Null | Self::Bool(_) => self.plain(),
            Self::Number(value) => format!("{value}.00e0"),
            Self::Text(text) => {
                let units = text.encode_utf16().map(|unit| format!("\\u{unit:04X}"));
                format!("\"{}\"", units.collect::<String>())
            }
            Self::Array(items) => {
                format!("[ {} ]", items.iter().map(Self::odd).collect::<Vec<_>>().join(" ,\n"))
            }
            Self::Object(members) => {
                let member = |(key, value): &(String, Self)| format!("\"{key}\" : {}", value.odd());
                format!("{{ {} }}", members.iter().rev().map(member).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn answer(body: &str) -> Answer {
    let json = ("Content-Type".to_owned(), "application/json".to_owned());
    Answer { status: 200, headers: vec![json], body: body.as_bytes().to_vec(), truncated: false }
}

fn verdict(legacy: &str, native: &str) -> Verdict {
    compare(&answer(legacy), &answer(native), &Comparison::default())
}

/// A verdict as seen from the other side.
fn mirrored(verdict: Verdict) -> Vec<Difference> {
    let Verdict::Different(list) = verdict else { return Vec::new() };
    let mut list: Vec<Difference> = list
        .into_iter()
        .map(|one| Difference {
            kind: match one.kind {
                Kind::Missing => Kind::Extra,
                Kind::Extra => Kind::Missing,
                kind => kind,
            },
            legacy: one.native,
            native: one.legacy,
            path: one.path,
        })
        .collect();
    list.sort_by(|left, right| left.path.cmp(&right.path).then(left.kind.cmp(&right.kind)));
    list
}

proptest! {
    #[test]
    fn a_document_is_the_same_however_it_is_written(tree in tree()) {
        prop_assert_eq!(verdict(&tree.plain(), &tree.odd()), Verdict::Same);
    }

    #[test]
    fn the_other_side_sees_the_mirror_image(left in tree(), right in tree()) {
        let (left, right) = (left.plain(), right.plain());
        let (there, back) = (verdict(&left, &right), verdict(&right, &left));
        prop_assert_eq!(there.word(), back.word());
        if let Verdict::Different(list) = &there && list.len() < shadow::DIFFERENCES_MAX {
            let mut list = list.clone();
            list.sort_by(|left, right| left.path.cmp(&right.path).then(left.kind.cmp(&right.kind)));
            // Orders are told in one way, whichever side is which.
            let orders = list.iter().any(|one| one.kind == Kind::Order);
            prop_assert!(orders || mirrored(back) == list);
        }
    }

    #[test]
    fn no_change_goes_unnoticed(left in tree(), right in tree()) {
        let same = verdict(&left.plain(), &right.plain()) == Verdict::Same;
        prop_assert_eq!(same, left == right);
    }

    #[test]
    fn no_bytes_make_it_fail(
        left in "\\PC{0,40}",
        right in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let right = Answer { body: right, ..answer("") };
        let policy = Comparison::default();
        let there = compare(&answer(&left), &right, &policy);
        prop_assert_eq!(there.word(), compare(&right, &answer(&left), &policy).word());
    }
}
