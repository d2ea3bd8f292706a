//! Bodies on their way to a side, so that a cut one never looks whole.
//!
//! gunicorn runs the view on whatever came of a body when its connection ends in good order, and
//! Django takes a chunked body for an empty one: it reads `CONTENT_LENGTH` bytes and nothing else.
//! So a short body is here before a side is asked. A longer one goes out as it comes, with the
//! length it came with, over a connection that is never ended in good order: the kernel resets it
//! when we let go of it, and the read of the view raises.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Version, header};
use pingora::{Result, http::RequestHeader, proxy::Session};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of a body that is held until it is whole: what the library keeps for a second attempt,
/// and more than forms and API calls have.
pub(crate) const WHOLE_BODY_BYTES_MAX: u64 = 64 * 1024;

/// Bytes of bodies that are held at one time. Beyond it a body goes out as it comes.
pub(crate) const WHOLE_BODIES_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How the body of a request goes out.
#[derive(Debug, Default)]
pub(crate) enum Upload {
    /// There is none.
    #[default]
    None,
    /// It is here as a whole, until the request ends.
    Whole { _held: OwnedSemaphorePermit },
    /// It goes out as it comes.
    Streamed,
}

/// The room for bodies that are held.
#[derive(Debug)]
pub(crate) struct Room(Arc<Semaphore>);

impl Room {
    /// All of it free.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(WHOLE_BODIES_BYTES_MAX)))
    }

    /// Takes a short body in.
    ///
    /// # Errors
    /// The client left, or sent what is no body.
    pub(crate) async fn take_in(&self, session: &mut Session) -> Result<Upload> {
        if session.as_downstream_mut().is_body_done() {
            return Ok(Upload::None);
        }
        let Some(held) = self.hold(&session.req_header().headers) else {
            return Ok(Upload::Streamed);
        };
        if expects_continue(session.req_header()) {
            session
                .as_downstream_mut()
                .write_continue_response()
                .await
                .map_err(pingora::Error::into_down)?;
        }
        session.as_downstream_mut().enable_retry_buffering();
        while session.read_request_body().await.map_err(pingora::Error::into_down)?.is_some() {}
        Ok(Upload::Whole { _held: held })
    }

    fn hold(&self, headers: &HeaderMap) -> Option<OwnedSemaphorePermit> {
        let length = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse::<u64>().ok()?;
        let bytes = u32::try_from(length).ok().filter(|_| length <= WHOLE_BODY_BYTES_MAX)?;
        Arc::clone(&self.0).try_acquire_many_owned(bytes).ok()
    }
}

/// Whether the client waits for a word before it sends its body. HTTP/1.0 has no such word
/// (RFC 9110 section 10.1.1).
fn expects_continue(head: &RequestHeader) -> bool {
    let word = |expected: &HeaderValue| expected.as_bytes().eq_ignore_ascii_case(b"100-continue");
    head.version >= Version::HTTP_11 && head.headers.get(header::EXPECT).is_some_and(word)
}

impl Upload {
    /// Whether the body is already here, so that nobody needs to ask for it.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Whole { .. })
    }

    /// Whether it goes out as it comes, so that its connection must not end in good order.
    pub(crate) fn is_streamed(&self) -> bool {
        matches!(self, Self::Streamed)
    }
}
