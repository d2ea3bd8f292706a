//! What the rules say of an upstream: TLS with certificates on both sides, health checks, and how
//! many connections it may get.

use std::{
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use proxy::Options;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
        server::WebPkiClientVerifier,
    },
};

use crate::world::{at_stage, eventually, get, json, legacy, native, nobody, proxy, proxy_with};

/// An authority that signs certificates, with everything it signed in a folder.
pub(crate) struct Authority {
    folder: tempfile::TempDir,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { folder, issuer }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Certificate and key for a name.
    pub(crate) fn sign(&self, name: &str) -> (PathBuf, PathBuf) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let signed = params.signed_by(&key, &self.issuer).unwrap();
        let file = |end: &str| self.folder.path().join(format!("{name}.{end}"));
        std::fs::write(file("pem"), signed.pem()).unwrap();
        std::fs::write(file("key"), key.serialize_pem()).unwrap();
        (file("pem"), file("key"))
    }

    /// Serves under that name, to clients that this authority signed for.
    fn accepts(&self, name: &str) -> TlsAcceptor {
        let (chain, key) = self.sign(name);
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(self.path()).unwrap()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier.build().unwrap())
            .with_single_cert(
                vec![CertificateDer::from_pem_file(chain).unwrap()],
                PrivateKeyDer::from_pem_file(key).unwrap(),
            )
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// Rules whose native side is spoken to in TLS.
fn in_tls(
    stage: &str,
    (legacy, native): (SocketAddr, SocketAddr),
    hostname: &str,
    authority: &Path,
    ours: Option<&(PathBuf, PathBuf)>,
) -> String {
    let ours = ours.map_or(String::new(), |(chain, key)| {
        let (chain, key) = (chain.display(), key.display());
        format!(", client_certificate: '{chain}', client_key: '{key}'")
    });
    let authority = authority.display();
    let plain = format!("market: {{address: '{native}'}}");
    let tls = format!(
        "market: {{address: '{native}', \
         tls: {{hostname: {hostname}, ca_certificate: '{authority}'{ours}}}}}"
    );
    at_stage(stage, legacy, native).replace(&plain, &tls)
}

#[test]
fn both_sides_prove_who_they_are() {
    let ours = Authority::new();
    let old = legacy().start();
    let new = native().tls(ours.accepts("market.internal")).start();
    let both = (old.address, new.address);
    let client = ours.sign("proxy.internal");
    let ca = ours.path();

    let right = proxy(&in_tls("native", both, "market.internal", &ca, Some(&client)));
    let ask = || assert_eq!(get(right.address, "/api/quotes/").text(), r#"{"by":"native"}"#);
    ask();
    // The connection of the request before may not be back yet when the next one comes.
    let kept = (0..20).any(|_| {
        let before = new.connections();
        ask();
        new.connections() == before
    });
    assert!(kept, "each request had a handshake of its own");
    assert_eq!(new.seen().pop().unwrap().header("host"), right.address.to_string());

    let theirs = Authority::new();
    let stranger = theirs.sign("proxy.internal");
    for (what, yaml) in [
        ("another name", in_tls("native", both, "other.internal", &ca, Some(&client))),
        (
            "another authority",
            in_tls("native", both, "market.internal", &theirs.path(), Some(&client)),
        ),
        ("no certificate of ours", in_tls("native", both, "market.internal", &ca, None)),
        ("a stranger's", in_tls("native", both, "market.internal", &ca, Some(&stranger))),
    ] {
        let before = new.count();
        let wrong = proxy(&yaml);
        assert_eq!(get(wrong.address, "/api/quotes/").text(), r#"{"by":"legacy"}"#, "{what}");
        assert_eq!(new.count(), before, "{what}: nothing was sent");
    }
}

#[test]
fn copies_go_through_tls_too() {
    let ours = Authority::new();
    let old = legacy().route("/api/quotes/", "{}").start();
    let new = native().route("/api/quotes/", "{}").tls(ours.accepts("market.internal")).start();
    let client = ours.sign("proxy.internal");
    let both = (old.address, new.address);
    let yaml = in_tls("shadow", both, "market.internal", &ours.path(), Some(&client));
    let proxy = proxy(&yaml);
    for _ in 0..5 {
        assert_eq!(get(proxy.address, "/api/quotes/").status, 200);
    }
    proxy.counts(r#"outgrow_proxy_shadow_outcomes_total{route="quotes",reason="same"}"#, 5);
    assert_eq!(new.seen()[0].header("x-outgrow-shadow"), "1");
}

#[test]
fn a_renewed_certificate_of_ours_is_taken_without_a_restart() {
    let ours = Authority::new();
    let old = legacy().start();
    let new = native().tls(ours.accepts("market.internal")).start();
    let both = (old.address, new.address);
    // At first we have one that native does not believe.
    let theirs = Authority::new();
    let client = theirs.sign("proxy.internal");
    let yaml = in_tls("native", both, "market.internal", &ours.path(), Some(&client));
    let proxy = proxy_with(&yaml, |o: &mut Options| o.poll = Duration::from_millis(50));
    assert_eq!(get(proxy.address, "/api/quotes/").text(), r#"{"by":"legacy"}"#);
    std::fs::write(&client.1, "torn").unwrap();
    proxy.counts("outgrow_proxy_certificate_reloads_refused_total", 1);
    let signed = ours.sign("proxy.internal");
    std::fs::copy(&signed.1, &client.1).unwrap();
    std::fs::copy(&signed.0, &client.0).unwrap();
    eventually("native is reached", || {
        get(proxy.address, "/api/quotes/").text() == r#"{"by":"native"}"#
    });
}

#[test]
fn rules_with_certificates_that_cannot_be_used_are_refused() {
    let ours = Authority::new();
    let old = legacy().start();
    let both = (old.address, nobody());
    let proxy = proxy(&at_stage("legacy", old.address, nobody()));
    assert_eq!(get(proxy.address, "/").status, 200, "it has read the first rules");
    let client = ours.sign("proxy.internal");
    let crossed = (client.0.clone(), ours.sign("other.internal").1);
    for (yaml, says) in [
        (in_tls("native", both, "a.internal", Path::new("/nowhere.pem"), None), "/nowhere.pem"),
        (in_tls("native", both, "a.internal", &client.1, None), "expected certificates"),
        (in_tls("native", both, "a.internal", &ours.path(), Some(&crossed)), "private key"),
    ] {
        proxy.rules.write(&yaml);
        eventually(says, || {
            let told = get(proxy.admin, "/readyz").text();
            told.contains("upstreams.market.tls") && told.contains(says)
        });
        assert_eq!(get(proxy.address, "/api/quotes/").text(), r#"{"by":"legacy"}"#, "{says}");
    }
}

/// An end without a farewell is a good one for Python's `ssl`, as for gunicorn without TLS.
#[test]
fn a_cut_upload_does_not_end_in_good_order_in_tls_either() {
    let ours = Authority::new();
    let acceptor = ours.accepts("market.internal");
    let client = ours.sign("proxy.internal");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let yaml =
        in_tls("native", (nobody(), address), "market.internal", &ours.path(), Some(&client));
    let proxy = proxy(&yaml);
    let upload = std::thread::spawn(move || {
        let mut socket = std::net::TcpStream::connect(proxy.address).unwrap();
        let head = "POST /api/quotes/ HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n";
        socket.write_all(head.as_bytes()).unwrap();
        socket.write_all(&vec![b'x'; 200_000]).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        drop(socket);
        proxy
    });
    let ended = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let mut stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        let mut piece = vec![0; 65_536];
        loop {
            match tokio::io::AsyncReadExt::read(&mut stream, &mut piece).await {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(error.kind()),
            }
        }
    });
    assert_eq!(ended, Some(std::io::ErrorKind::ConnectionReset));
    drop(upload.join().unwrap());
}

/// Rules whose native side is two addresses that are asked for `/healthz`.
fn checked(legacy: SocketAddr, native: &[SocketAddr]) -> String {
    let list: Vec<String> = native.iter().map(|address| format!("'{address}'")).collect();
    let plain = format!("market: {{address: '{}'}}", native[0]);
    let checked = format!(
        "market: {{addresses: [{}], health_check: {{path: /healthz, host: market.example, \
         interval: 30ms, timeout: 30ms, healthy_threshold: 2, unhealthy_threshold: 2}}}}",
        list.join(", ")
    );
    at_stage("native", legacy, native[0]).replace(&plain, &checked)
}

#[test]
fn an_ill_address_is_left_out_and_an_ill_upstream_is_not_asked() {
    let old = legacy().start();
    let well = [Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(true))];
    let new = well.each_ref().map(|well| {
        let well = Arc::clone(well);
        let healthz = move |_: &_| json(if well.load(Ordering::SeqCst) { 200 } else { 503 }, "{}");
        native().reply("/healthz", healthz).start()
    });
    let proxy = proxy(&checked(old.address, &[new[0].address, new[1].address]));
    let asked = |fake: usize| {
        let seen = new[fake].seen();
        seen.iter().filter(|seen| seen.target == "/api/quotes/").count()
    };
    let ask = || get(proxy.address, "/api/quotes/").text();
    let ill = |count| proxy.counts(r#"outgrow_proxy_upstream_ill{upstream="market"}"#, count);
    for _ in 0..4 {
        assert_eq!(ask(), r#"{"by":"native"}"#);
    }
    assert_eq!((asked(0), asked(1)), (2, 2));

    well[0].store(false, Ordering::SeqCst);
    ill(1);
    for _ in 0..4 {
        assert_eq!(ask(), r#"{"by":"native"}"#);
    }
    assert_eq!((asked(0), asked(1)), (2, 6), "the one that is well gets all");

    well[1].store(false, Ordering::SeqCst);
    ill(2);
    assert_eq!(ask(), r#"{"by":"legacy"}"#);
    assert_eq!((asked(0), asked(1)), (2, 6), "nobody is asked who is ill");
    let fell = r#"outgrow_proxy_fallbacks_total{route="quotes",reason="native_ill"}"#;
    proxy.counts(fell, 1);
    eventually("the log says why", || {
        proxy.lines().iter().any(|line| line["reason"] == "native_ill")
    });

    well[0].store(true, Ordering::SeqCst);
    ill(1);
    assert_eq!(ask(), r#"{"by":"native"}"#);
    let check = new[0].seen().into_iter().find(|seen| seen.target == "/healthz").unwrap();
    assert_eq!(check.header("host"), "market.example");
}

#[test]
fn an_upstream_gets_no_more_connections_than_it_may() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
    let old = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        let count = move |_: &_| {
            let here = now.fetch_add(1, Ordering::SeqCst) + 1;
            let mut most = most.lock().unwrap();
            *most = here.max(*most);
            drop(most);
            // A fake has one thread, so it is not this that makes them wait.
            std::thread::sleep(Duration::from_millis(1));
            now.fetch_sub(1, Ordering::SeqCst);
            json(200, "{}")
        };
        legacy().reply("/x/", count).slow(Duration::from_millis(20)).start()
    };
    let address = old.address;
    let limited = format!("legacy: {{address: '{address}', connections: 2}}");
    let yaml = at_stage("legacy", address, nobody())
        .replace(&format!("legacy: {{address: '{address}'}}"), &limited);
    let proxy = proxy(&yaml);
    let started = std::time::Instant::now();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let asks: Vec<_> =
            (0..12).map(|_| scope.spawn(|| get(proxy.address, "/x/").status.as_u16())).collect();
        asks.into_iter().map(|ask| ask.join().unwrap()).collect()
    });
    assert_eq!(statuses, [200; 12]);
    assert!(started.elapsed() >= Duration::from_millis(6 * 20), "two at a time");

    let tight = limited.replace("connections: 2", "connections: 1, timeouts: {connect: 30ms}");
    let slow = legacy().slow(Duration::from_millis(600)).start();
    let tight = tight.replace(&address.to_string(), &slow.address.to_string());
    let yaml = yaml.replace(&limited, &tight);
    let proxy = proxy_with(&yaml, |_| {});
    std::thread::scope(|scope| {
        let first = scope.spawn(|| get(proxy.address, "/x/").status.as_u16());
        eventually("the first is there", || slow.count() == 1);
        let second = get(proxy.address, "/x/");
        assert_eq!(second.status, 503, "{}", second.text());
        assert_eq!(first.join().unwrap(), 200);
    });
    assert_eq!(slow.count(), 1);
    eventually("the log says why", || {
        proxy.lines().iter().any(|line| line["reason"] == "upstream-full")
    });
}
