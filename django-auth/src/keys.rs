//! `SECRET_KEY` and its fallbacks: wiped from memory when dropped, never printed.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Fallback keys. Each costs one HMAC for every forged signature; a site that rotates monthly and
/// keeps sessions for a year needs 12.
pub const FALLBACKS_MAX: usize = 16;

/// A site's secret keys, the one that signs first.
#[derive(Clone)]
pub struct Keys(Vec<Zeroizing<Vec<u8>>>);

/// Why keys were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Django refuses an empty `SECRET_KEY` too, but would take an empty fallback for a key.
    #[error("a secret key is empty: anybody could sign with it")]
    Empty,
    /// More than [`FALLBACKS_MAX`].
    #[error("more than {FALLBACKS_MAX} fallback keys: remove the oldest")]
    TooMany,
}

impl Keys {
    /// The key that signs, and those whose signatures are still good. Text is taken as UTF-8, as
    /// Django's `force_bytes` does.
    ///
    /// # Errors
    /// An empty key, or more than [`FALLBACKS_MAX`] fallbacks.
    pub fn new<F: Into<Vec<u8>>>(
        current: impl Into<Vec<u8>>,
        fallbacks: impl IntoIterator<Item = F>,
    ) -> Result<Self, BadKey> {
        let mut keys = vec![Zeroizing::new(current.into())];
        keys.extend(fallbacks.into_iter().map(|key| Zeroizing::new(key.into())));
        if keys.iter().any(|key| key.is_empty()) {
            return Err(BadKey::Empty);
        }
        if keys.len() - 1 > FALLBACKS_MAX {
            return Err(BadKey::TooMany);
        }
        Ok(Self(keys))
    }

    /// `salted_hmac(salt, _, key, algorithm="sha256")` for every key, each behind `prefix`.
    pub(crate) fn macs(&self, prefix: &[u8], salt: &str) -> Vec<Hmac<Sha256>> {
        self.0.iter().map(|key| salted(prefix, key, salt)).collect()
    }

    /// A key for a purpose of its own, as bytes: SHA-256 over salt and the current key, which is
    /// what Django derives before each HMAC.
    pub fn derive(&self, salt: &str) -> Zeroizing<[u8; 32]> {
        derived(b"", &self.0[0], salt)
    }
}

/// `hashlib.sha256(key_salt + secret).digest()`, the first half of `salted_hmac`.
fn derived(prefix: &[u8], key: &[u8], salt: &str) -> Zeroizing<[u8; 32]> {
    let hasher = Sha256::new().chain_update(salt).chain_update(prefix).chain_update(key);
    Zeroizing::new(hasher.finalize().into())
}

fn salted(prefix: &[u8], key: &[u8], salt: &str) -> Hmac<Sha256> {
    let derived = derived(prefix, key, salt);
    Hmac::new_from_slice(&derived[..]).expect("HMAC takes a key of any length")
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Keys({} secret)", self.0.len())
    }
}

/// `salted_hmac(...).digest()` of a text with one key.
pub(crate) fn digest(mac: &Hmac<Sha256>, text: &str) -> [u8; 32] {
    mac.clone().chain_update(text).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_never_printed() {
        let keys = Keys::new("canary-1", ["canary-2"]).unwrap();
        let printed = format!("{keys:?} {:#?}", crate::Signer::new(&keys, "salt"));
        assert!(!printed.contains("canary") && !printed.contains("99, 97"), "{printed}");
    }

    #[test]
    fn no_key_is_empty_and_their_number_is_bounded() {
        assert_eq!(Keys::new("", [""; 0]).unwrap_err(), BadKey::Empty);
        assert_eq!(Keys::new("a", [""]).unwrap_err(), BadKey::Empty);
        assert!(Keys::new("a", ["b"; FALLBACKS_MAX]).is_ok());
        assert_eq!(Keys::new("a", ["b"; FALLBACKS_MAX + 1]).unwrap_err(), BadKey::TooMany);
    }
}
