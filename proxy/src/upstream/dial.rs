//! One connection to one address of an upstream, plain or in TLS: for clients' requests in
//! HTTP/1.1, and for copies, questions and health checks, which have connections of their own.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use super::tls::Tls;
use crate::transport::Transport;

/// How to reach an address.
#[derive(Debug)]
pub(super) struct Dial {
    /// The address.
    pub address: SocketAddr,
    /// Until the connection stands, TLS included.
    pub time: Duration,
    /// TLS, and the name that must be proved.
    pub tls: Option<(Arc<Tls>, ServerName<'static>)>,
}

impl Dial {
    /// Connects.
    ///
    /// # Errors
    /// It did not stand in time, or TLS says that the other end is somebody else.
    pub(super) async fn dial(&self) -> io::Result<Transport> {
        let dialling = async {
            let socket = TcpStream::connect(self.address).await?;
            socket.set_nodelay(true)?;
            let Some((tls, name)) = &self.tls else { return Ok(Transport::Plain(socket)) };
            let stream = TlsConnector::from(tls.config()).connect(name.clone(), socket).await?;
            if !tls.agreed(stream.get_ref().1.alpn_protocol()) {
                return Err(io::Error::other("it does not agree on HTTP/2"));
            }
            Ok(Transport::Tls(Box::new(stream.into())))
        };
        timeout(self.time, dialling).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// What hyper asks for connections, whatever address the request names.
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
