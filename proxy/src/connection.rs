//! One client connection as the HTTP library sees it: a socket with a deadline for each head.
//!
//! The library's timeouts are per read, so a client that sends one byte a second holds a
//! connection for as long as it likes. Here the clock starts at the first byte of a head and the
//! whole head must be there before it ends. Reads are not buffered: the library has a buffer of
//! its own, and a second one would cost every idle connection 64 KiB.

use std::{
    io,
    net::SocketAddr,
    os::fd::AsRawFd,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use async_trait::async_trait;
use pingora::protocols::{
    GetProxyDigest, GetSocketDigest, GetTimingDigest, Peek, Shutdown, SocketDigest, Ssl,
    TimingDigest, UniqueID, UniqueIDType, raw_connect::ProxyDigest, tls::SslDigest,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufWriter, ReadBuf},
    time::{Instant, Sleep, sleep},
};

use crate::{flood::FrameMeter, telemetry::Telemetry, transport::Transport};

/// From the first byte of a head to its last. Ten seconds is a head of 8 KiB at 7 kbit/s; slower
/// than that is an attack or a connection that nobody can use.
pub(crate) const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// Bytes collected before a write goes out: a head and a small body leave in one packet.
const WRITE_BUFFER_BYTES_MAX: usize = 2_048;

/// Whether the next bytes of a connection belong to a head, shared with whoever knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeadClock(Arc<ClockState>);

#[derive(Debug, Default)]
struct ClockState {
    head_is_read: AtomicBool,
    overdue: AtomicBool,
}

impl HeadClock {
    /// The head is complete; what follows is a body and has its own timeouts.
    pub(crate) fn head_read(&self) {
        self.0.head_is_read.store(true, Ordering::Release);
    }

    /// The answer is out; the next byte begins a head.
    pub(crate) fn await_head(&self) {
        self.0.head_is_read.store(false, Ordering::Release);
    }

    /// Whether the connection was cut because a head took too long.
    pub(crate) fn was_overdue(&self) -> bool {
        self.0.overdue.load(Ordering::Acquire)
    }
}

/// A client connection.
#[derive(Debug)]
pub(crate) struct Connection {
    socket: BufWriter<Transport>,
    digest: Arc<SocketDigest>,
    clock: HeadClock,
    deadline: Option<Pin<Box<Sleep>>>,
    frames: Option<(FrameMeter, Telemetry)>,
}

impl Connection {
    /// Wraps an accepted socket.
    pub(crate) fn new(socket: Transport, peer: SocketAddr, clock: HeadClock) -> Self {
        let digest = SocketDigest::from_raw_fd(socket.socket().as_raw_fd());
        // Set here so that nobody needs to ask the kernel again; a fresh cell takes it.
        let _ = digest.peer_addr.set(Some(peer.into()));
        Self {
            socket: BufWriter::with_capacity(WRITE_BUFFER_BYTES_MAX, socket),
            digest: Arc::new(digest),
            clock,
            deadline: None,
            frames: None,
        }
    }

    /// HTTP/2 follows: frames are counted, and the library has the clocks.
    pub(crate) fn count_frames(&mut self, telemetry: Telemetry) {
        self.clock.head_read();
        self.frames = Some((FrameMeter::new(Instant::now()), telemetry));
    }

    fn wrote(&mut self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let (Some((frames, _)), Poll::Ready(Ok(bytes))) = (&mut self.frames, &written) {
            frames.sent(*bytes);
        }
        written
    }

    /// Starts, keeps or stops the clock, and says whether it has run out.
    fn overdue(&mut self, context: &mut Context<'_>, came: usize) -> bool {
        if self.clock.0.head_is_read.load(Ordering::Acquire) {
            self.deadline = None;
            return false;
        }
        if came > 0 && self.deadline.is_none() {
            self.deadline = Some(Box::pin(sleep(HEAD_TIME_MAX)));
        }
        let over = match &mut self.deadline {
            Some(deadline) => deadline.as_mut().poll(context).is_ready(),
            None => false,
        };
        if over {
            self.clock.0.overdue.store(true, Ordering::Release);
        }
        over
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.socket).poll_read(context, buffer);
        let came = buffer.filled().len() - before;
        if came == 0 && read.is_ready() {
            return read;
        }
        if this.overdue(context, came) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        if let Some((frames, telemetry)) = &mut this.frames
            && frames.came(&buffer.filled()[before..], Instant::now()).is_err()
        {
            telemetry.floods.inc();
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
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
        self.wrote(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(context, slices);
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}

#[async_trait]
impl Shutdown for Connection {
    async fn shutdown(&mut self) {
        // The client may be gone already; there is nobody to tell.
        let _ = AsyncWriteExt::shutdown(&mut self.socket).await;
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
