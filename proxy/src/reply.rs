//! What the proxy itself says to a client: pages, and what it adds to the answer of a side.

use std::io;

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header};
use pingora::{
    Error, ErrorSource, ErrorType, Result,
    http::{RequestHeader, ResponseHeader},
    proxy::Session,
};

use crate::{
    error::{Fault, page},
    life::Life,
};

/// Whether the client has the head of its answer. Informational ones come before it.
pub(crate) fn has_begun(session: &Session) -> bool {
    session.response_written().is_some_and(|answer| {
        !answer.status.is_informational() || answer.status == StatusCode::SWITCHING_PROTOCOLS
    })
}

/// Whether an orderly end of the connection says that the answer is whole (RFC 9112 section 6.3).
pub(crate) fn ends_with_connection(session: &Session) -> bool {
    session.response_written().is_some_and(|answer| {
        !answer.headers.contains_key(header::CONTENT_LENGTH)
            && !answer.headers.contains_key(header::TRANSFER_ENCODING)
    })
}

/// A user who was drawn by address gets a cookie of the same cohort, so that a new address does
/// not change sides. Never on an answer that others may be given from a cache.
pub(crate) fn give_cohort(answer: &mut ResponseHeader, life: &Life) -> Result<()> {
    let Some(cookie) = life.decided.as_ref().and_then(|decided| decided.cohort_cookie.as_deref())
    else {
        return Ok(());
    };
    let caching = answer.headers.get_all(header::CACHE_CONTROL);
    let shared = |value: &HeaderValue| {
        value.to_str().is_ok_and(|value| value.contains("public") || value.contains("s-maxage"))
    };
    if !caching.iter().any(shared) {
        let secure = if life.came_by_https() { "; Secure" } else { "" };
        answer.append_header(header::SET_COOKIE, format!("{cookie}{secure}"))?;
    }
    Ok(())
}

/// Says in headers which side answered, and why.
pub(crate) fn say_who(answer: &mut ResponseHeader, life: &Life) -> Result<()> {
    answer.insert_header("x-outgrow-side", life.side.word())?;
    answer.insert_header("x-outgrow-reason", life.reason)?;
    if let Some(decided) = &life.decided {
        answer.insert_header("x-outgrow-route", &*decided.route.id)?;
        answer.insert_header("x-outgrow-stage", decided.stage)?;
    }
    Ok(())
}

/// What an error of the library comes to for the client.
pub(crate) fn fault_of(error: &Error) -> Fault {
    use ErrorType as E;
    match (error.esource(), error.etype()) {
        (ErrorSource::Downstream, E::InvalidHTTPHeader | E::H1Error) => {
            Fault::BadRequest("bad-framing")
        }
        // Of HTTP/1.1 the connection knows; of HTTP/2 the library says nothing but this.
        (ErrorSource::Downstream, E::ReadTimedout) => Fault::SlowBody,
        (ErrorSource::Downstream, _) => Fault::ClientLeft,
        (
            ErrorSource::Upstream,
            E::ConnectTimedout
            | E::ConnectRefused
            | E::ConnectNoRoute
            | E::ConnectError
            | E::SocketError
            | E::BindError,
        ) => Fault::Unreachable,
        (ErrorSource::Upstream, E::ReadTimedout | E::WriteTimedout) => Fault::TooSlow,
        (ErrorSource::Upstream, E::InvalidHTTPHeader) => Fault::BadAnswer,
        (ErrorSource::Upstream, E::ReadError) if is_no_answer(error) => Fault::BadAnswer,
        (ErrorSource::Upstream, _) => Fault::Broken,
        (ErrorSource::Internal | ErrorSource::Unset, _) => Fault::Internal,
    }
}

/// Whether the bytes that came were no answer.
fn is_no_answer(error: &Error) -> bool {
    let cause = error.cause.as_ref().and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData)
}

/// A page of our own: its head, and its body where the request wants one.
pub(crate) fn own_page(
    request: &RequestHeader,
    life: &Life,
    fault: Fault,
) -> Result<(ResponseHeader, Option<Bytes>)> {
    let page = page(fault, &request.headers, life.trace.map_or(0, |trace| trace.id));
    let mut answer = ResponseHeader::build(fault.status(), Some(4))?;
    answer.insert_header(header::CONTENT_TYPE, page.content_type)?;
    answer.insert_header(header::CONTENT_LENGTH, page.body.len())?;
    answer.insert_header(header::CACHE_CONTROL, "no-store")?;
    if fault == Fault::Redirect {
        let target = rules::with_slash(request.raw_path());
        answer.insert_header(header::LOCATION, target)?;
    }
    Ok((answer, (request.method != Method::HEAD).then(|| Bytes::from(page.body))))
}

/// Answers with a page of our own, the last thing on its connection.
pub(crate) async fn send_page(session: &mut Session, life: &Life, fault: Fault) -> Result<()> {
    let (answer, body) = own_page(session.req_header(), life, fault)?;
    session.set_keepalive(None);
    session.write_response_header(Box::new(answer), body.is_none()).await?;
    if body.is_some() {
        session.write_response_body(body, true).await?;
    }
    Ok(())
}
