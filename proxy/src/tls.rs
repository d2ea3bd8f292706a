//! TLS that ends here: certificates by the name a client asks for, read again when they change.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use arc_swap::ArcSwap;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        client::verify_server_name,
        crypto::{CryptoProvider, ring},
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject as _},
        server::{ClientHello, ParsedCertificate, ResolvesServerCert},
        sign::CertifiedKey,
    },
};
use zeroize::Zeroizing;

use crate::telemetry::Telemetry;

/// Bytes of a certificate chain or key. A chain of three has 6 KiB.
const FILE_BYTES_MAX: u64 = 256 * 1024;

/// Certificates. Each one that does not fit costs a comparison of names in a handshake.
pub(crate) const CERTIFICATES_MAX: usize = 64;

/// Where a certificate stands: its chain and its key, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The certificate, then those that vouch for it.
    pub chain: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadCertificate {
    /// Different numbers of chains and keys.
    #[error("{chains} --tls-cert and {keys} --tls-key: give one key for each, in the same order")]
    Unpaired {
        /// How often `--tls-cert` was given.
        chains: usize,
        /// How often `--tls-key` was given.
        keys: usize,
    },
    /// Over the limit.
    #[error("more than {CERTIFICATES_MAX} certificates: let one carry several names")]
    TooMany,
    /// A file that cannot be read.
    #[error("{}: it cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file without what it should hold, or a key that belongs to another certificate.
    #[error("{}: {expected}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What should be there.
        expected: &'static str,
    },
    /// The cryptography lacks what TLS 1.2 and 1.3 need; it does not.
    #[error("TLS cannot be spoken here")]
    Unsupported(#[source] rustls::Error),
}

/// The certificates in force.
#[derive(Debug)]
pub(crate) struct Certificates {
    pairs: Vec<Pair>,
    loaded: ArcSwap<Vec<Arc<CertifiedKey>>>,
}

impl Certificates {
    /// Reads all of them; `None` where there are none to read.
    ///
    /// # Errors
    /// One of them cannot be used.
    pub(crate) fn read(
        chains: &[PathBuf],
        keys: &[PathBuf],
    ) -> Result<Option<Arc<Self>>, BadCertificate> {
        if chains.len() != keys.len() {
            return Err(BadCertificate::Unpaired { chains: chains.len(), keys: keys.len() });
        }
        if chains.len() > CERTIFICATES_MAX {
            return Err(BadCertificate::TooMany);
        }
        if chains.is_empty() {
            return Ok(None);
        }
        let both = chains.iter().zip(keys);
        let pairs: Vec<Pair> =
            both.map(|(chain, key)| Pair { chain: chain.clone(), key: key.clone() }).collect();
        let loaded = ArcSwap::from_pointee(load(&pairs)?);
        Ok(Some(Arc::new(Self { pairs, loaded })))
    }

    /// Accepts TLS 1.2 and 1.3 with these certificates, and offers HTTP/2.
    ///
    /// # Errors
    /// The cryptography lacks what those versions need; it does not.
    pub(crate) fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, rustls::Error> {
        let resolver = Arc::clone(self) as Arc<dyn ResolvesServerCert>;
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Reads the files again and again. New certificates serve new connections; while one of them
    /// cannot be used, all the old ones stay.
    pub(crate) async fn watch(self: Arc<Self>, every: Duration, telemetry: Telemetry) {
        let mut refused = false;
        loop {
            tokio::time::sleep(every).await;
            match load(&self.pairs) {
                Ok(found) => {
                    refused = false;
                    let same = |(one, other): (&Arc<CertifiedKey>, &Arc<CertifiedKey>)| {
                        one.cert == other.cert
                    };
                    if !found.iter().zip(self.loaded.load().iter()).all(same) {
                        self.loaded.store(Arc::new(found));
                        telemetry.certificate_reloads.inc();
                        tracing::info!("new certificates are in force");
                    }
                }
                Err(error) if !refused => {
                    refused = true;
                    telemetry.certificate_reloads_refused.inc();
                    tracing::warn!(%error, "the certificates on disk are not taken");
                }
                Err(_) => {}
            }
        }
    }
}

impl ResolvesServerCert for Certificates {
    /// The first certificate that carries the name; the first of all for other names, and for
    /// clients that ask for none.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let loaded = self.loaded.load();
        let name = hello.server_name().and_then(|name| ServerName::try_from(name).ok());
        let carries = |key: &&Arc<CertifiedKey>| {
            let certificate =
                key.cert.first().and_then(|der| ParsedCertificate::try_from(der).ok());
            let of_name = |name| certificate.map(|cert| verify_server_name(&cert, name).is_ok());
            name.as_ref().and_then(of_name).unwrap_or(false)
        };
        loaded.iter().find(carries).or_else(|| loaded.first()).cloned()
    }
}

/// The cryptography of every TLS connection, in and out.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn load(pairs: &[Pair]) -> Result<Vec<Arc<CertifiedKey>>, BadCertificate> {
    pairs
        .iter()
        .map(|pair| {
            let (chain, key) = (chain(&pair.chain)?, key(&pair.key)?);
            CertifiedKey::from_der(chain, key, &provider()).map(Arc::new).map_err(|_| {
                let expected = "this is not the private key of its certificate";
                BadCertificate::Unusable { path: pair.key.clone(), expected }
            })
        })
        .collect()
}

/// The certificates of a PEM file.
///
/// # Errors
/// It cannot be read, or has none.
pub(crate) fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, BadCertificate> {
    let pem = read(path)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(|| BadCertificate::Unusable {
        path: path.to_owned(),
        expected: "expected certificates in PEM (-----BEGIN CERTIFICATE-----)",
    })
}

/// The private key of a PEM file.
///
/// # Errors
/// It cannot be read, or has none.
pub(crate) fn key(path: &Path) -> Result<PrivateKeyDer<'static>, BadCertificate> {
    let pem = read(path)?;
    PrivateKeyDer::from_pem_slice(&pem).map_err(|_| BadCertificate::Unusable {
        path: path.to_owned(),
        expected: "expected a private key in PEM, without a password",
    })
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, BadCertificate> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = File::open(path).and_then(|file| file.take(FILE_BYTES_MAX).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(source) => Err(BadCertificate::Unreadable { path: path.to_owned(), source }),
    }
}
