//! Every code has a page, and a pair that leads to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use shadow::Kind;

#[test]
fn every_kind_has_a_code_a_page_and_a_pair() {
    let codes: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), Kind::ALL.len(), "two kinds share a code");
    let told: String = crate::pairs::cases().iter().map(|case| case.expected.clone()).collect();
    for kind in Kind::ALL {
        let code = kind.code();
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("codes/{code}.md"));
        let page = fs::read_to_string(&page).unwrap_or_default();
        assert!(page.starts_with(&format!("# {code}: ")), "{code} has no page");
        assert!(told.contains(&format!("{code} {} at", kind.word())), "no pair leads to {code}");
    }
}
