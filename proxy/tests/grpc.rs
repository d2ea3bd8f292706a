//! HTTP/2 on both sides, as gRPC speaks it: messages go through as they come, in both directions,
//! trailers arrive, and a stream that a client gives up does not end in good order.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use h2::{RecvStream, client, server};
use http::{HeaderMap, Request, Response};
use tokio::{net::TcpStream, runtime::Runtime};

use crate::world::{at_stage, eventually, get, legacy, nobody, proxy, send_body};

/// What became of each request's body: its pieces, and whether it ended in good order.
type Bodies = Arc<Mutex<Vec<(Vec<Bytes>, bool)>>>;

/// Answers at once and sends every piece back as it comes; a trailer says that all is well.
async fn echo(socket: TcpStream, bodies: Bodies) {
    let mut connection = server::handshake(socket).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let bodies = Arc::clone(&bodies);
        tokio::spawn(async move {
            let says = request.headers().get("te").map_or("", |te| te.to_str().unwrap());
            let head = Response::builder()
                .header("content-type", "application/grpc")
                .header("saw-te", says)
                .header("saw-authority", request.uri().authority().unwrap().as_str())
                .body(())
                .unwrap();
            let mut answer = respond.send_response(head, false).unwrap();
            let mut body = request.into_body();
            let mut pieces = Vec::new();
            let ended = loop {
                match body.data().await {
                    None => break true,
                    Some(Err(_)) => break false,
                    Some(Ok(piece)) => {
                        let _ = body.flow_control().release_capacity(piece.len());
                        pieces.push(piece.clone());
                        let _ = answer.send_data(piece, false);
                    }
                }
            };
            bodies.lock().unwrap().push((pieces, ended));
            let mut trailers = HeaderMap::new();
            trailers.insert("grpc-status", "0".parse().unwrap());
            let _ = answer.send_trailers(trailers);
        });
    }
}

/// Serves HTTP/2 without TLS.
fn native() -> (SocketAddr, Bodies, Runtime) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let bodies = Bodies::default();
    let shared = Arc::clone(&bodies);
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(echo(socket, Arc::clone(&shared)));
        }
    });
    (address, bodies, runtime)
}

fn yaml(stage: &str, legacy: SocketAddr, native: SocketAddr) -> String {
    let plain = format!("market: {{address: '{native}'}}");
    let http2 = format!("market: {{address: '{native}', protocol: http2}}");
    at_stage(stage, legacy, native).replace(&plain, &http2)
}

fn call() -> Request<()> {
    Request::post("http://shop.example/api/quotes/")
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(())
        .unwrap()
}

/// Does something with a client's connection of HTTP/2 to the proxy.
fn with_client(address: SocketAddr, act: impl AsyncFnOnce(client::SendRequest<Bytes>)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let socket = TcpStream::connect(address).await.unwrap();
        let (sender, connection) = client::handshake(socket).await.unwrap();
        tokio::spawn(connection);
        act(sender).await;
    });
}

async fn piece(body: &mut RecvStream) -> Bytes {
    let piece = body.data().await.unwrap().unwrap();
    body.flow_control().release_capacity(piece.len()).unwrap();
    piece
}

#[test]
fn messages_go_both_ways_as_they_come_and_trailers_arrive() {
    let (native, bodies, _runtime) = native();
    let proxy = proxy(&yaml("native", nobody(), native));
    with_client(proxy.address, async |mut sender| {
        let (answer, mut upload) = sender.send_request(call(), false).unwrap();
        upload.send_data("one".into(), false).unwrap();
        let (head, mut body) = answer.await.unwrap().into_parts();
        assert_eq!(head.status, 200);
        assert_eq!(head.headers["content-type"], "application/grpc");
        assert_eq!(head.headers["saw-te"], "trailers");
        assert_eq!(head.headers["saw-authority"], "shop.example");
        assert_eq!(piece(&mut body).await, "one");
        // Only now, so that nobody waits for the whole of it.
        upload.send_data("two".into(), true).unwrap();
        assert_eq!(piece(&mut body).await, "two");
        assert!(body.data().await.is_none());
        assert_eq!(body.trailers().await.unwrap().unwrap()["grpc-status"], "0");
    });
    let seen = bodies.lock().unwrap().clone();
    assert_eq!(seen, [(vec![Bytes::from("one"), Bytes::from("two")], true)]);
}

#[test]
fn a_stream_that_is_given_up_does_not_end_in_good_order() {
    let (native, bodies, _runtime) = native();
    let proxy = proxy(&yaml("native", nobody(), native));
    with_client(proxy.address, async |mut sender| {
        let (answer, mut upload) = sender.send_request(call(), false).unwrap();
        upload.send_data("one".into(), false).unwrap();
        let mut body = answer.await.unwrap().into_body();
        assert_eq!(piece(&mut body).await, "one");
        upload.send_reset(h2::Reason::CANCEL);
        // The connection serves on.
        let (answer, mut upload) = sender.send_request(call(), false).unwrap();
        upload.send_data("two".into(), true).unwrap();
        let mut body = answer.await.unwrap().into_body();
        assert_eq!(piece(&mut body).await, "two");
    });
    eventually("both bodies have ended", || bodies.lock().unwrap().len() == 2);
    let mut seen = bodies.lock().unwrap().clone();
    seen.sort();
    let (one, two) = (Bytes::from("one"), Bytes::from("two"));
    assert_eq!(seen, [(vec![one], false), (vec![two], true)]);
}

/// Browsers and old clients reach such a service too, and legacy answers where it is none.
#[test]
fn clients_of_http1_are_served_by_a_native_of_http2() {
    let (native, _, _runtime) = native();
    let old = legacy().start();
    let proxy = proxy(&yaml("native", old.address, native));
    let ask = || Request::post("/api/quotes/");
    let got = send_body(proxy.address, ask(), "three");
    assert_eq!((got.status.as_u16(), got.text().as_str()), (200, "three"));
    let wrong = crate::world::proxy(&yaml("native", old.address, old.address));
    assert_eq!(get(wrong.address, "/api/quotes/").text(), r#"{"by":"legacy"}"#);
}
