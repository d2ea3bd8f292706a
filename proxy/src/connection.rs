//! One client connection as the HTTP library sees it: a socket behind the gate, with deadlines.
//!
//! Every byte is read by the grammar before the library gets it. The library's timeouts are per
//! read, so a client that sends one byte a second holds a connection for as long as it likes. Here
//! a whole head has its time, and a body a rate that it must keep. Reads are not buffered: the
//! library has a buffer of its own, and a second one would cost every idle connection 64 KiB.

use std::{
    io,
    net::SocketAddr,
    os::fd::AsRawFd,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use async_trait::async_trait;
use bytes::BytesMut;
use http::HeaderValue;
use pingora::protocols::{
    GetProxyDigest, GetSocketDigest, GetTimingDigest, Peek, Shutdown, SocketDigest, Ssl,
    TimingDigest, UniqueID, UniqueIDType, raw_connect::ProxyDigest, tls::SslDigest,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufWriter, ReadBuf},
    time::{Instant, Sleep, sleep, sleep_until},
};

use crate::{
    error::Fault,
    flood::{Cut, FrameMeter},
    forwarded,
    gate::wire::{HEAD_TIME_MAX, Patience, Wire},
    idle::Idler,
    telemetry::Telemetry,
    transport::Transport,
};

/// Bytes collected before a write goes out: a head and a small body leave in one packet.
const WRITE_BUFFER_BYTES_MAX: usize = 2_048;

/// Bytes of a body in one read. The library queues up to four pieces for a side that is slow; with
/// pieces of its own buffer's 64 KiB each upload would hold 400 KiB.
const BODY_READ_BYTES_MAX: usize = 16 * 1024;

/// Time for a client to take a piece of the answer; in HTTP/2 also to send a piece of its body.
pub(crate) const CLIENT_SILENCE_MAX: Duration = Duration::from_mins(1);

/// What the wire of a connection says, shared with the service.
#[derive(Debug, Clone)]
pub(crate) struct Gatekeeper(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    wire: Mutex<Wire>,
    /// The address at the other end as text, written once.
    peer: HeaderValue,
    idler: Idler,
    slow: AtomicU8,
    reset: AtomicBool,
}

/// What a client was too slow with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slow {
    /// A head.
    Head,
    /// A body.
    Body,
}

impl Gatekeeper {
    /// For a connection that begins.
    pub(crate) fn new(peer: SocketAddr, idler: Idler) -> Self {
        Self(Arc::new(Kept {
            wire: Mutex::new(Wire::new()),
            peer: forwarded::text(peer.ip().to_canonical()),
            idler,
            slow: AtomicU8::new(0),
            reset: AtomicBool::new(false),
        }))
    }

    /// The wire.
    pub(crate) fn wire(&self) -> MutexGuard<'_, Wire> {
        self.0.wire.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address at the other end.
    pub(crate) fn peer(&self) -> &HeaderValue {
        &self.0.peer
    }

    /// Whether anybody needs the connection.
    pub(crate) fn idler(&self) -> &Idler {
        &self.0.idler
    }

    /// Why the body that is being read is none, or not read to its end.
    pub(crate) fn body_fault(&self) -> Option<Fault> {
        let slow = (self.was_slow() == Some(Slow::Body)).then_some(Fault::SlowBody);
        slow.or_else(|| self.wire().body_fault())
    }

    /// Why the connection was cut, if it was for being slow.
    pub(crate) fn was_slow(&self) -> Option<Slow> {
        match self.0.slow.load(Ordering::Acquire) {
            1 => Some(Slow::Head),
            2 => Some(Slow::Body),
            _ => None,
        }
    }

    /// The connection is not to end in good order.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Release);
    }

    fn too_slow(&self, with: Slow) {
        self.0.slow.store(if with == Slow::Head { 1 } else { 2 }, Ordering::Release);
    }
}

/// A client connection.
#[derive(Debug)]
pub(crate) struct Connection {
    socket: BufWriter<Transport>,
    digest: Arc<SocketDigest>,
    keeper: Gatekeeper,
    /// What was read and judged, and is to be read again.
    unread: BytesMut,
    waiting: Option<Waiting>,
    in_body: bool,
    /// Runs while the client does not take what is written.
    stalled: Option<Pin<Box<Sleep>>>,
    frames: Option<(FrameMeter, Telemetry)>,
}

/// For what a connection waits, since when, and how long it may.
#[derive(Debug)]
struct Waiting {
    of: Patience,
    /// Waited before, for earlier parts of the same body.
    before: Duration,
    since: Instant,
    deadline: Pin<Box<Sleep>>,
}

impl Connection {
    /// Wraps an accepted socket.
    pub(crate) fn new(socket: Transport, peer: SocketAddr, keeper: Gatekeeper) -> Self {
        let digest = SocketDigest::from_raw_fd(socket.socket().as_raw_fd());
        // Set here so that nobody needs to ask the kernel again; a fresh cell takes it.
        let _ = digest.peer_addr.set(Some(peer.into()));
        Self {
            socket: BufWriter::with_capacity(WRITE_BUFFER_BYTES_MAX, socket),
            digest: Arc::new(digest),
            keeper,
            unread: BytesMut::new(),
            waiting: None,
            in_body: false,
            stalled: None,
            frames: None,
        }
    }

    /// Gives back what was read, so that somebody else reads it first.
    pub(crate) fn unread(&mut self, bytes: BytesMut) {
        self.unread = bytes;
    }

    /// Whether TLS ends here.
    pub(crate) fn is_secure(&self) -> bool {
        self.socket.get_ref().is_secure()
    }

    /// HTTP/2 follows: frames are counted, and the library has the clocks.
    pub(crate) fn count_frames(&mut self, telemetry: Telemetry) {
        self.frames = Some((FrameMeter::new(Instant::now()), telemetry));
    }

    fn wrote(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let (Some((frames, _)), Poll::Ready(Ok(bytes))) = (&mut self.frames, &written) {
            frames.sent(*bytes);
        }
        self.taken(context, written)
    }

    /// A clock is started only where a write has to wait, which hardly one does.
    fn taken<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(CLIENT_SILENCE_MAX)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_socket(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let socket = Pin::new(&mut self.socket);
        if !self.in_body || buffer.remaining() <= BODY_READ_BYTES_MAX {
            return socket.poll_read(context, buffer);
        }
        let mut part = ReadBuf::new(buffer.initialize_unfilled_to(BODY_READ_BYTES_MAX));
        let read = socket.poll_read(context, &mut part);
        let came = part.filled().len();
        buffer.advance(came);
        read
    }

    /// Reads what came, and says whether it may be handed on.
    fn judge(&mut self, came: &[u8]) -> io::Result<()> {
        if let Some((frames, telemetry)) = &mut self.frames {
            return frames.came(came, Instant::now()).map_err(|cut| {
                if cut == Cut::Flood {
                    telemetry.floods.inc();
                }
                io::ErrorKind::ConnectionAborted.into()
            });
        }
        let mut wire = self.keeper.wire();
        wire.read(came);
        let fine = wire.body_fault().is_none();
        drop(wire);
        self.came();
        if fine { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    /// The clock of a head runs on while its bytes trickle in; that of a body only while we wait.
    fn came(&mut self) {
        let patience = self.keeper.wire().patience();
        self.in_body = matches!(patience, Patience::Body(..));
        self.waiting = self.waiting.take().filter(|waiting| waiting.of.same_message(patience));
        match (&mut self.waiting, patience) {
            (Some(waiting), Patience::Body(..)) => {
                waiting.before += waiting.since.elapsed();
                waiting.since = Instant::now();
            }
            (None, Patience::Head(_)) => self.waiting = Some(Waiting::begin(patience)),
            _ => {}
        }
    }

    /// Nothing came: whether the time for it has run out.
    fn overdue(&mut self, context: &mut Context<'_>) -> bool {
        if self.frames.is_some() {
            return false;
        }
        let patience = self.keeper.wire().patience();
        if patience == Patience::Idle {
            return false;
        }
        let waiting = self.waiting.get_or_insert_with(|| Waiting::begin(patience));
        if let Patience::Body(_, allowed) = patience {
            let left = allowed.saturating_sub(waiting.before);
            waiting.deadline.as_mut().reset(waiting.since + left);
        }
        let over = waiting.deadline.as_mut().poll(context).is_ready();
        if over {
            let head = matches!(patience, Patience::Head(_));
            self.keeper.too_slow(if head { Slow::Head } else { Slow::Body });
        }
        over
    }
}

impl Waiting {
    fn begin(of: Patience) -> Self {
        let since = Instant::now();
        let deadline = Box::pin(sleep_until(since + HEAD_TIME_MAX));
        Self { of, before: Duration::ZERO, since, deadline }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.unread.is_empty() {
            let some = this.unread.len().min(buffer.remaining());
            buffer.put_slice(&this.unread.split_to(some));
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let read = this.poll_socket(context, buffer);
        let came = buffer.filled().get(before..).unwrap_or_default();
        if !came.is_empty() {
            return Poll::Ready(this.judge(came));
        }
        if read.is_pending() && this.overdue(context) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.wrote(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.socket).poll_flush(context);
        self.taken(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.keeper.0.reset.load(Ordering::Acquire) {
            return Pin::new(&mut self.socket).poll_shutdown(context);
        }
        // What is written goes out; the end of it is no orderly one.
        let flushed = ready!(Pin::new(&mut self.socket).poll_flush(context));
        Poll::Ready(flushed.and_then(|()| self.socket.get_ref().socket().set_zero_linger()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(context, slices);
        self.wrote(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}

#[async_trait]
impl Shutdown for Connection {
    async fn shutdown(&mut self) {
        // The client may be gone already; there is nobody to tell.
        let _ = AsyncWriteExt::shutdown(self).await;
    }
}

impl UniqueID for Connection {
    fn id(&self) -> UniqueIDType {
        self.socket.get_ref().socket().as_raw_fd()
    }
}

impl Ssl for Connection {
    /// All that anybody behind asks is whether there is one.
    fn get_ssl_digest(&self) -> Option<Arc<SslDigest>> {
        let secure = self.socket.get_ref().is_secure();
        secure.then(|| Arc::new(SslDigest::new("", "", None, None, Vec::new())))
    }
}

impl GetTimingDigest for Connection {
    fn get_timing_digest(&self) -> Vec<Option<TimingDigest>> {
        Vec::new()
    }
}

impl GetProxyDigest for Connection {
    fn get_proxy_digest(&self) -> Option<Arc<ProxyDigest>> {
        None
    }
}

impl GetSocketDigest for Connection {
    fn get_socket_digest(&self) -> Option<Arc<SocketDigest>> {
        Some(Arc::clone(&self.digest))
    }
}

impl Peek for Connection {}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::idle::Idlers;

    /// Time is passed on whenever nothing else can happen, so a minute takes none.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (socket, peer) = listener.accept().await.unwrap();
        let keeper = Gatekeeper::new(peer, Idlers::new().begin());
        let mut connection = Connection::new(Transport::Plain(socket), peer, keeper);
        let began = Instant::now();
        let error = loop {
            if let Err(error) = connection.write_all(&[0; 16_384]).await {
                break error;
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(began.elapsed() >= CLIENT_SILENCE_MAX, "{:?}", began.elapsed());
        drop(client);
    }
}
