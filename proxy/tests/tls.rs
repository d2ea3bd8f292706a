//! TLS that ends here, and the PROXY protocol in front of it, with real handshakes.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use proxy::Options;
use rcgen::{CertificateParams, KeyPair};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

use crate::world::{Rules, at_stage, eventually, legacy, nobody, proxy_with, rules, start, talk};

/// Writes a certificate for a name that vouches for itself.
fn certificate(folder: &Path, file: &str, name: &str) -> (PathBuf, PathBuf) {
    let key = KeyPair::generate().unwrap();
    let signed = CertificateParams::new([name.to_owned()]).unwrap().self_signed(&key).unwrap();
    let paths = (folder.join(format!("{file}.pem")), folder.join(format!("{file}.key")));
    std::fs::write(&paths.0, signed.pem()).unwrap();
    std::fs::write(&paths.1, key.serialize_pem()).unwrap();
    paths
}

type Tls = StreamOwned<ClientConnection, TcpStream>;

/// A handshake that trusts that certificate alone.
fn handshake(socket: TcpStream, name: &str, trusted: &Path, protocols: &[&[u8]]) -> Option<Tls> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(trusted).unwrap()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    stream.sock.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.conn.complete_io(&mut stream.sock).ok()?;
    Some(stream)
}

fn tls(address: SocketAddr, name: &str, trusted: &Path, protocols: &[&[u8]]) -> Option<Tls> {
    handshake(TcpStream::connect(address).unwrap(), name, trusted, protocols)
}

const ASK: &[u8] = b"GET /a/ HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n";

fn exchange(mut stream: Tls) -> String {
    stream.write_all(ASK).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_certificate_for_each_name_and_new_ones_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let shop = certificate(folder.path(), "shop", "shop.example");
    let other = certificate(folder.path(), "other", "other.example");
    let legacy = legacy().start();
    let proxy = proxy_with(&at_stage("legacy", legacy.address, nobody()), |o: &mut Options| {
        o.tls_cert = vec![shop.0.clone(), other.0.clone()];
        o.tls_key = vec![shop.1.clone(), other.1.clone()];
        o.poll = Duration::from_millis(50);
    });
    let address = proxy.address;
    for (name, pair) in [("shop.example", &shop), ("other.example", &other)] {
        let answer = exchange(tls(address, name, &pair.0, &[b"http/1.1"]).unwrap());
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert_eq!(legacy.seen().pop().unwrap().header("x-forwarded-proto"), "https");
    }
    // The first one is for names that nobody has, so that the client sees whose server this is.
    assert!(tls(address, "third.example", &shop.0, &[]).is_none());
    let old = tls(address, "shop.example", &shop.0, &[]).unwrap();
    let before = std::fs::read(&shop.0).unwrap();
    std::fs::write(&shop.1, "torn").unwrap();
    proxy.counts("outgrow_proxy_certificate_reloads_refused_total", 1);
    assert!(tls(address, "shop.example", &shop.0, &[]).is_some(), "the old ones stay");
    let renewed = certificate(folder.path(), "shop", "shop.example");
    assert_ne!(before, std::fs::read(&renewed.0).unwrap());
    eventually("the new certificate serves", || {
        tls(address, "shop.example", &renewed.0, &[]).is_some()
    });
    assert!(exchange(old).starts_with("HTTP/1.1 200"), "connections outlive their certificate");
    let failed = || proxy.meter("outgrow_proxy_handshakes_failed_total");
    let before = failed();
    assert!(before >= 1, "a name without a certificate counts");
    let plain = talk(address, ASK);
    assert!(!plain.contains("HTTP/"), "no plain HTTP where TLS is: {plain}");
    eventually("it is counted", || failed() > before);
}

#[test]
fn http2_is_agreed_on_in_the_handshake() {
    let folder = tempfile::tempdir().unwrap();
    let shop = certificate(folder.path(), "shop", "shop.example");
    let legacy = legacy().route("/a/", r#"{"by":"legacy"}"#).start();
    let proxy = proxy_with(&at_stage("legacy", legacy.address, nobody()), |o: &mut Options| {
        (o.tls_cert, o.tls_key) = (vec![shop.0.clone()], vec![shop.1.clone()]);
    });
    let trusted = shop.0.display().to_string();
    let done = std::process::Command::new("curl")
        .args(["-sS", "--http2", "--cacert", &trusted, "-w", " %{http_version} %{http_code}"])
        .args(["--resolve", &format!("shop.example:{}:127.0.0.1", proxy.address.port())])
        .arg(format!("https://shop.example:{}/a/", proxy.address.port()))
        .output();
    let Ok(done) = done else {
        let line = b"SKIP: HTTP/2 over TLS with curl: there is no curl\n";
        std::io::stderr().write_all(line).unwrap();
        return;
    };
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(said, r#"{"by":"legacy"} 2 200"#, "{done:?}");
    assert_eq!(legacy.seen().pop().unwrap().header("x-forwarded-proto"), "https");
}

#[test]
fn unusable_certificates_are_said_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let shop = certificate(folder.path(), "shop", "shop.example");
    let other = certificate(folder.path(), "other", "other.example");
    let fresh = || -> Rules { rules(&at_stage("legacy", nobody(), nobody())) };
    for (chains, keys, says) in [
        (vec![shop.0.clone()], vec![other.1.clone()], "private key"),
        (vec![shop.1.clone()], vec![shop.1.clone()], "expected certificates"),
        (vec![shop.0.clone()], vec![shop.0.clone()], "expected a private key"),
        (vec![folder.path().join("none")], vec![shop.1.clone()], "cannot be read"),
        (vec![shop.0.clone(), other.0], vec![shop.1], "one key for each"),
    ] {
        let rules = fresh();
        let mut options = Options::for_rules(rules.path());
        (options.tls_cert, options.tls_key) = (chains, keys);
        let mut proxy = start(rules, options).unwrap();
        let error = proxy.failed();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn the_proxy_protocol_is_believed_from_those_it_was_allowed_and_asked_of_them() {
    let legacy = legacy().start();
    let yaml = at_stage("legacy", legacy.address, nobody());
    let proxy = proxy_with(&yaml, |o: &mut Options| {
        o.proxy_protocol = vec!["127.0.0.0/8".parse().unwrap()];
    });
    let with = |header: &[u8]| talk(proxy.address, &[header, ASK].concat());
    let mut v2 = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0f".to_vec();
    v2.extend([192, 0, 2, 9, 127, 0, 0, 1, 0, 80, 1, 187, 0x04, 0, 0]);
    let mut local = b"\r\n\r\n\0\r\nQUIT\n\x20\0".to_vec();
    local.extend([0, 0]);
    for (header, client) in [
        (b"PROXY TCP4 192.0.2.7 127.0.0.1 5 80\r\n".to_vec(), "192.0.2.7"),
        (b"PROXY TCP6 2001:db8::7 ::1 5 80\r\n".to_vec(), "2001:db8::7"),
        (b"PROXY UNKNOWN\r\n".to_vec(), "127.0.0.1"),
        (v2, "192.0.2.9"),
        (local, "127.0.0.1"),
    ] {
        let answer = with(&header);
        assert!(answer.starts_with("HTTP/1.1 200"), "{client}: {answer}");
        assert_eq!(legacy.seen().pop().unwrap().header("x-forwarded-for"), client);
    }
    let served = legacy.count();
    let long = [b"PROXY TCP4 ".to_vec(), vec![b'1'; 200]].concat();
    let huge = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff".to_vec();
    for header in [b"".to_vec(), b"PROXY TCP4 nonsense\r\n".to_vec(), long, huge] {
        assert_eq!(with(&header), "", "{header:?}");
    }
    proxy.counts("outgrow_proxy_handshakes_failed_total", 4);
    assert_eq!(legacy.count(), served);
    // Everybody else's is no HTTP.
    let open = proxy_with(&yaml, |_| {});
    let answer = talk(open.address, &[b"PROXY TCP4 192.0.2.7 127.0.0.1 5 80\r\n", ASK].concat());
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
}
