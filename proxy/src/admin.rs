//! The admin port: health, readiness, meters and the digest of the rules, for operators alone.
//!
//! It also pulls the kill switch: `POST /hold` and `POST /release`, with a token, and the body is a
//! line as in the file of holds: `endpoint quotes # incident 42`.
//!
//! It answers only when it is asked by a name that is its own, so that a web page in an operator's
//! browser cannot reach it under a name that points to the loopback address.

use std::{convert::Infallible, hint::black_box, io, net, sync::Arc, time::Duration};

use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    time::sleep,
};

use crate::{
    access::{AccessLog, Audit},
    hold::Scope,
    state::State,
};

/// Connections to the admin port at one time: an operator, a scraper and a prober need three.
const CONNECTIONS_MAX: usize = 32;

/// Pause after a failed accept (out of file descriptors, mostly), so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What there is to ask for.
const PAGES: [&str; 6] = ["/healthz", "/readyz", "/metrics", "/rules", "/holds", "/unmatched"];

/// Time for a client of the admin port to send its head.
const HEAD_TIME_MAX: Duration = Duration::from_secs(5);

/// Bytes of an order: a scope, a name of at most 200 bytes and a reason.
const ORDER_BYTES_MAX: usize = 1_024;

/// What the admin port needs besides the state.
#[derive(Debug)]
pub(crate) struct Access {
    /// Names it may be asked by, besides addresses and `localhost`.
    pub(crate) names: Vec<String>,
    /// Who knows it may change things; without one nobody may.
    pub(crate) token: Option<String>,
    /// Where changes are written down.
    pub(crate) log: AccessLog,
}

/// Serves until `stop` turns true.
///
/// # Errors
/// The socket cannot be used by this event loop.
pub(crate) async fn serve(
    socket: net::TcpListener,
    state: Arc<State>,
    access: Access,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    let listener = TcpListener::from_std(socket)?;
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let access = Arc::new(access);
    loop {
        // The slot first: beyond the limit clients wait in the kernel's queue, nobody is cut off.
        let next = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
            next = next => next,
        };
        let (Ok(slot), Ok((stream, peer))) = (slot, accepted) else {
            sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let (state, access) = (Arc::clone(&state), Arc::clone(&access));
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let (state, access) = (Arc::clone(&state), Arc::clone(&access));
                async move { Ok::<_, Infallible>(answer(request, peer, &state, &access).await) }
            });
            // An operator who hangs up is no event.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME_MAX)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(slot);
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    peer: net::SocketAddr,
    state: &Arc<State>,
    access: &Access,
) -> Response<Full<Bytes>> {
    if !is_our_name(request.headers(), &access.names) {
        let detail = "ask by the address or a name given with --admin-host";
        return json(StatusCode::MISDIRECTED_REQUEST, &json!({ "error": detail }));
    }
    if request.method() == Method::POST && matches!(request.uri().path(), "/hold" | "/release") {
        return order(request, peer, state, access).await;
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return json(
            StatusCode::METHOD_NOT_ALLOWED,
            &json!({ "error": "only GET, and POST for /hold and /release" }),
        );
    }
    match request.uri().path() {
        "/healthz" => json(StatusCode::OK, &json!({ "alive": true })),
        "/readyz" => readiness(state),
        "/rules" => rules(state),
        "/holds" => json(StatusCode::OK, &json!({ "holds": state.holds.list() })),
        "/unmatched" => json(StatusCode::OK, &json!(state.unmatched())),
        "/metrics" => meters(state),
        _ => json(StatusCode::NOT_FOUND, &json!({ "error": "no such page", "pages": PAGES })),
    }
}

/// Holds or lets go. In force when the answer is out.
async fn order(
    request: Request<Incoming>,
    peer: net::SocketAddr,
    state: &Arc<State>,
    access: &Access,
) -> Response<Full<Bytes>> {
    let allowed = may_change(request.headers(), access.token.as_deref());
    let is_hold = request.uri().path() == "/hold";
    // Read even if it is refused: an answer before the end of a body resets the connection.
    let body = Limited::new(request.into_body(), ORDER_BYTES_MAX).collect().await;
    let audit = |scope: &str, why: &str, status: StatusCode| {
        access.log.audit(Audit {
            time: jiff::Timestamp::now(),
            what: if is_hold { "hold" } else { "release" },
            scope: scope.trim().to_owned(),
            why: why.trim().to_owned(),
            peer,
            status: status.as_u16(),
        });
    };
    if !allowed {
        audit("", "", StatusCode::FORBIDDEN);
        let detail = "changes need `Authorization: Bearer` with the token of --admin-token-file";
        return json(StatusCode::FORBIDDEN, &json!({ "error": detail }));
    }
    let line = body.map(|body| String::from_utf8_lossy(&body.to_bytes()).into_owned());
    let line = line.unwrap_or_default();
    let (words, why) = line.split_once('#').unwrap_or((&line, "by the admin port"));
    let Some(scope) = Scope::read(words) else {
        audit(words, why, StatusCode::BAD_REQUEST);
        let detail = "expected `all`, `context NAME` or `endpoint NAME`, then `# why`";
        return json(StatusCode::BAD_REQUEST, &json!({ "error": detail }));
    };
    audit(words, why, StatusCode::OK);
    let (shared, why) = (Arc::clone(state), why.trim().to_owned());
    let change = move || {
        if is_hold { shared.holds.hold(scope, &why) } else { shared.holds.release(&scope, &why) }
    };
    let remembered = tokio::task::spawn_blocking(change).await.unwrap_or(false);
    json(StatusCode::OK, &json!({ "holds": state.holds.list(), "remembered": remembered }))
}

/// A page in an operator's browser has an origin and no token; a tool has a token and no origin.
fn may_change(headers: &HeaderMap, token: Option<&str>) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.strip_prefix("Bearer "));
    let (Some(sent), Some(token)) = (sent, token) else { return false };
    !headers.contains_key(header::ORIGIN) && is_equal(sent.as_bytes(), token.as_bytes())
}

/// Takes the same time wherever two texts of one length differ.
fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |sum, (a, b)| black_box(sum | (a ^ b)));
    one.len() == other.len() && differing == 0
}

/// A name is ours if it is an address (a web page cannot make a browser send one that is not the
/// page's own), `localhost`, or named on the command line. Ports are not looked at.
fn is_our_name(headers: &HeaderMap, names: &[String]) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    bare.parse::<net::IpAddr>().is_ok()
        || bare.eq_ignore_ascii_case("localhost")
        || names.iter().any(|name| name.eq_ignore_ascii_case(bare))
}

/// 200 while we take requests. Rules that were refused do not make us unready: the old ones serve.
fn readiness(state: &State) -> Response<Full<Bytes>> {
    let ready = state.is_ready();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut detail = json!({ "ready": ready, "rules": state.rules().digest() });
    if let (Some(refused), Some(detail)) = (state.refused(), detail.as_object_mut()) {
        detail.insert("refused".to_owned(), json!(refused.problems));
    }
    json(status, &detail)
}

fn rules(state: &State) -> Response<Full<Bytes>> {
    let rules = state.rules();
    json(StatusCode::OK, &json!({ "digest": rules.digest(), "routes": rules.stages() }))
}

fn meters(state: &State) -> Response<Full<Bytes>> {
    match state.telemetry.text() {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            respond(StatusCode::OK, kind, text)
        }
        Err(_) => json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "error": "no meters" })),
    }
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response<Full<Bytes>> {
    respond(status, "application/json", format!("{value}\n"))
}

fn respond(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, http::HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_may_change_anything() {
        let asked = |sent: &str, token: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, sent.parse().unwrap());
            may_change(&headers, token)
        };
        assert!(asked("Bearer s3cret", Some("s3cret")));
        for (sent, token) in [
            ("Bearer s3cret", None),
            ("Bearer s3cre", Some("s3cret")),
            ("Bearer s3crets", Some("s3cret")),
            ("Basic s3cret", Some("s3cret")),
            ("Bearer ", Some("s3cret")),
        ] {
            assert!(!asked(sent, token), "{sent:?} {token:?}");
        }
        assert!(!may_change(&HeaderMap::new(), Some("s3cret")));
    }

    #[test]
    fn only_names_of_our_own() {
        let asked = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            is_our_name(&headers, &["pod-7".to_owned()])
        };
        for ours in ["localhost:9900", "127.0.0.1:9900", "[::1]:9900", "POD-7", "10.1.2.3"] {
            assert!(asked(ours), "{ours}");
        }
        for foreign in ["evil.example:9900", "localhost.evil.example", "", "127.0.0.1.evil"] {
            assert!(!asked(foreign), "{foreign:?}");
        }
        assert!(!is_our_name(&HeaderMap::new(), &[]));
    }
}
