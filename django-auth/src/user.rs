//! Who is logged in, and whether that still holds: the keys `django.contrib.auth` keeps in a
//! session, and the hash that dies with a password.

use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;

use crate::{Keys, keys::digest};

const SALT: &str = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash";

/// What `login()` left in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// `_auth_user_id`: the primary key of the user as text.
    pub user_id: String,
    /// `_auth_user_backend`: a dotted path. Django takes it only while it stands in
    /// `AUTHENTICATION_BACKENDS`.
    pub backend: String,
    /// `_auth_user_hash`: good while it is the hash of the user's password.
    pub hash: String,
}

impl Login {
    /// Reads the three keys; `None` is an anonymous session. A user id may be a number too, as old
    /// code writes it; ids that only Python's `int()` would understand are not taken.
    pub fn of(session: &Map<String, Value>) -> Option<Self> {
        let text = |key| session.get(key).and_then(Value::as_str).map(str::to_owned);
        let user_id = match session.get("_auth_user_id")? {
            Value::String(id) => id.clone(),
            Value::Number(id) if id.is_i64() || id.is_u64() => id.to_string(),
            _ => return None,
        };
        let (backend, hash) = (text("_auth_user_backend")?, text("_auth_user_hash")?);
        (!hash.is_empty()).then_some(Self { user_id, backend, hash })
    }

    /// Whether the hash belongs to this password (the column, not what the user types), by the
    /// current key or by one of the fallbacks.
    pub fn holds(&self, keys: &Keys, password: &str) -> bool {
        let ours = |text: String| bool::from(text.as_bytes().ct_eq(self.hash.as_bytes()));
        keys.macs(b"", SALT).iter().any(|mac| ours(hex(&digest(mac, password))))
    }
}

/// `get_session_auth_hash()` of a user with that password column, by the current key.
pub fn session_auth_hash(keys: &Keys, password: &str) -> String {
    hex(&digest(&keys.macs(b"", SALT)[0], password))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|half| DIGITS[usize::from(half)]);
    bytes.iter().flat_map(digits).map(char::from).collect()
}
