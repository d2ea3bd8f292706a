//! Who is in the canary: a bucket per identity and context, the same on every proxy.
//!
//! The bucket is a number in 0..10,000 and the canary takes those below the share, so raising the
//! share moves nobody back. It is salted by the context, so a user sees one side of a whole context
//! and is not the first in every experiment.

use serde::Serialize;
use siphasher::sip::SipHasher24;
use std::hash::Hasher;

use crate::stage::{SHARE_MAX, Share};

/// A cohort of users; there are 10,000 of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Bucket(u16);

impl Bucket {
    /// The bucket of an identity in a context.
    pub fn of(salt: &str, identity: Identity<'_>) -> Self {
        // The key is a constant: cohorts must survive restarts and be equal on every proxy. It is
        // not a secret; whoever wants another bucket can clear a cookie anyway.
        let mut hasher = SipHasher24::new_with_keys(0x6f75_7467_726f_7731, 0x636f_686f_7274_0031);
        for part in [salt.as_bytes(), identity.kind.as_str().as_bytes()] {
            hasher.write(part);
            hasher.write(&[0]);
        }
        for part in identity.parts {
            hasher.write(part);
            hasher.write(&[0]);
        }
        let bucket = hasher.finish() % u64::from(SHARE_MAX);
        Self(u16::try_from(bucket).unwrap_or_default())
    }

    /// The number, 0..10,000.
    pub fn number(self) -> u16 {
        self.0
    }

    /// Whether a share of that size includes this bucket.
    pub fn is_in(self, share: Share) -> bool {
        self.0 < share.basis_points()
    }
}

/// What somebody is recognised by, the steadiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IdentityKind {
    /// A user whose session was verified.
    User,
    /// The session cookie of the monolith.
    Session,
    /// The cookie that the proxy gives to whoever has none of these.
    Cookie,
    /// The address and the user agent.
    Address,
}

impl IdentityKind {
    /// `user`, `session`, `cookie` or `address`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Session => "session",
            Self::Cookie => "cookie",
            Self::Address => "address",
        }
    }
}

/// Somebody, for the purpose of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'h> {
    kind: IdentityKind,
    parts: [&'h [u8]; 2],
}

impl<'h> Identity<'h> {
    /// A verified user.
    pub fn user(id: &'h str) -> Self {
        Self { kind: IdentityKind::User, parts: [id.as_bytes(), b""] }
    }

    /// A session of the monolith.
    pub fn session(key: &'h [u8]) -> Self {
        Self { kind: IdentityKind::Session, parts: [key, b""] }
    }

    /// The proxy's own cookie.
    pub fn cookie(value: &'h [u8]) -> Self {
        Self { kind: IdentityKind::Cookie, parts: [value, b""] }
    }

    /// The client's address and its user agent.
    pub fn address(address: &'h str, agent: &'h [u8]) -> Self {
        Self { kind: IdentityKind::Address, parts: [address.as_bytes(), agent] }
    }

    /// What it was recognised by.
    pub fn kind(&self) -> IdentityKind {
        self.kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_never_change_between_releases() {
        // A change here moves users between the two sides on an upgrade of the proxy.
        let known = [
            ("orders", Identity::user("42")),
            ("market_data", Identity::user("42")),
            ("orders", Identity::session(b"42")),
            ("orders", Identity::address("192.0.2.7", b"curl/8")),
        ];
        let numbers = known.map(|(salt, identity)| Bucket::of(salt, identity).number());
        assert_eq!(numbers, [1_516, 3_357, 674, 5_745]);
    }
}
