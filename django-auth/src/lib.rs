//! What Django writes, read in Rust, and the other way round: signatures, sessions, CSRF tokens.
//!
//! A service beside a Django site has to know who a user is, and the cookie that says so is
//! Django's. This crate reads it as Django 4.2 to 5.2 do, byte for byte, and never accepts what
//! Django would refuse; where Django is lenient in a way that costs memory, it is stricter and the
//! documentation says so. It has no clock, no random numbers, no socket and no database: the time
//! and the stored row are arguments.
//!
//! | Django | here |
//! |---|---|
//! | `SECRET_KEY`, `SECRET_KEY_FALLBACKS` | [`Keys`] |
//! | `django.core.signing.Signer`, `TimestampSigner` | [`Signer`] |
//! | `django.core.signing.dumps`, `loads` | [`Signer::dumps`], [`Signer::loads`] |
//! | `SessionStore.decode`, `encode`, signed cookie sessions | [`session`] |
//! | `AbstractBaseUser.get_session_auth_hash` | [`user`] |
//! | `request.COOKIES`, `get_signed_cookie` | [`cookie`] |
//! | `CsrfViewMiddleware`'s tokens | [`csrf`] |
//!
//! ```
//! use std::time::Duration;
//! use django_auth::{Keys, session::{self, Backend}};
//!
//! let keys = Keys::new("the SECRET_KEY", ["an older one"])?;
//! let now = Duration::from_secs(1_750_000_000);
//! let data = serde_json::json!({"_auth_user_id": "7"});
//! let text = session::write(&keys, Backend::Db, data.as_object().unwrap(), now);
//! let read = session::read(&keys, Backend::Db, &text, None, now)?;
//! assert_eq!(read["_auth_user_id"], "7");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod cookie;
pub mod csrf;
mod encoding;
mod json;
pub mod jwt;
mod keys;
pub mod session;
mod signing;
pub mod user;

pub use keys::{BadKey, FALLBACKS_MAX, Keys};
pub use signing::{PAYLOAD_BYTES_MAX, SIGNED_BYTES_MAX, Signer, Unsigned};
