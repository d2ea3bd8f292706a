//! A client's connection in HTTP/1.1, read and written by ourselves: one request without a body
//! after the other. Whatever else comes on it is left for the library to read.

use std::{future::pending, io, net::IpAddr, time::Duration};

use bytes::{Buf, Bytes, BytesMut};
use http::{Method, StatusCode, header};
use pingora::{
    BError, Error, ErrorType, Result,
    http::{RequestHeader, ResponseHeader},
    protocols::http::date::get_cached_date,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use crate::{
    connection::{Connection, Gatekeeper},
    gate,
};

/// Bytes of one read. Heads have one or two thousand, and every idle connection holds as many.
const READ_BYTES_MAX: usize = 4 * 1024;

/// Time between two requests. Longer than browsers' and load balancers' usual 60 seconds, so that
/// it is they who close, and no request meets a closing socket.
pub(crate) const IDLE_TIME_MAX: Duration = Duration::from_secs(75);

/// One client.
#[derive(Debug)]
pub(crate) struct Client {
    connection: Box<Connection>,
    keeper: Gatekeeper,
    peer: IpAddr,
    /// Read and not taken yet.
    came: BytesMut,
    /// Of the answer, and not written yet.
    out: Vec<u8>,
    answered: Answered,
    /// What it had of the answer before the head that waits.
    before: Answered,
}

/// What a client has of an answer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Answered {
    /// The status of its last head; 0 while there is none.
    pub status: u16,
    /// Whether that is one of the answer itself, and no informational one.
    pub has_begun: bool,
    /// Bytes of its body.
    pub bytes: usize,
    chunked: bool,
}

/// What a connection brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// A [plain](crate::gate::head::Framing::is_plain) request.
    Plain,
    /// Another one, or none.
    Other,
    /// Nothing any more.
    End,
}

impl Client {
    /// A connection of which everything was taken that was read.
    pub(crate) fn new(connection: Box<Connection>, peer: IpAddr, keeper: Gatekeeper) -> Self {
        let (came, out) = (BytesMut::new(), Vec::new());
        let (answered, before) = Default::default();
        Self { connection, keeper, peer, came, out, answered, before }
    }

    /// What the gate says of it.
    pub(crate) fn keeper(&self) -> &Gatekeeper {
        &self.keeper
    }

    /// Who is at its other end.
    pub(crate) fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Whether TLS ends here.
    pub(crate) fn is_secure(&self) -> bool {
        self.connection.is_secure()
    }

    /// What it has of the answer to the request that was taken last.
    pub(crate) fn answered(&self) -> Answered {
        self.answered
    }

    /// Waits for the next head.
    pub(crate) async fn next(&mut self) -> Next {
        loop {
            match self.keeper.wire().first_head() {
                Some(true) => return Next::Plain,
                Some(false) => return Next::Other,
                None => {}
            }
            self.came.reserve(READ_BYTES_MAX);
            match timeout(IDLE_TIME_MAX, self.read()).await {
                Ok(Ok(1..)) => {}
                _ => return Next::End,
            }
        }
    }

    /// Takes a plain request. None where it is more than we read: then it is left as it came.
    pub(crate) fn take(&mut self) -> Option<RequestHeader> {
        let (from, to) = gate::wire::head_end(&self.came, 0)?;
        let behind = self.came.split_off(to + gate::EMPTY_LINE.len());
        let head = std::mem::replace(&mut self.came, behind).freeze();
        let request = gate::head::request(&head.slice(from..to));
        if request.is_none() {
            let mut all = BytesMut::from(head);
            all.unsplit(std::mem::take(&mut self.came));
            self.came = all;
        }
        self.answered = Answered::default();
        request
    }

    /// The connection, for whoever reads what is left.
    pub(crate) fn into_connection(mut self) -> Box<Connection> {
        self.connection.unread(self.came);
        self.connection
    }

    async fn read(&mut self) -> io::Result<usize> {
        self.connection.read_buf(&mut self.came).await
    }

    /// Resolves when the client has left before it has its answer. What it sends meanwhile is its
    /// next request.
    pub(crate) async fn gone(&mut self) -> BError {
        while self.came.len() < READ_BYTES_MAX {
            match self.read().await {
                Ok(1..) => {}
                Ok(0) => return Error::new_down(ErrorType::ConnectionClosed),
                Err(error) => return down(ErrorType::ReadError, error),
            }
        }
        pending().await
    }

    /// Begins an answer. Its head waits for what comes with it (`more`); that of a body with a
    /// length for the first piece in any case, as many sides send the two one after the other.
    ///
    /// # Errors
    /// The client left.
    pub(crate) async fn begin(
        &mut self,
        asked: &Method,
        answer: &mut ResponseHeader,
        (closes, more): (bool, bool),
    ) -> Result<()> {
        answer.remove_header(&header::CONNECTION);
        let informational = answer.status.is_informational();
        if !informational && !answer.headers.contains_key(header::DATE) {
            answer.insert_header(header::DATE, get_cached_date())?;
        }
        let phrase = answer.get_reason_phrase().unwrap_or_default();
        for part in ["HTTP/1.1 ", answer.status.as_str(), " ", phrase, "\r\n"] {
            self.out.extend_from_slice(part.as_bytes());
        }
        answer.header_to_h1_wire(&mut self.out);
        if closes && !informational {
            self.out.extend_from_slice(b"Connection: close\r\n");
        }
        self.out.extend_from_slice(b"\r\n");
        self.before = self.answered;
        self.answered.status = answer.status.as_u16();
        if informational {
            return self.write(Bytes::new(), b"", true).await;
        }
        self.answered.has_begun = true;
        self.answered.chunked = has_body(asked, answer.status)
            && answer.headers.contains_key(header::TRANSFER_ENCODING);
        if self.answered.chunked && !more {
            return self.write(Bytes::new(), b"", true).await;
        }
        Ok(())
    }

    /// Forgets a head that nothing is written of, so that the client may get another answer.
    pub(crate) fn take_back(&mut self) {
        if !self.out.is_empty() {
            self.out.clear();
            self.answered = self.before;
        }
    }

    /// Some of the answer's body. It is written at once where no more of it is at hand.
    ///
    /// # Errors
    /// The client left.
    pub(crate) async fn body(&mut self, piece: Bytes, more: bool) -> Result<()> {
        self.answered.bytes += piece.len();
        if !self.answered.chunked {
            return self.write(piece, b"", !more).await;
        }
        self.out.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        self.write(piece, b"\r\n", !more).await
    }

    /// The answer is whole.
    ///
    /// # Errors
    /// The client left.
    pub(crate) async fn end(&mut self) -> Result<()> {
        if self.answered.chunked {
            self.out.extend_from_slice(b"0\r\n\r\n");
        }
        self.write(Bytes::new(), b"", true).await
    }

    /// Writes what waits, and something behind it.
    async fn write(&mut self, piece: Bytes, behind: &[u8], now: bool) -> Result<()> {
        let mut all = Buf::chain(&*self.out, piece).chain(behind);
        let written = async {
            self.connection.write_all_buf(&mut all).await?;
            if now { self.connection.flush().await } else { Ok(()) }
        };
        let written = written.await;
        self.out.clear();
        written.map_err(|error| down(ErrorType::WriteError, error))
    }

    /// Ends the connection in good order. What is written goes out, so that the client sees what it
    /// has and what it lacks.
    pub(crate) async fn close(&mut self) {
        // It may be gone already; there is nobody to tell.
        let _ = self.connection.shutdown().await;
    }
}

/// Whether an answer may have a body (RFC 9112 section 6.3).
pub(crate) fn has_body(asked: &Method, status: StatusCode) -> bool {
    *asked != Method::HEAD
        && !status.is_informational()
        && !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

#[expect(clippy::unnecessary_box_returns, reason = "the library's errors are boxed")]
fn down(what: ErrorType, error: io::Error) -> BError {
    Error::because(what, "a client", error).into_down()
}
