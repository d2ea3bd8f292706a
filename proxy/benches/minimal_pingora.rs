//! The yardstick of `./dev bench proxy`: the least program that forwards with pingora, tuned as we
//! are (allocator, one event loop a thread, no second read buffer), and nothing else.
//!
//! `minimal_pingora PORT UPSTREAM_PORT`

use async_trait::async_trait;
use pingora::{
    Result,
    listeners::{L4BufferSettings, ListenerConfig},
    proxy::{ProxyHttp, Session, http_proxy_service},
    server::{Server, configuration::ServerConf},
    upstreams::peer::HttpPeer,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct Forward {
    upstream: String,
}

#[async_trait]
impl ProxyHttp for Forward {
    type CTX = ();

    fn new_ctx(&self) {}

    async fn upstream_peer(&self, _: &mut Session, (): &mut ()) -> Result<Box<HttpPeer>> {
        Ok(Box::new(HttpPeer::new(self.upstream.as_str(), false, String::new())))
    }
}

fn main() {
    // The benchmark's own caller; `--bench` is what cargo adds.
    let mut ports = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (Some(port), Some(upstream)) = (ports.next(), ports.next()) else { return };
    let settings = ServerConf {
        threads: 1,
        work_stealing: false,
        max_retries: 2,
        upstream_keepalive_pool_size: 512,
        grace_period_seconds: Some(0),
        graceful_shutdown_timeout_seconds: Some(0),
        ..ServerConf::default()
    };
    let mut server = Server::new_with_opt_and_conf(None, settings);
    server.bootstrap();
    let forward = Forward { upstream: format!("127.0.0.1:{upstream}") };
    let mut service = http_proxy_service(&server.configuration, forward);
    let buffers = L4BufferSettings::default().read(0);
    service.add_listener(ListenerConfig::tcp(format!("127.0.0.1:{port}")).l4_buffer(buffers));
    server.add_service(service);
    server.run_forever();
}
