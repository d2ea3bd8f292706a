//! One request and its answer over a connection to a side, as the library sees it.
//!
//! The library keeps connections of its own, but lets nobody see their bytes. So it gets a stream
//! for each request that ends with the answer, and the connection below is kept here: the next
//! request on it finds nothing of the one before.

use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker, ready},
    thread::{self, ThreadId},
    time::Duration,
};

use async_trait::async_trait;
use pingora::{
    Error, ErrorType, Result,
    connectors::L4Connect,
    protocols::l4::{
        socket::SocketAddr,
        stream::Stream,
        virt::{VirtualSockOpt, VirtualSocket, VirtualSocketStream},
    },
};
use rustix::net::sockopt::set_socket_linger;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Instant,
};

use super::dial::Dial;
use crate::{gate::answer_wire::AnswerWire, transport::Transport};

/// The connections to one address that wait for their next request.
#[derive(Debug)]
pub(super) struct Kept {
    most: usize,
    waiting: Mutex<VecDeque<Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    connection: Transport,
    since: Instant,
    thread: ThreadId,
}

impl Kept {
    /// None yet. When there are more than `most`, the one that waited longest is closed.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, waiting: Mutex::default() })
    }

    /// One that was still open when it was looked at, and did not wait for longer than `idle`. One
    /// of this thread's, if there is any: another's event loop would have to wake this one.
    pub(super) fn take(&self, idle: Duration) -> Option<Transport> {
        let here = thread::current().id();
        loop {
            let mut kept = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let last = kept.len().checked_sub(1)?;
            let place = kept.iter().rposition(|waiting| waiting.thread == here).unwrap_or(last);
            let waiting = kept.remove(place)?;
            drop(kept);
            let Waiting { mut connection, since, .. } = waiting;
            if since.elapsed() < idle && is_silent(&mut connection) {
                return Some(connection);
            }
        }
    }

    pub(super) fn put(&self, connection: Transport) {
        let waiting = Waiting { connection, since: Instant::now(), thread: thread::current().id() };
        let mut kept = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(waiting);
        let oldest = if kept.len() > self.most { kept.pop_front() } else { None };
        drop((kept, oldest));
    }

    /// Closes those that waited for longer than `idle`.
    pub(super) fn close_old(&self, idle: Duration) {
        let mut kept = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let old = kept.iter().take_while(|waiting| waiting.since.elapsed() >= idle).count();
        let old: Vec<Waiting> = kept.drain(..old).collect();
        drop((kept, old));
    }
}

/// Whether nothing came on a connection that nobody asked: neither its end nor an answer.
fn is_silent(connection: &mut Transport) -> bool {
    let mut byte = [0];
    let mut context = Context::from_waker(Waker::noop());
    let mut buffer = ReadBuf::new(&mut byte);
    Pin::new(connection).poll_read(&mut context, &mut buffer).is_pending()
}

/// How one request gets its connection.
#[derive(Debug)]
pub(super) struct Line {
    /// Makes a new one.
    pub dial: Arc<Dial>,
    /// Where it goes when it can be used again.
    pub kept: Arc<Kept>,
    /// One that was kept. Taken once.
    pub connection: Mutex<Option<Transport>>,
    /// Whether it must not end in good order as long as the request is under way.
    pub resets: bool,
}

#[async_trait]
impl L4Connect for Line {
    async fn connect(&self, _: &SocketAddr) -> Result<Stream> {
        let kept = self.connection.lock().unwrap_or_else(PoisonError::into_inner).take();
        let connection = match kept {
            Some(connection) => connection,
            None => dial(&self.dial).await?,
        };
        if self.resets {
            let set = connection.socket().set_zero_linger();
            set.map_err(|error| Error::because(ErrorType::SocketError, "no linger", error))?;
        }
        let exchange = Exchange {
            connection: Some(connection),
            kept: Arc::clone(&self.kept),
            wire: AnswerWire::new(),
            resets: self.resets,
            is_over: false,
            is_early: false,
        };
        Ok(VirtualSocketStream::new(Box::new(exchange)).into())
    }
}

/// A connection that is new.
///
/// # Errors
/// It does not stand in time, or not with whom it was meant.
pub(super) async fn dial(dial: &Dial) -> Result<Transport> {
    dial.dial().await.map_err(|error| {
        let etype = match error.kind() {
            io::ErrorKind::TimedOut => ErrorType::ConnectTimedout,
            _ => ErrorType::ConnectError,
        };
        Error::because(etype, "while connecting", error)
    })
}

/// A stream for one request.
#[derive(Debug)]
struct Exchange {
    /// There until this is dropped.
    connection: Option<Transport>,
    kept: Arc<Kept>,
    wire: AnswerWire,
    resets: bool,
    /// The library asked for more when the answer was whole: it will not ask for anything else.
    is_over: bool,
    /// The answer began before the request had ended. What was sent then may be waiting unread, and
    /// a side that does not read bodies it has no use for would take it for the next request.
    is_early: bool,
}

impl Exchange {
    fn asks(&mut self, bytes: &[u8]) {
        self.is_early |= self.wire.has_begun();
        self.wire.asks(bytes);
    }

    fn connection(&mut self) -> Pin<&mut Transport> {
        Pin::new(self.connection.as_mut().expect("it is taken by drop alone"))
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let is_clean = self.is_over && !self.is_early;
        let Some(connection) = self.connection.take().filter(|_| is_clean) else { return };
        let orderly = !self.resets || set_socket_linger(connection.socket(), None).is_ok();
        if orderly {
            self.kept.put(connection);
        }
    }
}

impl AsyncRead for Exchange {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.wire.is_whole() {
            this.is_over = true;
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(this.connection().poll_read(context, buffer))?;
        let came = buffer.filled().get(before..).unwrap_or_default();
        let read = this.wire.read(came);
        Poll::Ready(read.map_err(|_| io::ErrorKind::InvalidData.into()))
    }
}

impl AsyncWrite for Exchange {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.asks(bytes);
        self.connection().poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.connection().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.connection().poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some(first) = slices.first() {
            self.asks(first);
        }
        self.connection().poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.as_ref().is_some_and(Transport::is_write_vectored)
    }
}

impl VirtualSocket for Exchange {
    /// All that it needs was set when it was dialled.
    fn set_socket_option(&self, _: VirtualSockOpt) -> io::Result<()> {
        Ok(())
    }
}
