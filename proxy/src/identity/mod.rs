//! Who the user is, exactly as Django would say, and how native learns it.
//!
//! There are three answers. *Anonymous* and *a user* are Django's own; *unknown* is everything in
//! which we cannot be sure to say what Django would: its database is away, the session belongs to a
//! backend we do not know, the cookie came twice. An unknown user is the monolith's to answer, so
//! that trouble here never lets anybody in, and never throws anybody out.

mod ask;
mod cache;
mod encrypted;
mod options;
mod store;

use std::{sync::Arc, time::Duration};

use django_auth::{
    Keys, Unsigned, cookie, jwt,
    session::{self, Backend},
    user::Login,
};
use http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use serde_json::json;
use tokio::{runtime::Handle, time::Instant};
use zeroize::Zeroizing;

use self::{
    ask::Ask,
    cache::Cache,
    store::{Away, Names, Store},
};
use crate::route::Snapshot;

pub use self::options::{BadIdentity, IdentityOptions, Sessions};

/// The header that tells native who the user is. Nobody else's gets through.
pub(crate) const IDENTITY_HEADER: &str = "x-outgrow-identity";

/// How long what native is told is good: long enough for clocks that differ and requests that
/// wait, too short to be worth stealing. Unit: seconds.
const TOKEN_SECONDS_MAX: i64 = 30;

/// Bytes of a session cookie. Browsers keep 4 KiB.
const COOKIE_BYTES_MAX: usize = 8 * 1024;

/// The one backend of which we know how it loads a user.
const MODEL_BACKEND: &str = "django.contrib.auth.backends.ModelBackend";

/// Who sent a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nobody: Django would see an `AnonymousUser`.
    Anonymous,
    /// The user of that primary key.
    User(Arc<str>),
    /// We cannot say; why, for logs and meters.
    Unknown(&'static str),
}

/// Verifies sessions.
#[derive(Debug)]
pub(crate) struct Identity {
    source: Source,
    cookie: String,
    cache: Cache,
    signing_key: Zeroizing<Vec<u8>>,
}

#[derive(Debug)]
enum Source {
    Verify(Box<Verify>),
    Ask(Ask),
}

#[derive(Debug)]
struct Verify {
    keys: Keys,
    backend: Backend,
    max_age: Duration,
    auth_backends: Vec<String>,
    store: Store,
}

impl Identity {
    /// Reads keys and addresses; `None` where no identity was asked for. Questions to databases
    /// and views are asked on `runtime`.
    ///
    /// # Errors
    /// Something is missing or cannot be used.
    pub(crate) fn new(
        options: &IdentityOptions,
        runtime: Handle,
    ) -> Result<Option<Self>, BadIdentity> {
        let (word, backend) = match options.sessions {
            None => return Ok(None),
            Some(Sessions::Db) => ("db", Some(Backend::Db)),
            Some(Sessions::CachedDb) => ("cached_db", Some(Backend::Db)),
            Some(Sessions::SignedCookies) => ("signed_cookies", Some(Backend::SignedCookies)),
            Some(Sessions::Ask) => ("ask", None),
        };
        let signing_key = options.signing_key()?;
        let source = match backend {
            None => Source::Ask(Ask::new(&options.identity_view, &signing_key, runtime)?),
            Some(backend) => {
                let missing =
                    BadIdentity::Missing { sessions: word, option: "--identity-database-file" };
                let address = options.identity_database_file.as_deref().ok_or(missing)?;
                let address = options::secret(address)?;
                let address = std::str::from_utf8(&address).map_err(|_| BadIdentity::Database)?;
                let names = Names::new(&options.user_table, &options.user_key)?;
                let mut auth_backends = options.auth_backend.clone();
                auth_backends.push(MODEL_BACKEND.to_owned());
                Source::Verify(Box::new(Verify {
                    keys: options.keys(word)?,
                    backend,
                    max_age: options.session_age,
                    auth_backends,
                    store: Store::new(address, names, runtime)?,
                }))
            }
        };
        let cookie = options.session_cookie.clone();
        Ok(Some(Self { source, cookie, cache: Cache::default(), signing_key }))
    }

    /// Who sent a request with these headers.
    pub(crate) async fn of(&self, headers: &HeaderMap, rules: &Snapshot) -> Known {
        let cookie = match self.cookie(headers) {
            Ok(Some(cookie)) => cookie,
            Ok(None) => return Known::Anonymous,
            Err(why) => return Known::Unknown(why),
        };
        let asked = Instant::now();
        if let Some(known) = self.cache.get(&cookie, asked) {
            return known;
        }
        let known = match &self.source {
            Source::Verify(verify) => verify.user(&cookie, Timestamp::now()).await,
            Source::Ask(ask) => ask.user(headers, rules).await,
        };
        if !matches!(known, Known::Unknown(_)) {
            self.cache.put(cookie, known.clone(), asked);
        }
        known
    }

    /// The session cookie, as Django would find it. Servers join several `Cookie` lines in ways of
    /// their own, so what came in several is Django's to read.
    fn cookie(&self, headers: &HeaderMap) -> Result<Option<String>, &'static str> {
        let mut lines = headers.get_all(header::COOKIE).iter();
        let Some(line) = lines.next() else { return Ok(None) };
        if lines.next().is_some() {
            return Err("identity_cookies");
        }
        let line = std::str::from_utf8(line.as_bytes()).map_err(|_| "identity_cookies")?;
        match cookie::find(line, &self.cookie).filter(|value| !value.is_empty()) {
            Some(value) if value.len() > COOKIE_BYTES_MAX => Err("identity_cookies"),
            found => Ok(found),
        }
    }

    /// What native is told: a JSON Web Token for that service alone, or nothing for nobody.
    pub(crate) fn header(&self, known: &Known, audience: &str) -> Option<HeaderValue> {
        let Known::User(user) = known else { return None };
        let now = Timestamp::now().as_second();
        let claims = json!({
            "iss": "outgrow-proxy", "aud": audience, "sub": &**user,
            "iat": now, "exp": now + TOKEN_SECONDS_MAX,
        });
        let token = jwt::sign(&self.signing_key, claims.as_object()?);
        let mut value = HeaderValue::from_str(&token).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl Verify {
    async fn user(&self, cookie: &str, now: Timestamp) -> Known {
        match self.verified(cookie, now).await {
            Ok(Some(id)) => Known::User(id.into()),
            Ok(None) => Known::Anonymous,
            Err(why) => Known::Unknown(why),
        }
    }

    /// `django.contrib.auth.get_user`, step by step.
    async fn verified(&self, cookie: &str, now: Timestamp) -> Result<Option<String>, &'static str> {
        let away = |_: Away| "identity_database";
        let since_1970 = Duration::try_from(now.as_duration()).unwrap_or_default();
        let stored;
        let (text, max_age) = match self.backend {
            Backend::SignedCookies => (cookie, Some(self.max_age)),
            Backend::Db if !session::is_key(cookie) => return Ok(None),
            Backend::Db => {
                let Some(row) = self.store.session(cookie, now).await.map_err(away)? else {
                    return Ok(None);
                };
                stored = row;
                (stored.as_str(), None)
            }
        };
        let data = match session::read(&self.keys, self.backend, text, max_age, since_1970) {
            Ok(data) => data,
            Err(Unsigned::BadSignature | Unsigned::Expired) => return Ok(None),
            Err(Unsigned::Malformed(_) | Unsigned::TooLarge) => return Err("identity_session"),
        };
        if !data.contains_key("_auth_user_id") || !data.contains_key("_auth_user_backend") {
            return Ok(None);
        }
        let login = Login::of(&data).ok_or("identity_session")?;
        if !self.auth_backends.contains(&login.backend) {
            return Err("identity_backend");
        }
        let user = self.store.user(&login.user_id).await.map_err(away)?;
        let known =
            user.is_some_and(|user| user.is_active && login.holds(&self.keys, &user.password));
        Ok(known.then_some(login.user_id))
    }
}
