//! Spans for a collector, as an option: one per sampled request, sent in batches as OTLP/HTTP with
//! JSON bodies (the OpenTelemetry protocol 1.x; attribute names of the semantic conventions).
//!
//! A collector that is slow or gone costs spans, which are counted, and never a request.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use prometheus_client::metrics::counter::Counter;
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::timeout};

use crate::trace::{Trace, hex, hex_64};

/// Spans waiting to be sent. Unit: spans of some 200 bytes; four seconds of 1,000 sampled requests
/// a second, which is how long a collector may take to restart.
pub(crate) const SPANS_MAX: usize = 4_096;

/// Spans in one request to the collector: 512 are about 300 KiB of JSON, far below its limit.
const BATCH_MAX: usize = 512;

/// How long a span waits for others.
const GATHER: Duration = Duration::from_secs(1);

/// Time for the collector to take a batch.
const SEND_TIME_MAX: Duration = Duration::from_secs(5);

/// What one request was.
#[derive(Debug)]
pub(crate) struct Span {
    /// Its ids.
    pub trace: Trace,
    /// When it came, UTC.
    pub began: jiff::Timestamp,
    /// How long it took.
    pub took: Duration,
    /// Its method.
    pub method: Method,
    /// Id of its route.
    pub route: Arc<str>,
    /// The status that was sent; 0 if none was.
    pub status: u16,
    /// The stage of the route.
    pub stage: &'static str,
    /// Who answered.
    pub side: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Takes spans. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Spans {
    queue: mpsc::Sender<Span>,
    dropped: Counter,
}

impl Spans {
    /// Starts the task that sends to `collector`, an address such as `http://127.0.0.1:4318`. It
    /// ends when every clone is gone and the rest is sent.
    ///
    /// # Errors
    /// The address cannot be read, as a sentence.
    pub(crate) fn start(collector: &str, dropped: Counter) -> Result<Self, String> {
        let target = target(collector)?;
        let (queue, spans) = mpsc::channel(SPANS_MAX);
        tokio::spawn(send_all(spans, target, dropped.clone()));
        Ok(Self { queue, dropped })
    }

    /// Queues a span, or counts it as dropped.
    pub(crate) fn add(&self, span: Span) {
        if self.queue.try_send(span).is_err() {
            self.dropped.inc();
        }
    }
}

fn target(collector: &str) -> Result<Uri, String> {
    let text = format!("{}/v1/traces", collector.trim_end_matches('/'));
    let uri: Uri = text.parse().map_err(|error| format!("{collector:?}: {error}"))?;
    if uri.scheme_str() == Some("http") && uri.authority().is_some() {
        Ok(uri)
    } else {
        Err(format!("{collector:?}: expected http://HOST:PORT of a collector near this proxy"))
    }
}

async fn send_all(mut spans: mpsc::Receiver<Span>, target: Uri, dropped: Counter) {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(SEND_TIME_MAX));
    let client: Client<_, Full<Bytes>> =
        Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector);
    let mut batch = Vec::new();
    while spans.recv_many(&mut batch, BATCH_MAX).await > 0 {
        if batch.len() < BATCH_MAX {
            let more = async {
                while batch.len() < BATCH_MAX && spans.recv_many(&mut batch, 1).await > 0 {}
            };
            // Time is up: what is there is sent.
            let _ = timeout(GATHER, more).await;
        }
        let count = u64::try_from(batch.len()).unwrap_or_default();
        if !send(&client, &target, &body(&batch)).await {
            dropped.inc_by(count);
        }
        batch.clear();
    }
}

async fn send(client: &Client<HttpConnector, Full<Bytes>>, target: &Uri, body: &Value) -> bool {
    let mut request = Request::post(target.clone());
    if let Some(headers) = request.headers_mut() {
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
    }
    let Ok(request) = request.body(Full::from(body.to_string())) else { return false };
    let exchange = async {
        let answer = client.request(request).await.ok()?;
        let status = answer.status();
        // Read to the end, so that the connection can be used again.
        let _ = answer.into_body().collect().await;
        status.is_success().then_some(())
    };
    let sent = timeout(SEND_TIME_MAX, exchange).await.ok().flatten().is_some();
    if !sent {
        tracing::warn!(%target, "the collector did not take a batch of spans");
    }
    sent
}

fn body(batch: &[Span]) -> Value {
    let spans: Vec<Value> = batch.iter().map(written).collect();
    let scope = json!({ "name": "outgrow-proxy", "version": env!("CARGO_PKG_VERSION") });
    json!({ "resourceSpans": [{
        "resource": { "attributes": [text("service.name", "outgrow-proxy")] },
        "scopeSpans": [{ "scope": scope, "spans": spans }],
    }] })
}

fn written(span: &Span) -> Value {
    let ascii = |digits: &[u8]| String::from_utf8_lossy(digits).into_owned();
    let began = span.began.as_nanosecond();
    let ended = began + i128::try_from(span.took.as_nanos()).unwrap_or_default();
    let parent = span.trace.parent.map(|parent| ascii(&hex_64(parent))).unwrap_or_default();
    json!({
        "traceId": ascii(&hex(span.trace.id)),
        "spanId": ascii(&hex_64(span.trace.span)),
        "parentSpanId": parent,
        "name": format!("{} {}", span.method, span.route),
        // A server answered a request.
        "kind": 2,
        "startTimeUnixNano": began.to_string(),
        "endTimeUnixNano": ended.to_string(),
        "attributes": [
            text("http.request.method", span.method.as_str()),
            text("http.route", &span.route),
            json!({ "key": "http.response.status_code",
                    "value": { "intValue": span.status.to_string() } }),
            text("outgrow.stage", span.stage),
            text("outgrow.side", span.side),
            text("outgrow.reason", span.reason),
        ],
        "status": { "code": if span.status >= 500 { 2 } else { 0 } },
    })
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

/// Reads the address of a collector, for the command line.
pub(crate) fn collector(text: &str) -> Result<String, String> {
    target(text).map(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collector_is_an_address() {
        assert_eq!(target("http://127.0.0.1:4318/").unwrap(), "http://127.0.0.1:4318/v1/traces");
        for bad in ["", "127.0.0.1:4318", "https://collector:4318", "http:// x"] {
            assert!(target(bad).is_err(), "{bad:?}");
        }
    }
}
