//! JSON Web Tokens with HMAC-SHA256 (RFC 7519, RFC 7515): what `SimpleJWT` signs by default, and
//! what a proxy hands to a service to say who the user is.
//!
//! The algorithm is fixed: a token that names another one, `none` included, is refused.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Bytes of a token: it has to fit into a header line.
pub const TOKEN_BYTES_MAX: usize = 8 * 1024;

/// Why a token was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Three parts in base64url, the first two of them JSON objects, and not too long.
    #[error("this is no token")]
    Malformed,
    /// Not HS256.
    #[error("the token is signed by another algorithm than HS256")]
    Algorithm,
    /// Another key, or changed.
    #[error("the token's signature is not ours")]
    BadSignature,
    /// `exp` is past or missing, or `nbf` is to come.
    #[error("the token is not valid at this time")]
    Expired,
}

/// Signs claims.
pub fn sign(key: &[u8], claims: &Map<String, Value>) -> String {
    let head = URL_SAFE_NO_PAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
    let body = URL_SAFE_NO_PAD.encode(Value::Object(claims.clone()).to_string());
    let signed = format!("{head}.{body}");
    let signature = signature(key, &signed);
    format!("{signed}.{signature}")
}

/// The claims of a token that this key signed and that is valid at `now` (since 1970). A token
/// without `exp` is refused: one that never ends is a password.
///
/// # Errors
/// See [`BadToken`].
pub fn verify(key: &[u8], token: &str, now: Duration) -> Result<Map<String, Value>, BadToken> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(BadToken::Malformed);
    }
    let (signed, theirs) = token.rsplit_once('.').ok_or(BadToken::Malformed)?;
    let (head, body) = signed.split_once('.').ok_or(BadToken::Malformed)?;
    if object(head)?.get("alg") != Some(&json!("HS256")) {
        return Err(BadToken::Algorithm);
    }
    if !bool::from(signature(key, signed).as_bytes().ct_eq(theirs.as_bytes())) {
        return Err(BadToken::BadSignature);
    }
    let claims = object(body)?;
    let time = |name| claims.get(name).map(Value::as_f64);
    let now = now.as_secs_f64();
    match (time("exp"), time("nbf")) {
        (Some(Some(ends)), None) if now < ends => Ok(claims),
        (Some(Some(ends)), Some(Some(begins))) if begins <= now && now < ends => Ok(claims),
        _ => Err(BadToken::Expired),
    }
}

fn signature(key: &[u8], signed: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    URL_SAFE_NO_PAD.encode(mac.chain_update(signed).finalize().into_bytes())
}

fn object(part: &str) -> Result<Map<String, Value>, BadToken> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| BadToken::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| BadToken::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_tokens_in_their_time() {
        let claims = json!({"sub": "7", "exp": 100});
        let token = sign(b"key", claims.as_object().unwrap());
        let at = Duration::from_secs;
        assert_eq!(verify(b"key", &token, at(99)).unwrap()["sub"], "7");
        assert_eq!(verify(b"key", &token, at(100)), Err(BadToken::Expired));
        assert_eq!(verify(b"other", &token, at(99)), Err(BadToken::BadSignature));
        let endless = sign(b"key", json!({"sub": "7"}).as_object().unwrap());
        assert_eq!(verify(b"key", &endless, at(99)), Err(BadToken::Expired));
        let (_, rest) = token.split_once('.').unwrap();
        let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        assert_eq!(verify(b"key", &format!("{head}.{rest}"), at(99)), Err(BadToken::Algorithm));
    }
}
