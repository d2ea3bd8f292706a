//! Sessions: what stands in `django_session.session_data`, or in the cookie itself.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::{Keys, Signer, Unsigned};

/// Characters of a session key that Django makes: lower-case letters and digits.
pub const KEY_CHARS: usize = 32;

/// Characters a session key has at least to be looked up at all.
pub const KEY_CHARS_MIN: usize = 8;

/// Characters of `django_session.session_key`; a longer key is in no row.
pub const KEY_CHARS_MAX: usize = 40;

/// Where a site keeps its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// `db` and `cached_db`: a row of `django_session`. For `cached_db` the row is the truth; the
    /// cache holds a copy of it.
    Db,
    /// `signed_cookies`: the cookie is the session.
    SignedCookies,
}

impl Backend {
    fn signer(self, keys: &Keys) -> Signer {
        Signer::new(
            keys,
            match self {
                Self::Db => "django.contrib.sessions.SessionStore",
                Self::SignedCookies => "django.contrib.sessions.backends.signed_cookies",
            },
        )
    }
}

/// `SessionStore.encode` at `now` (since 1970).
pub fn write(keys: &Keys, backend: Backend, data: &Map<String, Value>, now: Duration) -> String {
    backend.signer(keys).dumps(&Value::Object(data.clone()), true, now)
}

/// `SessionStore.decode`, or `load` of a signed cookie. For [`Backend::Db`] the age is `None`: the
/// row has an `expire_date`, and a row is good while that is later than now. For
/// [`Backend::SignedCookies`] it is `SESSION_COOKIE_AGE`.
///
/// # Errors
/// Whatever makes Django start an empty session instead; also a session that is no dictionary, on
/// which Django fails later, and one that is larger than [`crate::PAYLOAD_BYTES_MAX`].
pub fn read(
    keys: &Keys,
    backend: Backend,
    text: &str,
    max_age: Option<Duration>,
    now: Duration,
) -> Result<Map<String, Value>, Unsigned> {
    match backend.signer(keys).loads(text, max_age, now)? {
        Value::Object(data) => Ok(data),
        _ => Err(Unsigned::Malformed("a session is a dictionary")),
    }
}

/// Whether a cookie's value may be a key in `django_session`. PostgreSQL has no text with NUL.
pub fn is_key(value: &str) -> bool {
    let chars = value.chars().count();
    (KEY_CHARS_MIN..=KEY_CHARS_MAX).contains(&chars) && !value.contains('\0')
}
