//! Bodies that are neither JSON nor text: equal byte for byte, or one difference with lengths and
//! the place of the first differing byte.

use crate::{Difference, Kind};

/// The difference, if the bodies differ.
pub(super) fn compare(legacy: &[u8], native: &[u8]) -> Option<Difference> {
    if legacy == native {
        return None;
    }
    let at = legacy.iter().zip(native).take_while(|(left, right)| left == right).count();
    let show = |body: &[u8]| match body.get(at) {
        Some(byte) => format!("{} bytes, byte {at} is {byte:#04x}", body.len()),
        None => format!("{} bytes", body.len()),
    };
    Some(Difference::new("body", Kind::Bytes, &show(legacy), &show(native)))
}
