//! Only the proxy's word counts, and only the word that was meant for us.

use std::time::Duration;

use axum::http::HeaderMap;
use django_auth::jwt;
use kit::identity::{Forged, IDENTITY_HEADER, Verifier};
use serde_json::json;

const KEY: &[u8] = b"a key of at least thirty-two bytes";

fn told(key: &[u8], audience: &str, at: u64) -> Result<Option<String>, Forged> {
    let claims = json!({"iss": "outgrow-proxy", "aud": audience, "sub": "7", "exp": 130});
    let mut headers = HeaderMap::new();
    headers.insert(IDENTITY_HEADER, jwt::sign(key, claims.as_object().unwrap()).parse().unwrap());
    Verifier::new(b"a key of at least thirty-two bytes\n", "market")
        .user(&headers, Duration::from_secs(at))
}

#[test]
fn the_user_is_whom_the_proxy_names_for_us_and_now() {
    assert_eq!(told(KEY, "market", 100), Ok(Some("7".to_owned())));
    assert_eq!(told(b"another key", "market", 100), Err(Forged));
    assert_eq!(told(KEY, "orders", 100), Err(Forged));
    assert_eq!(told(KEY, "market", 130), Err(Forged));
    let nobody = Verifier::new(KEY, "market").user(&HeaderMap::new(), Duration::ZERO);
    assert_eq!(nobody, Ok(None));
}
