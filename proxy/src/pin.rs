//! Read your writes: who wrote through one side reads from that side for a while.
//!
//! The two sides may not see each other's writes at once (replicas, caches, two databases). So the
//! answer to an unsafe request carries a cookie that says which side gave it, and the safe requests
//! of that browser in that context go there until the pin ends. The state is in the cookie and not
//! in the proxy: it survives a restart, and every proxy with the same key reads it.
//!
//! ```text
//! outgrow_pin = context ":" side expiry *( "," context ":" side expiry ) "." mac
//! side        = "l" / "n"
//! expiry      = seconds since 1970, decimal
//! mac         = the first 128 bits of HMAC-SHA256 (RFC 2104), hexadecimal
//! ```
//!
//! A pin never widens what the rules allow: to native only where a canary may send anybody there.

use std::{fmt::Write as _, fs, io, path::Path, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, header};
use sha2::Sha256;

use crate::error::Side;

/// The cookie.
pub(crate) const PIN_COOKIE: &str = "outgrow_pin";

/// Contexts in one cookie. A browser that writes in more of them within a `pin_ttl` loses the pin
/// that ends first; at 8 the cookie stays below 600 bytes.
pub(crate) const PINS_MAX: usize = 8;

/// Bytes of a cookie that is looked at: nobody who was given one by us has a longer one.
const COOKIE_BYTES_MAX: usize = 2_048;

/// Bytes of the authentication code, of the 32 that the hash has; RFC 2104 allows half of them.
const MAC_BYTES: usize = 16;

/// Bytes a key must have: as many as the hash gives out, or guessing the key is the easier way.
const KEY_BYTES_MIN: usize = 32;

/// Signs and reads pins.
#[derive(Clone)]
pub(crate) struct Pins(Hmac<Sha256>);

impl std::fmt::Debug for Pins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pins")
    }
}

/// One pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pin<'c> {
    context: &'c str,
    side: Side,
    until: u64,
}

impl Pins {
    /// With the key in a file, or with one of this process alone.
    ///
    /// # Errors
    /// The file cannot be read or is too short for a key, or the system has no randomness.
    pub(crate) fn open(key_file: Option<&Path>) -> io::Result<Self> {
        let Some(file) = key_file else {
            let mut key = [0; KEY_BYTES_MIN];
            io::Read::read_exact(&mut fs::File::open("/dev/urandom")?, &mut key)?;
            return Ok(Self::new(&key));
        };
        let key = fs::read(file)?;
        let key = key.trim_ascii();
        if key.len() < KEY_BYTES_MIN {
            let said = format!(
                "{} holds {} bytes, a key for pins needs {KEY_BYTES_MIN}: \
                 openssl rand -hex 32 > {0}",
                file.display(),
                key.len()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, said));
        }
        Ok(Self::new(key))
    }

    fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes keys of every length"))
    }

    /// The side that this browser is pinned to in a context, `now` in seconds since 1970.
    pub(crate) fn side(&self, headers: &HeaderMap, context: &str, now: u64) -> Option<Side> {
        let cookie = cookie(headers)?;
        let body = self.genuine(cookie)?;
        let pins = read(body).filter(|pin| pin.until > now);
        pins.filter(|pin| pin.context == context).map(|pin| pin.side).last()
    }

    /// `Set-Cookie` that pins this browser to a side of a context, besides its other pins.
    pub(crate) fn cookie(
        &self,
        headers: &HeaderMap,
        (context, side): (&str, Side),
        (now, ttl): (u64, Duration),
        secure: bool,
    ) -> Option<HeaderValue> {
        let before = cookie(headers).and_then(|cookie| self.genuine(cookie)).unwrap_or_default();
        let mut pins: Vec<Pin<'_>> =
            read(before).filter(|pin| pin.until > now && pin.context != context).collect();
        pins.push(Pin { context, side, until: now.saturating_add(ttl.as_secs().max(1)) });
        pins.sort_by_key(|pin| pin.until);
        let kept = pins.len().saturating_sub(PINS_MAX);
        let body = written(pins.get(kept..).unwrap_or_default());
        let longest = pins.last().map_or(now, |pin| pin.until) - now;
        let mut text = format!("{PIN_COOKIE}={body}.");
        for byte in self.mac(&body) {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = write!(text, "; Path=/; Max-Age={longest}; HttpOnly; SameSite=Lax");
        text.push_str(if secure { "; Secure" } else { "" });
        HeaderValue::from_str(&text).ok()
    }

    fn mac(&self, body: &str) -> [u8; MAC_BYTES] {
        let mut hmac = self.0.clone();
        hmac.update(body.as_bytes());
        let whole = hmac.finalize().into_bytes();
        let mut short = [0; MAC_BYTES];
        short.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
        short
    }

    /// The pins of a cookie that we signed.
    fn genuine<'c>(&self, cookie: &'c str) -> Option<&'c str> {
        let (body, sent) = cookie.rsplit_once('.')?;
        let mut mac = [0; MAC_BYTES];
        if sent.len() != 2 * MAC_BYTES || !sent.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in mac.iter_mut().zip((0..sent.len()).step_by(2)) {
            *byte = u8::from_str_radix(sent.get(at..at + 2)?, 16).ok()?;
        }
        let mut hmac = self.0.clone();
        hmac.update(body.as_bytes());
        // Compares in a time that does not depend on where the two differ.
        hmac.verify_truncated_left(&mac).ok().map(|()| body)
    }
}

/// The first cookie of that name.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';').map(str::trim_ascii))
        .find_map(|pair| pair.strip_prefix(PIN_COOKIE)?.strip_prefix('='))
        .filter(|value| value.len() <= COOKIE_BYTES_MAX)
}

fn read(body: &str) -> impl Iterator<Item = Pin<'_>> {
    body.split(',').take(PINS_MAX).filter_map(|text| {
        let (context, rest) = text.rsplit_once(':')?;
        let side = match rest.as_bytes().first()? {
            b'l' => Side::Legacy,
            b'n' => Side::Native,
            _ => return None,
        };
        Some(Pin { context, side, until: rest.get(1..)?.parse().ok()? })
    })
}

fn written(pins: &[Pin<'_>]) -> String {
    let mut text = String::new();
    for Pin { context, side, until } in pins {
        let comma = if text.is_empty() { "" } else { "," };
        let side = if *side == Side::Native { 'n' } else { 'l' };
        let _ = write!(text, "{comma}{context}:{side}{until}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_700_000_000;
    const TTL: Duration = Duration::from_secs(30);

    fn pins() -> Pins {
        Pins::new(b"0123456789abcdef0123456789abcdef")
    }

    fn sent(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers
    }

    fn given(before: &HeaderMap, context: &str, side: Side, now: u64) -> String {
        let set = pins().cookie(before, (context, side), (now, TTL), true).unwrap();
        let set = set.to_str().unwrap().to_owned();
        assert!(set.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{set}");
        format!("a=b; {}", set.split(';').next().unwrap())
    }

    #[test]
    fn a_pin_holds_in_its_context_until_it_ends() {
        let headers = sent(&given(&HeaderMap::new(), "orders", Side::Native, NOW));
        assert_eq!(pins().side(&headers, "orders", NOW), Some(Side::Native));
        assert_eq!(pins().side(&headers, "orders", NOW + 29), Some(Side::Native));
        assert_eq!(pins().side(&headers, "orders", NOW + 30), None, "it ended");
        assert_eq!(pins().side(&headers, "users", NOW), None, "another context");
    }

    #[test]
    fn pins_of_several_contexts_live_in_one_cookie_and_the_newest_wins() {
        let mut headers = HeaderMap::new();
        for number in 0..12_u64 {
            let context = format!("context-{number}");
            headers = sent(&given(&headers, &context, Side::Legacy, NOW + number));
        }
        let at = |number: u64| pins().side(&headers, &format!("context-{number}"), NOW + 12);
        assert_eq!((at(3), at(4), at(11)), (None, Some(Side::Legacy), Some(Side::Legacy)));
        let again = sent(&given(&headers, "context-4", Side::Native, NOW + 12));
        assert_eq!(pins().side(&again, "context-4", NOW + 13), Some(Side::Native));
    }

    #[test]
    fn a_cookie_that_we_did_not_sign_is_none() {
        let genuine = given(&HeaderMap::new(), "orders", Side::Legacy, NOW);
        let other = Pins::new(&[7; 32]);
        assert_eq!(other.side(&sent(&genuine), "orders", NOW), None, "another key");
        for forged in [
            genuine.replace(":l", ":n"),
            genuine.replace("orders", "users_"),
            genuine.replace(":l1", ":l9"),
            genuine.get(..genuine.len() - 2).unwrap().to_owned(),
            format!("{genuine}00"),
            "outgrow_pin=".to_owned(),
            "outgrow_pin=.".to_owned(),
            "outgrow_pin=orders:n9999999999.".to_owned(),
            format!("outgrow_pin=orders:n9999999999.{}", "0".repeat(32)),
            format!("outgrow_pin={}", "x".repeat(4_000)),
        ] {
            assert_eq!(pins().side(&sent(&forged), "orders", NOW), None, "{forged}");
        }
    }

    #[test]
    fn a_short_key_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        fs::write(&file, "secret\n").unwrap();
        let said = Pins::open(Some(&file)).unwrap_err().to_string();
        assert!(said.contains("6 bytes") && said.contains("openssl rand -hex 32"), "{said}");
        assert!(!said.contains("secret"), "{said}");
        assert!(Pins::open(None).is_ok());
    }
}
