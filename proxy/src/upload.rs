//! Bodies on their way to a side, so that a cut one never looks whole.
//!
//! gunicorn runs the view on whatever came of a body when its connection ends in good order, and
//! Django takes a chunked body for an empty one: it reads `CONTENT_LENGTH` bytes and nothing else.
//! So a short body is here before a side is asked. A longer one goes out as it comes, with the
//! length it came with, over a connection that is never ended in good order: the kernel resets it
//! when we let go of it, and the read of the view raises.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderValue, Version, header};
use pingora::{Error, ErrorType, Result, http::RequestHeader, proxy::Session};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};

use crate::gate::wire::body_time;

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

/// How fast a body comes, where the wire of its connection cannot say: in HTTP/2 many bodies share
/// one. Time that the side takes to accept it counts as well, so a body must be below
/// its rate and all of its grace behind to be cut (see [`body_time`]).
#[derive(Debug)]
pub(crate) struct Pace {
    begun: Instant,
    bytes: u64,
}

impl Pace {
    /// Of a body whose first byte is still to come.
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), bytes: 0 }
    }

    /// So many bytes came.
    pub(crate) fn came(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// Time left for the next byte.
    pub(crate) fn left(&self) -> Duration {
        body_time(self.bytes).saturating_sub(self.begun.elapsed())
    }
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
                .map_err(Error::into_down)?;
        }
        session.as_downstream_mut().enable_retry_buffering();
        let mut pace = session.is_http2().then(Pace::new);
        loop {
            let left = pace.as_ref().map_or(Duration::MAX, Pace::left);
            let read = timeout(left, session.read_request_body()).await;
            let read = read.map_err(|_| Error::new_down(ErrorType::ReadTimedout))?;
            let Some(piece) = read.map_err(Error::into_down)? else { break };
            if let Some(pace) = &mut pace {
                pace.came(piece.len());
            }
        }
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
