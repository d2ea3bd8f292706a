//! Asking Django itself: a view of outgrow-django says who the user of a cookie is. For teams that
//! give neither `SECRET_KEY` nor a database role away; it costs the monolith a small request.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use django_auth::jwt;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use tokio::{runtime::Handle, sync::Semaphore, time::timeout};
use zeroize::Zeroizing;

use super::{Known, options::BadIdentity};
use crate::{route::Snapshot, upstream::Lease};

/// Proves to the view that it is the proxy who asks.
const ASK_HEADER: &str = "x-outgrow-ask";

/// A whole question. A worker of the monolith may be busy; the request itself would wait longer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(2);

/// Bytes of the view's answer: a name and an id.
const ANSWER_BYTES_MAX: usize = 4 * 1024;

/// Questions at one time; more would take the monolith's workers from its users.
const QUESTIONS_MAX: usize = 32;

/// How long the proof is good. Unit: seconds.
const PROOF_SECONDS_MAX: i64 = 30;

/// The view, and how to ask it.
#[derive(Debug)]
pub(crate) struct Ask {
    view: String,
    key: Zeroizing<Vec<u8>>,
    runtime: Handle,
    slots: Arc<Semaphore>,
}

#[derive(Deserialize)]
struct Answer {
    user: Option<String>,
}

impl Ask {
    /// Asks at that path of the monolith.
    ///
    /// # Errors
    /// It is no path.
    pub(crate) fn new(view: &str, key: &[u8], runtime: Handle) -> Result<Self, BadIdentity> {
        if !view.starts_with('/') || view.parse::<http::uri::PathAndQuery>().is_err() {
            return Err(BadIdentity::View(view.to_owned()));
        }
        Ok(Self {
            view: view.to_owned(),
            key: Zeroizing::new(key.to_vec()),
            runtime,
            slots: Arc::new(Semaphore::new(QUESTIONS_MAX)),
        })
    }

    /// Who sent a request with these headers. Anything but a proper answer is unknown.
    pub(crate) async fn user(&self, headers: &HeaderMap, rules: &Snapshot) -> Known {
        let unknown = Known::Unknown("identity_view");
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else { return unknown };
        let Ok(lease) = rules.legacy().lease() else { return unknown };
        let Some(question) = self.question(headers, rules, &lease) else { return unknown };
        let asking = self.runtime.spawn(async move {
            let answer = timeout(ANSWER_TIME_MAX, fetch(&lease, question)).await.ok().flatten();
            drop(slot);
            answer
        });
        match asking.await {
            Ok(Some(Answer { user: Some(user) })) => Known::User(user.into()),
            Ok(Some(Answer { user: None })) => Known::Anonymous,
            _ => unknown,
        }
    }

    fn question(
        &self,
        headers: &HeaderMap,
        rules: &Snapshot,
        lease: &Lease,
    ) -> Option<Request<Full<Bytes>>> {
        let legacy = rules.legacy();
        let now = Timestamp::now().as_second();
        let proof = json!({
            "iss": "outgrow-proxy", "aud": "outgrow-django", "exp": now + PROOF_SECONDS_MAX,
        });
        let proof = jwt::sign(&self.key, proof.as_object()?);
        let host = legacy.spec().host.as_ref().or_else(|| headers.get(header::HOST))?;
        let mut question = Request::get(format!("http://{}{}", lease.place.address, self.view))
            .header(header::HOST, host)
            .header(header::COOKIE, headers.get(header::COOKIE)?)
            .header(ASK_HEADER, proof);
        // Sites behind TLS redirect what came without.
        question = question.header("x-forwarded-proto", HeaderValue::from_static("https"));
        question.body(Full::default()).ok()
    }
}

async fn fetch(lease: &Lease, question: Request<Full<Bytes>>) -> Option<Answer> {
    let answer = lease.place.client().request(question).await.ok()?;
    if answer.status() != StatusCode::OK {
        return None;
    }
    let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await.ok()?;
    serde_json::from_slice(&body.to_bytes()).ok()
}
