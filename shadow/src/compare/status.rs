//! Status codes: equal or not. Another status means another kind of answer, so nothing after it
//! is compared: the bodies would only repeat the news.

use crate::{Answer, Difference, Kind};

/// The difference, if the codes differ.
pub(super) fn compare(legacy: &Answer, native: &Answer) -> Option<Difference> {
    (legacy.status != native.status).then(|| {
        let (legacy, native) = (legacy.status.to_string(), native.status.to_string());
        Difference::new("status", Kind::Status, &legacy, &native)
    })
}
