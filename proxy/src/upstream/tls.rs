//! TLS to an upstream: whom we trust, who we are, read again when the files change.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use arc_swap::ArcSwap;
use pingora::{
    protocols::tls::CaType,
    upstreams::peer::HttpPeer,
    utils::tls::{CertKey, WrappedX509, parse_x509},
};
use rules::{Protocol, Tls as Spec};
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName},
};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::{
    telemetry::Telemetry,
    tls::{self, BadCertificate},
};

/// The names of the versions of HTTP in TLS (RFC 7301).
const HTTP_1: &[u8] = b"http/1.1";
const HTTP_2: &[u8] = b"h2";

/// What every connection to an upstream is made with.
#[derive(Debug)]
pub(super) struct Tls {
    spec: Spec,
    protocol: Protocol,
    loaded: ArcSwap<Loaded>,
    refused: AtomicBool,
}

/// What the files said, and what came of it.
#[derive(Debug)]
struct Loaded {
    authorities: Vec<CertificateDer<'static>>,
    ours: Vec<CertificateDer<'static>>,
    config: Arc<ClientConfig>,
    /// The same in the library's form; `None` is the authorities of the system.
    ca: Option<Arc<CaType>>,
    identity: Option<Arc<CertKey>>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// One of them cannot be used, or the system has no authorities.
    pub(super) fn read(spec: &Spec, protocol: Protocol) -> Result<Self, BadCertificate> {
        let loaded = ArcSwap::from_pointee(load(spec, protocol)?);
        Ok(Self { spec: spec.clone(), protocol, loaded, refused: AtomicBool::new(false) })
    }

    /// What connections from now on are made with.
    pub(super) fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.loaded.load().config)
    }

    /// The peer for the library at that address, which must prove that name.
    pub(super) fn peer(&self, address: SocketAddr, name: &ServerName<'_>) -> HttpPeer {
        let loaded = self.loaded.load();
        // The library does not verify where it has no name to verify.
        let mut peer = HttpPeer::new(address, true, name.to_str().into_owned());
        peer.options.ca.clone_from(&loaded.ca);
        peer.client_cert_key.clone_from(&loaded.identity);
        peer
    }

    /// Whether what was agreed on is what will be spoken; old servers of HTTP/1.1 agree on nothing.
    pub(super) fn agreed(&self, on: Option<&[u8]>) -> bool {
        self.protocol == Protocol::Http1 || on == Some(HTTP_2)
    }

    /// Reads the files again. While they cannot be used, the old ones stay, which is said once.
    pub(super) fn look_again(&self, upstream: &str, telemetry: &Telemetry) {
        if self.spec.ca_certificate.is_none() && self.spec.client.is_none() {
            return;
        }
        let found = load(&self.spec, self.protocol);
        let was_refused = self.refused.swap(found.is_err(), Ordering::Relaxed);
        match found {
            Ok(found) => {
                let before = self.loaded.load();
                if found.authorities != before.authorities || found.ours != before.ours {
                    self.loaded.store(Arc::new(found));
                    telemetry.certificate_reloads.inc();
                    tracing::info!(upstream, "new certificates are in force");
                }
            }
            Err(error) if !was_refused => {
                telemetry.certificate_reloads_refused.inc();
                tracing::warn!(upstream, %error, "the certificates on disk are not taken");
            }
            Err(_) => {}
        }
    }
}

fn load(spec: &Spec, protocol: Protocol) -> Result<Loaded, BadCertificate> {
    let authorities = match &spec.ca_certificate {
        Some(path) => tls::chain(path)?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    let mut roots = RootCertStore::empty();
    // Systems ship authorities that no verifier takes; those that we were told of must be taken.
    let (_, refused) = roots.add_parsable_certificates(authorities.iter().cloned());
    if roots.is_empty() || (refused > 0 && spec.ca_certificate.is_some()) {
        let path = spec.ca_certificate.clone().unwrap_or_else(|| "the system".into());
        return Err(BadCertificate::Unusable { path, expected: "expected authorities to trust" });
    }
    let builder = ClientConfig::builder_with_provider(tls::provider())
        .with_safe_default_protocol_versions()
        .map_err(BadCertificate::Unsupported)?
        .with_root_certificates(roots);
    let (ours, identity, mut config) = match &spec.client {
        None => (Vec::new(), None, builder.with_no_client_auth()),
        Some(client) => {
            let (chain, key) = (tls::chain(&client.certificate)?, tls::key(&client.key)?);
            let unusable = |_| BadCertificate::Unusable {
                path: client.key.clone(),
                expected: "this is not the private key of its certificate",
            };
            let secret = key.secret_der().to_vec();
            let config = builder.with_client_auth_cert(chain.clone(), key).map_err(unusable)?;
            let identity = CertKey::new(readable(&client.certificate, &chain)?, secret);
            (chain, Some(Arc::new(identity)), config)
        }
    };
    config.alpn_protocols = match protocol {
        Protocol::Http1 => vec![HTTP_1.to_vec()],
        Protocol::Http2 => vec![HTTP_2.to_vec()],
    };
    let ca = match &spec.ca_certificate {
        None => None,
        Some(path) => {
            let wrapped = readable(path, &authorities)?;
            let wrapped = wrapped.into_iter().map(|der| WrappedX509::new(der, parse_x509));
            Some(wrapped.collect::<Vec<_>>().into())
        }
    };
    Ok(Loaded { authorities, ours, config: Arc::new(config), ca, identity })
}

/// Certificates that the library can read too. It has another reader than `rustls`, one that
/// panics.
fn readable(path: &Path, chain: &[CertificateDer<'_>]) -> Result<Vec<Vec<u8>>, BadCertificate> {
    let expected = "expected X.509 certificates of version 3";
    let whole = |der: &CertificateDer<'_>| match X509Certificate::from_der(der) {
        Ok(_) => Ok(der.to_vec()),
        Err(_) => Err(BadCertificate::Unusable { path: path.to_owned(), expected }),
    };
    chain.iter().map(whole).collect()
}
