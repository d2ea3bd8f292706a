//! A server on a free port, and a client that says exactly which bytes it sends.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use kit::server::Ended;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Ended>,
}

impl Server {
    pub(crate) async fn start(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            // A dropped sender ends the server just as well.
            let _ = stopped.await;
        };
        let running = tokio::spawn(kit::run(listener, shutdown, router));
        Self { address, stop: Some(stop), running }
    }

    /// Begins the end and lets the test go on.
    pub(crate) fn signal(&mut self) {
        self.stop.take();
    }

    pub(crate) async fn ended(self) -> Ended {
        self.running.await.expect("the server does not panic")
    }

    /// Sends bytes and reads until the server closes.
    pub(crate) async fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(bytes).await;
        read(&mut stream).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &str) -> String {
        let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
        self.send(head.as_bytes()).await
    }
}

pub(crate) async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let reading = stream.read_to_end(&mut bytes);
    // A reset after the answer leaves the answer in `bytes`.
    let _ = tokio::time::timeout(Duration::from_secs(20), reading).await.expect("an end");
    String::from_utf8_lossy(&bytes).into_owned()
}
