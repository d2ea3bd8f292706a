//! TLS to an upstream: whom we trust, who we are, read again when the files change.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use arc_swap::ArcSwap;
use rules::Tls as Spec;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer};

use crate::{
    telemetry::Telemetry,
    tls::{self, BadCertificate},
};

/// The protocol that is spoken to upstreams, as TLS names it (RFC 7301).
const HTTP_1: &[u8] = b"http/1.1";

/// What every connection to an upstream is made with.
#[derive(Debug)]
pub(super) struct Tls {
    spec: Spec,
    loaded: ArcSwap<Loaded>,
    refused: AtomicBool,
}

/// What the files said, and what came of it.
#[derive(Debug)]
struct Loaded {
    authorities: Vec<CertificateDer<'static>>,
    ours: Vec<CertificateDer<'static>>,
    config: Arc<ClientConfig>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// One of them cannot be used, or the system has no authorities.
    pub(super) fn read(spec: &Spec) -> Result<Self, BadCertificate> {
        let loaded = ArcSwap::from_pointee(load(spec)?);
        Ok(Self { spec: spec.clone(), loaded, refused: AtomicBool::new(false) })
    }

    /// What connections from now on are made with.
    pub(super) fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.loaded.load().config)
    }

    /// Reads the files again. While they cannot be used, the old ones stay, which is said once.
    pub(super) fn look_again(&self, upstream: &str, telemetry: &Telemetry) {
        if self.spec.ca_certificate.is_none() && self.spec.client.is_none() {
            return;
        }
        let found = load(&self.spec);
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

fn load(spec: &Spec) -> Result<Loaded, BadCertificate> {
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
    let (ours, mut config) = match &spec.client {
        None => (Vec::new(), builder.with_no_client_auth()),
        Some(client) => {
            let (chain, key) = (tls::chain(&client.certificate)?, tls::key(&client.key)?);
            let unusable = |_| BadCertificate::Unusable {
                path: client.key.clone(),
                expected: "this is not the private key of its certificate",
            };
            let config = builder.with_client_auth_cert(chain.clone(), key).map_err(unusable)?;
            (chain, config)
        }
    };
    config.alpn_protocols = vec![HTTP_1.to_vec()];
    Ok(Loaded { authorities, ours, config: Arc::new(config) })
}
