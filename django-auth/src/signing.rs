//! `django.core.signing`: a text, a timestamp and an HMAC, separated by colons.

use std::time::Duration;

use hmac::Hmac;
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::{Keys, encoding, json, keys::digest};

/// Bytes of a signed text. A cookie has 4 KiB; the largest session we heard of had 600 KB. Django
/// has no limit of its own, its database has.
pub const SIGNED_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Bytes of a payload after decompression: a signed text of 4 MiB could unfold to 4 GiB.
pub const PAYLOAD_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Why a signed text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// No key made this signature with this salt, or there is none.
    #[error("the signature is not ours")]
    BadSignature,
    /// Signed too long ago. A signature from the future is not expired, as in Django.
    #[error("the signature has expired")]
    Expired,
    /// The signature is good and what it signs is not what Django writes.
    #[error("the signed text is malformed: {0}")]
    Malformed(&'static str),
    /// Over [`SIGNED_BYTES_MAX`] or [`PAYLOAD_BYTES_MAX`]. Django would read it.
    #[error("the signed text is larger than we read")]
    TooLarge,
}

/// `Signer` and `TimestampSigner` with one salt, prepared for repeated use.
#[derive(Clone)]
pub struct Signer(Vec<Hmac<Sha256>>);

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer")
    }
}

impl Signer {
    /// `Signer(salt=salt)`.
    pub fn new(keys: &Keys, salt: &str) -> Self {
        Self::with_prefix(keys, b"", salt)
    }

    /// A signer whose keys are each behind a prefix, as `get_cookie_signer` has them.
    pub(crate) fn with_prefix(keys: &Keys, prefix: &[u8], salt: &str) -> Self {
        Self(keys.macs(prefix, &format!("{salt}signer")))
    }

    fn signature(mac: &Hmac<Sha256>, text: &str) -> String {
        encoding::base64(&digest(mac, text))
    }

    /// `Signer.sign`.
    pub fn sign(&self, text: &str) -> String {
        format!("{text}:{}", Self::signature(&self.0[0], text))
    }

    /// `Signer.unsign`: the text, if one of the keys signed it. Takes the same time wherever a
    /// signature differs.
    ///
    /// # Errors
    /// The signature is missing or not ours, or the text is over [`SIGNED_BYTES_MAX`].
    pub fn unsign<'t>(&self, signed: &'t str) -> Result<&'t str, Unsigned> {
        if signed.len() > SIGNED_BYTES_MAX {
            return Err(Unsigned::TooLarge);
        }
        let (text, signature) = signed.rsplit_once(':').ok_or(Unsigned::BadSignature)?;
        let ours =
            |mac| bool::from(Self::signature(mac, text).as_bytes().ct_eq(signature.as_bytes()));
        if self.0.iter().any(ours) { Ok(text) } else { Err(Unsigned::BadSignature) }
    }

    /// `TimestampSigner.sign` at `now` (since 1970, whole seconds count).
    pub fn sign_at(&self, text: &str, now: Duration) -> String {
        self.sign(&format!("{text}:{}", encoding::base62(now.as_secs())))
    }

    /// `TimestampSigner.unsign` at `now` (since 1970).
    ///
    /// # Errors
    /// As [`Self::unsign`]; no timestamp; signed more than `max_age` ago.
    pub fn unsign_at<'t>(
        &self,
        signed: &'t str,
        max_age: Option<Duration>,
        now: Duration,
    ) -> Result<&'t str, Unsigned> {
        const MALFORMED: Unsigned = Unsigned::Malformed("timestamp");
        let (text, stamp) = self.unsign(signed)?.rsplit_once(':').ok_or(MALFORMED)?;
        let stamp = encoding::from_base62(stamp).ok_or(MALFORMED)?;
        match max_age {
            // Python cannot turn such a number into a float and raises OverflowError.
            Some(_) if stamp.is_infinite() => Err(MALFORMED),
            Some(max_age) if now.as_secs_f64() - stamp > max_age.as_secs_f64() => {
                Err(Unsigned::Expired)
            }
            _ => Ok(text),
        }
    }

    /// `signing.dumps(value, compress=compress)` at `now` (since 1970).
    pub fn dumps(&self, value: &Value, compress: bool, now: Duration) -> String {
        let plain = json::write(value);
        if compress {
            let packed = encoding::deflate(&plain);
            if packed.len() + 1 < plain.len() {
                return self.sign_at(&format!(".{}", encoding::base64(&packed)), now);
            }
        }
        self.sign_at(&encoding::base64(&plain), now)
    }

    /// `signing.loads(text, max_age=max_age)` at `now` (since 1970).
    ///
    /// # Errors
    /// As [`Self::unsign_at`]; the payload is no JSON, or over [`PAYLOAD_BYTES_MAX`].
    pub fn loads(
        &self,
        signed: &str,
        max_age: Option<Duration>,
        now: Duration,
    ) -> Result<Value, Unsigned> {
        let text = self.unsign_at(signed, max_age, now)?.as_bytes();
        let plain = match text {
            [b'.', packed @ ..] => encoding::inflate(&encoding::from_base64(packed)?)?,
            _ => encoding::from_base64(text)?,
        };
        json::read(&plain).ok_or(Unsigned::Malformed("JSON"))
    }
}
