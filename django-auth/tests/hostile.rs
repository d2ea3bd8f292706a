//! Whatever comes: nothing panics, nothing unsigned is taken, and what is written is read back.

use std::time::Duration;

use django_auth::{
    Keys, Signer, Unsigned, cookie, csrf, jwt,
    session::{self, Backend},
};
use proptest::prelude::*;
use serde_json::json;

const NOW: Duration = Duration::from_secs(1_750_000_000);

fn keys() -> Keys {
    Keys::new("a key that nobody guesses", ["ключ"]).unwrap()
}

proptest! {
    #[test]
    fn nothing_unsigned_is_taken(text in "\\PC{0,200}", header in ".{0,200}") {
        let keys = keys();
        for backend in [Backend::Db, Backend::SignedCookies] {
            prop_assert!(session::read(&keys, backend, &text, None, NOW).is_err());
        }
        prop_assert!(jwt::verify(b"key", &text, NOW).is_err());
        let _ = (cookie::find(&header, "sessionid"), csrf::matches(&text, &header));
    }

    #[test]
    fn a_changed_session_is_no_session(at in 0_usize..400, with in 32_u8..127) {
        let keys = keys();
        let data = json!({"_auth_user_id": "7", "cart": [1, 2, 3]});
        let text = session::write(&keys, Backend::Db, data.as_object().unwrap(), NOW);
        let mut bytes = text.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        let changed = String::from_utf8(bytes).unwrap();
        let read = session::read(&keys, Backend::Db, &changed, None, NOW);
        prop_assert_eq!(read.is_ok(), changed == text);
    }

    #[test]
    fn signed_garbage_is_read_without_a_panic(
        payload in proptest::collection::vec(any::<u8>(), 0..300)
    ) {
        let keys = keys();
        let signer = Signer::new(&keys, "django.contrib.sessions.SessionStore");
        let payload = String::from_utf8_lossy(&payload).into_owned();
        for text in [signer.sign(&payload), signer.sign_at(&payload, NOW)] {
            let _ = session::read(&keys, Backend::Db, &text, Some(NOW), NOW);
        }
    }

    #[test]
    fn what_is_written_is_read(key in "\\PC{1,20}", value in ".{0,60}", packed in any::<bool>()) {
        let signer = Signer::new(&keys(), &key);
        let value = json!({ key: value, "n": [1.5, -3, null, true] });
        let text = signer.dumps(&value, packed, NOW);
        prop_assert_eq!(signer.loads(&text, Some(Duration::ZERO), NOW), Ok(value));
    }
}

/// 12 MiB of zeros pack into 12 KiB, and 40 MiB into 40: the second is refused.
#[test]
fn a_session_that_unfolds_is_bounded() {
    let signer = Signer::new(&keys(), "bomb");
    for (mib, fits) in [(12, true), (40, false)] {
        let text = signer.dumps(&json!("0".repeat(mib << 20)), true, NOW);
        assert!(text.len() < 100_000);
        let read = signer.loads(&text, None, NOW);
        assert_eq!(read.is_ok(), fits, "{mib} MiB");
        assert!(fits || read == Err(Unsigned::TooLarge));
    }
}
