//! The admin port: health, readiness, meters and the digest of the rules, for operators alone.
//!
//! It answers only when it is asked by a name that is its own, so that a web page in an operator's
//! browser cannot reach it under a name that points to the loopback address.

use std::{convert::Infallible, io, net, sync::Arc, time::Duration};

use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
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
};

use crate::state::State;

/// Connections to the admin port at one time: an operator, a scraper and a prober need three.
const CONNECTIONS_MAX: usize = 32;

/// What there is to ask for.
const PAGES: [&str; 4] = ["/healthz", "/readyz", "/metrics", "/rules"];

/// Time for a client of the admin port to send its head.
const HEAD_TIME_MAX: Duration = Duration::from_secs(5);

/// Serves until `stop` turns true.
///
/// # Errors
/// The socket cannot be used by this event loop.
pub(crate) async fn serve(
    socket: net::TcpListener,
    state: Arc<State>,
    names: Vec<String>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    let listener = TcpListener::from_std(socket)?;
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let names = Arc::new(names);
    loop {
        let accepted = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
            accepted = listener.accept() => accepted,
        };
        let (Ok((stream, _)), Ok(slot)) = (accepted, Arc::clone(&slots).try_acquire_owned()) else {
            continue;
        };
        let (state, names) = (Arc::clone(&state), Arc::clone(&names));
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let response = answer(&request, &state, &names);
                async move { Ok::<_, Infallible>(response) }
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

fn answer<B>(request: &Request<B>, state: &State, names: &[String]) -> Response<Full<Bytes>> {
    if !is_our_name(request.headers(), names) {
        let detail = "ask by the address or a name given with --admin-host";
        return json(StatusCode::MISDIRECTED_REQUEST, &json!({ "error": detail }));
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return json(StatusCode::METHOD_NOT_ALLOWED, &json!({ "error": "only GET" }));
    }
    match request.uri().path() {
        "/healthz" => json(StatusCode::OK, &json!({ "alive": true })),
        "/readyz" => readiness(state),
        "/rules" => rules(state),
        "/metrics" => meters(state),
        _ => json(StatusCode::NOT_FOUND, &json!({ "error": "no such page", "pages": PAGES })),
    }
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
