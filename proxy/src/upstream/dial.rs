//! One connection to one address of an upstream, plain or in TLS, for both of our HTTP clients: the
//! library's, which carries clients' requests, and hyper's, which carries copies and questions.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use async_trait::async_trait;
use http::Uri;
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use pingora::{
    Error, ErrorType, Result,
    connectors::L4Connect,
    protocols::l4::{
        socket,
        stream::Stream,
        virt::{VirtualSockOpt, VirtualSocket, VirtualSocketStream},
    },
};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use super::tls::Tls;
use crate::transport::Transport;

/// How to reach an address.
#[derive(Debug, Clone)]
pub(super) struct Dial {
    /// The address.
    pub address: SocketAddr,
    /// Until the connection stands, TLS included.
    pub time: Duration,
    /// TLS, and the name that must be proved.
    pub tls: Option<(Arc<Tls>, ServerName<'static>)>,
    /// Whether the connection is reset when we let go of it, and never ends in good order.
    pub resets: bool,
}

impl Dial {
    async fn dial(&self) -> io::Result<Transport> {
        let dialling = async {
            let socket = TcpStream::connect(self.address).await?;
            socket.set_nodelay(true)?;
            if self.resets {
                socket.set_zero_linger()?;
            }
            let Some((tls, name)) = &self.tls else { return Ok(Transport::Plain(socket)) };
            let stream = TlsConnector::from(tls.config()).connect(name.clone(), socket).await?;
            Ok(Transport::Tls(Box::new(stream.into())))
        };
        timeout(self.time, dialling).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// The library knows TLS too, but would parse the authorities anew for each connection.
#[async_trait]
impl L4Connect for Dial {
    async fn connect(&self, _: &socket::SocketAddr) -> Result<Stream> {
        let kind = |error: &io::Error| match error.kind() {
            io::ErrorKind::TimedOut => ErrorType::ConnectTimedout,
            io::ErrorKind::ConnectionRefused => ErrorType::ConnectRefused,
            _ => ErrorType::ConnectError,
        };
        match self.dial().await {
            Ok(transport) => Ok(VirtualSocketStream::new(Box::new(transport)).into()),
            Err(error) => {
                tracing::debug!(address = %self.address, %error, "no connection");
                Error::e_because(kind(&error), "no connection", error)
            }
        }
    }
}

impl VirtualSocket for Transport {
    /// Delay is off already, and dead connections are noticed by our deadlines.
    fn set_socket_option(&self, _: VirtualSockOpt) -> io::Result<()> {
        Ok(())
    }
}

/// The same for hyper, whatever address the request names.
#[derive(Debug, Clone)]
pub(crate) struct Connector(pub(super) Arc<Dial>);

impl tower::Service<Uri> for Connector {
    type Response = TokioIo<Transport>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let dial = Arc::clone(&self.0);
        Box::pin(async move { dial.dial().await.map(TokioIo::new) })
    }
}

impl Connection for Transport {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
