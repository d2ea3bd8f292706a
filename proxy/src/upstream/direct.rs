//! One request and its answer on a connection to a side in HTTP/1.1. A body is whole before it is
//! sent.

use std::{io, sync::Arc, time::Duration};

use bytes::BytesMut;
use pingora::{BError, Error, ErrorType, Result, RetryType};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use super::{WRITE_TIME_MAX, exchange::Kept};
use crate::{
    gate::answer_wire::{AnswerWire, Part},
    transport::Transport,
};

/// Bytes of the first read: a head and the body of most answers. More would be memory that most
/// requests hold for nothing.
const FIRST_READ_BYTES_MAX: usize = 8 * 1024;

/// Bytes of every other read: what a socket's buffer mostly holds of a large answer.
const READ_BYTES_MAX: usize = 64 * 1024;

/// The exchange of one request for its answer. Its connection is kept for the next one when this is
/// dropped after one whole answer and nothing else.
#[derive(Debug)]
pub(crate) struct Direct {
    /// There until this is dropped.
    connection: Option<Transport>,
    kept: Arc<Kept>,
    wire: AnswerWire,
    came: BytesMut,
    /// The answer was taken to its end; one that was refused is no reason to trust its side.
    is_over: bool,
    has_body: bool,
}

impl Direct {
    pub(super) fn new(connection: Transport, kept: Arc<Kept>) -> Self {
        Self {
            connection: Some(connection),
            kept,
            wire: AnswerWire::new(),
            came: BytesMut::new(),
            is_over: false,
            has_body: false,
        }
    }

    /// Sends the request.
    ///
    /// # Errors
    /// The connection broke, which one that was kept may do at any time, or the side does not take
    /// it in time.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<()> {
        self.wire.asks(request);
        self.send(request).await
    }

    /// Sends a body behind the request. A side that answered without it could take what it left
    /// unread for another request, so the connection is not kept.
    ///
    /// # Errors
    /// As for the request.
    pub(crate) async fn send_body(&mut self, body: &[u8]) -> Result<()> {
        self.has_body = true;
        self.send(body).await
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        let connection = self.connection.as_mut().expect("it is taken by drop alone");
        let sending = async {
            connection.write_all(bytes).await?;
            connection.flush().await
        };
        match timeout(WRITE_TIME_MAX, sending).await {
            Ok(sent) => sent.map_err(|error| broken(ErrorType::WriteError, error)),
            Err(_) => Err(Error::new_up(ErrorType::WriteTimedout)),
        }
    }

    /// Waits for the next part of the answer; there is none when it is whole.
    ///
    /// # Errors
    /// The connection broke or ended before the answer did, nothing came for as long as `silence`,
    /// or what came is no answer.
    pub(crate) async fn part(&mut self, silence: Duration) -> Result<Option<Part>> {
        loop {
            let part = self.at_hand()?;
            if part.is_some() {
                return Ok(part);
            }
            if self.wire.is_whole() {
                self.is_over = true;
                return Ok(None);
            }
            let read = timeout(silence, self.read()).await;
            match read.map_err(|_| Error::new_up(ErrorType::ReadTimedout))? {
                Ok(0) if self.wire.ends_with_connection() => return Ok(None),
                Ok(0) => {
                    let mut error = Error::new_up(ErrorType::ConnectionClosed);
                    error.retry = RetryType::ReusedOnly;
                    return Err(error);
                }
                Ok(_) => {}
                Err(error) => return Err(broken(ErrorType::ReadError, error)),
            }
        }
    }

    /// Whether no part of the answer is left.
    pub(crate) fn is_whole(&self) -> bool {
        self.wire.is_whole()
    }

    /// The next part of the answer, if it came already.
    ///
    /// # Errors
    /// What came is no answer.
    pub(crate) fn at_hand(&mut self) -> Result<Option<Part>> {
        let no_answer = |_| broken(ErrorType::ReadError, io::ErrorKind::InvalidData.into());
        self.wire.part(&mut self.came).map_err(no_answer)
    }

    async fn read(&mut self) -> io::Result<usize> {
        let bytes = if self.wire.has_begun() { READ_BYTES_MAX } else { FIRST_READ_BYTES_MAX };
        self.came.reserve(bytes);
        let connection = self.connection.as_mut().expect("it is taken by drop alone");
        connection.read_buf(&mut self.came).await
    }
}

impl Drop for Direct {
    fn drop(&mut self) {
        let is_clean = self.is_over && self.came.is_empty() && !self.has_body;
        if let Some(connection) = self.connection.take().filter(|_| is_clean) {
            self.kept.put(connection);
        }
    }
}

/// A connection that broke. One that was kept may have been closing while we wrote to it, and then
/// it says so by an error of the system.
#[expect(clippy::unnecessary_box_returns, reason = "the library's errors are boxed")]
fn broken(what: ErrorType, error: io::Error) -> BError {
    let closing = error.raw_os_error().is_some();
    let mut error = Error::because(what, "asking a side", error).into_up();
    if closing {
        error.retry = RetryType::ReusedOnly;
    }
    error
}
