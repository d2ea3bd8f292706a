//! HTTP/2 with a client: the loop that takes its streams, and what of them is written anew so that
//! everything behind sees one kind of request.

use std::{io, sync::Arc, time::Duration};

use http::{HeaderValue, Method, Uri, header};
use pingora::{
    apps::HttpServerApp,
    http::RequestHeader,
    protocols::{
        Digest, Stream,
        http::{
            ServerSession,
            v2::server::{H2Accept, H2Options, HttpSession, handshake},
        },
    },
};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};

use crate::{
    error::Fault,
    gate::{HEAD_BYTES_MAX, is_host, wire::HEAD_TIME_MAX},
    idle::Idler,
};

/// Streams at one time on one connection; what nginx, Envoy and the library allow.
const STREAMS_MAX: u32 = 100;

const STREAMS_AT_REST: usize = STREAMS_MAX as usize;

/// Requests of one connection that are refused before they are requests. Browsers send none.
const REFUSED_MAX: usize = 32;

/// Streams that a client made us reset. Browsers make none; the library's own limit is 1,024.
const FAILED_STREAMS_MAX: usize = 64;

/// What a client may send ahead on one stream. Unit: bytes. A slow upstream holds no more of it.
const STREAM_WINDOW_BYTES_MAX: u32 = 256 * 1024;

/// What a client may send ahead on all streams of a connection. Unit: bytes. It bounds what one
/// connection holds in memory, however many streams it opens.
const CONNECTION_WINDOW_BYTES_MAX: u32 = 1024 * 1024;

/// The start of every HTTP/2 connection.
const PREFACE_START: &[u8; 4] = b"PRI ";

/// Between looks at a connection whose first bytes could be either version.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Whether a client without TLS starts in HTTP/2, by prior knowledge.
///
/// # Errors
/// The client left, or sent nothing for `patience`.
pub(crate) async fn starts(socket: &TcpStream, patience: Duration) -> io::Result<bool> {
    let look = async {
        let mut start = [0; PREFACE_START.len()];
        loop {
            let seen = socket.peek(&mut start).await?;
            if seen == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if start[..seen] != PREFACE_START[..seen] {
                return Ok(false);
            }
            if seen == start.len() {
                return Ok(true);
            }
            sleep(LOOK_AGAIN).await;
        }
    };
    timeout(patience, look).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

fn options() -> H2Options {
    let mut options = H2Options::default();
    options
        .max_header_list_size(u32::try_from(HEAD_BYTES_MAX).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_MAX)
        .max_local_error_reset_streams(Some(FAILED_STREAMS_MAX))
        .initial_window_size(STREAM_WINDOW_BYTES_MAX)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES_MAX);
    options
}

/// Serves one connection to its end. When `draining` turns true the client is told to take its
/// next requests elsewhere, and those under way are finished.
pub(crate) async fn serve<App>(
    stream: Stream,
    app: &Arc<App>,
    draining: &watch::Receiver<bool>,
    (idle, idler): (Duration, &Idler),
) where
    App: HttpServerApp + Send + Sync + 'static,
{
    let digest = Arc::new(Digest {
        ssl_digest: stream.get_ssl_digest(),
        timing_digest: stream.get_timing_digest(),
        proxy_digest: stream.get_proxy_digest(),
        socket_digest: stream.get_socket_digest(),
    });
    let Ok(Ok(mut http2)) = timeout(HEAD_TIME_MAX, handshake(stream, Some(options()))).await else {
        return;
    };
    let streams = Arc::new(Semaphore::new(STREAMS_AT_REST));
    let mut drain = draining.clone();
    let (mut told, mut refused) = (false, 0);
    while refused < REFUSED_MAX {
        let accepted = tokio::select! {
            _ = drain.wait_for(|draining| *draining), if !told => {
                http2.graceful_shutdown();
                told = true;
                continue;
            }
            accepted = HttpSession::from_h2_conn(&mut http2, Arc::clone(&digest)) => accepted,
            () = unused(&streams, idle) => return,
        };
        match accepted {
            Ok(Some(H2Accept::Session(session))) => {
                // The library counts streams as we do, but forgets one that was reset before its
                // task has: dropping the session resets it.
                let Ok(open) = Arc::clone(&streams).try_acquire_owned() else { continue };
                if !idler.works() {
                    break;
                }
                let (app, draining) = (Arc::clone(app), draining.clone());
                let (streams, idler) = (Arc::clone(&streams), idler.clone());
                tokio::spawn(async move {
                    app.process_new_http(ServerSession::new_http2(session), &draining).await;
                    drop(open);
                    if streams.available_permits() == STREAMS_AT_REST {
                        idler.rests();
                    }
                });
            }
            Ok(Some(H2Accept::Rejected)) => refused += 1,
            Ok(None) | Err(_) => break,
        }
    }
    // Answers under way belong to a connection that is gone; their tasks notice by themselves.
}

/// Resolves after no stream was open for that long.
async fn unused(streams: &Semaphore, idle: Duration) {
    // The semaphore is never closed, so the only outcome is that all permits are back.
    let _all = streams.acquire_many(STREAMS_MAX).await;
    sleep(idle).await;
}

/// Gives a request of HTTP/2 the form of one of HTTP/1.1: `:authority` becomes `Host`, pieces of
/// the cookie become one, and the target is a path. `ended` says that no body follows.
///
/// # Errors
/// The fault to answer with.
pub(crate) fn as_http1(request: &mut RequestHeader, ended: bool) -> Result<(), Fault> {
    let bad = Fault::BadRequest;
    let mut lengths = request.headers.get_all(header::CONTENT_LENGTH).iter();
    if let Some(length) = lengths.next()
        && (lengths.next().is_some() || !length.as_bytes().iter().all(u8::is_ascii_digit))
    {
        return Err(bad("bad-length"));
    }
    if ended && request.headers.get_all(header::CONTENT_LENGTH).iter().any(|length| length != "0") {
        // RFC 9113, 8.1.1: malformed; in HTTP/1.1 an empty body would become a cut one.
        return Err(bad("length-without-body"));
    }
    if request.method == Method::CONNECT {
        return Err(bad("bad-method"));
    }
    if let Some(authority) = request.uri.authority() {
        let authority = authority.as_str();
        let mut hosts = request.headers.get_all(header::HOST).iter();
        if hosts.any(|host| !host.as_bytes().eq_ignore_ascii_case(authority.as_bytes())) {
            return Err(bad("authority-and-host"));
        }
        if !is_host(authority.as_bytes()) {
            return Err(bad("bad-host"));
        }
        let host = HeaderValue::from_str(authority).map_err(|_| bad("bad-host"))?;
        request.insert_header(header::HOST, host).map_err(|_| Fault::Internal)?;
    }
    if request.uri.scheme_str().is_some_and(|scheme| scheme != "http" && scheme != "https") {
        return Err(bad("bad-scheme"));
    }
    let padded = |value: &HeaderValue| {
        let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
        blank(value.as_bytes().first()) || blank(value.as_bytes().last())
    };
    if request.headers.values().any(padded) {
        // RFC 9113, 8.2.1: in HTTP/2 such space is part of the value; HTTP/1.1 would lose it.
        return Err(bad("padded-field"));
    }
    join_cookies(request)?;
    let target = request.uri.path_and_query().cloned().ok_or(bad("bad-target"))?;
    request.set_uri(Uri::from(target));
    Ok(())
}

/// Whether a request that says it has no body has none. Asked before anything is sent on: with
/// `content-length: 0` the library takes it for complete before it saw the end of the stream.
pub(crate) async fn nothing_follows(session: &mut ServerSession) -> bool {
    let empty = async {
        loop {
            match session.read_request_body().await {
                Ok(Some(piece)) if piece.is_empty() => {}
                Ok(None) => return true,
                _ => return false,
            }
        }
    };
    timeout(HEAD_TIME_MAX, empty).await.unwrap_or_default()
}

/// RFC 9113, 8.2.3: a client may send its cookies in pieces, which mean one line.
fn join_cookies(request: &mut RequestHeader) -> Result<(), Fault> {
    let pieces = request.headers.get_all(header::COOKIE).iter();
    let pieces: Vec<&[u8]> = pieces.map(HeaderValue::as_bytes).collect();
    if pieces.len() > 1 {
        let joined = HeaderValue::from_bytes(&pieces.join(b"; ".as_slice()));
        let joined = joined.map_err(|_| Fault::BadRequest("bad-cookie"))?;
        request.insert_header(header::COOKIE, joined).map_err(|_| Fault::Internal)?;
    }
    Ok(())
}
