//! Text bodies: compared line by line after line ends are made equal; the first differing line
//! is shown. HTML is text here; it gets its own comparer when forms are mirrored.

use crate::{ABSENT, Difference, Kind};

/// The difference, if the texts differ.
pub(super) fn compare(legacy: &str, native: &str) -> Option<Difference> {
    let (mut left, mut right) = (legacy.lines(), native.lines());
    let mut number = 0_usize;
    loop {
        number += 1;
        match (left.next(), right.next()) {
            (None, None) => return None,
            (left, right) if left == right => {}
            (left, right) => {
                let show = |line: Option<&str>| match line {
                    Some(line) => format!("line {number} {:?}", line.trim()),
                    None => ABSENT.to_owned(),
                };
                return Some(Difference::new("body", Kind::Text, &show(left), &show(right)));
            }
        }
    }
}
