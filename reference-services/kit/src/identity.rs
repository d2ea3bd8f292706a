//! Who the user is, as the proxy in front says it in `x-outgrow-identity`: a JSON Web Token that
//! it signed for this service, good for half a minute.

use std::time::Duration;

use axum::http::HeaderMap;
use django_auth::jwt;

/// The header that carries the token.
pub const IDENTITY_HEADER: &str = "x-outgrow-identity";

/// The token is not the proxy's, not for us, or too old. Answer 401: whoever reached this service
/// did not come through the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the identity of this request was not signed by the proxy for this service")]
pub struct Forged;

/// Verifies what the proxy says.
#[derive(Clone)]
pub struct Verifier {
    key: Vec<u8>,
    audience: String,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Verifier({})", self.audience)
    }
}

impl Verifier {
    /// With the key of the proxy's `--identity-key-file`, for the service of that name in the
    /// rules' `upstreams`.
    pub fn new(key: &[u8], audience: &str) -> Self {
        Self { key: key.trim_ascii_end().to_vec(), audience: audience.to_owned() }
    }

    /// The primary key of the user, `None` where nobody is logged in; `now` is since 1970.
    ///
    /// # Errors
    /// [`Forged`], also where the header came more than once.
    pub fn user(&self, headers: &HeaderMap, now: Duration) -> Result<Option<String>, Forged> {
        let mut sent = headers.get_all(IDENTITY_HEADER).iter();
        let token = match (sent.next(), sent.next()) {
            (None, _) => return Ok(None),
            (Some(token), None) => token.to_str().map_err(|_| Forged)?,
            _ => return Err(Forged),
        };
        let claims = jwt::verify(&self.key, token, now).map_err(|_| Forged)?;
        let claim = |name: &str| claims.get(name).and_then(serde_json::Value::as_str);
        let ours = claim("iss") == Some("outgrow-proxy") && claim("aud") == Some(&self.audience);
        claim("sub").filter(|_| ours).map(|user| Some(user.to_owned())).ok_or(Forged)
    }
}
