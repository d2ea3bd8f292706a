//! TLS to Django's database, by the words that `libpq` has for it, so that the address Django's own
//! tools are given means the same here.
//!
//! `disable`, `prefer` (the default), `require`, `verify-ca` and `verify-full`. The first three
//! protect from nobody who can answer in the database's place; what is read there are sessions
//! and hashes of passwords, so across a network it should be `verify-full`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio_postgres::config::{Config, Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use super::options::BadIdentity;
use crate::tls;

/// What must be proved of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    None,
    /// Its certificate is signed by an authority that we trust.
    Authority,
    /// And it is for the host that we asked for.
    Host,
}

/// An address as `libpq` takes it, without the words that the driver does not know.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    rest: String,
    mode: SslMode,
    proof: Proof,
    authorities: Option<PathBuf>,
}

/// Where the database is and how to speak to it.
///
/// # Errors
/// The address is none, or its authorities cannot be read.
pub(super) fn read(address: &str) -> Result<(Config, MakeRustlsConnect), BadIdentity> {
    let Address { rest, mode, proof, authorities } = split(address)?;
    let mut config: Config = rest.parse().map_err(|_| BadIdentity::Database)?;
    let is_local = |host: &Host| matches!(host, Host::Unix(_));
    // Whoever could listen on a socket of the system needs no socket.
    let local = config.get_hostaddrs().is_empty() && config.get_hosts().iter().all(is_local);
    config.ssl_mode(if local { SslMode::Disable } else { mode });
    let provider = tls::provider();
    let any_host = |signed| Arc::new(AnyHost { provider: Arc::clone(&provider), signed });
    let verifier: Arc<dyn ServerCertVerifier> = match proof {
        Proof::None => any_host(None),
        Proof::Authority | Proof::Host => {
            let roots = roots(authorities.as_deref())?;
            let whole =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
            let whole = whole.build().map_err(|_| BadIdentity::Authorities)?;
            if proof == Proof::Host { whole } else { any_host(Some(whole)) }
        }
    };
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| BadIdentity::Authorities)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok((config, MakeRustlsConnect::new(tls)))
}

/// Those of a file, or of the system.
fn roots(file: Option<&Path>) -> Result<RootCertStore, BadIdentity> {
    let found = match file {
        Some(path) => tls::chain(path)?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    let mut roots = RootCertStore::empty();
    // Systems ship authorities that no verifier takes; those that we were told of must be taken.
    let (_, refused) = roots.add_parsable_certificates(found);
    if roots.is_empty() || (refused > 0 && file.is_some()) {
        return Err(BadIdentity::Authorities);
    }
    Ok(roots)
}

/// Takes `sslmode` and `sslrootcert` out of an address: a URL with a query, or `key=value` words.
fn split(address: &str) -> Result<Address, BadIdentity> {
    let is_url = address.starts_with("postgres://") || address.starts_with("postgresql://");
    let (start, words, between): (_, Vec<&str>, _) = match address.split_once('?') {
        Some((start, query)) if is_url => (start, query.split('&').collect(), '&'),
        None if is_url => (address, Vec::new(), '&'),
        // A space inside quotes is kept, whatever is made of the words beside it.
        _ => ("", address.split(' ').collect(), ' '),
    };
    let (mut rest, mut mode, mut authorities) = (Vec::new(), "prefer", None);
    for word in words {
        match word.split_once('=') {
            Some(("sslmode", value)) => mode = value,
            Some(("sslrootcert", "system")) => authorities = None,
            Some(("sslrootcert", path)) => {
                let path = path.replace("%2F", "/").replace("%2f", "/");
                authorities = Some(PathBuf::from(path));
            }
            _ => rest.push(word),
        }
    }
    let (mode, proof) = match mode {
        "disable" => (SslMode::Disable, Proof::None),
        "prefer" => (SslMode::Prefer, Proof::None),
        // As libpq does: whoever names authorities wants them asked.
        "require" if authorities.is_some() => (SslMode::Require, Proof::Authority),
        "require" => (SslMode::Require, Proof::None),
        "verify-ca" => (SslMode::Require, Proof::Authority),
        "verify-full" => (SslMode::Require, Proof::Host),
        _ => return Err(BadIdentity::SslMode),
    };
    let rest = rest.join(&between.to_string());
    let rest = match (is_url, rest.is_empty()) {
        (true, true) => start.to_owned(),
        (true, false) => format!("{start}?{rest}"),
        (false, _) => rest,
    };
    Ok(Address { rest, mode, proof, authorities })
}

/// Takes whatever host has the key of the certificate that it shows.
#[derive(Debug)]
struct AnyHost {
    provider: Arc<CryptoProvider>,
    /// Where the certificate must be signed by an authority of ours.
    signed: Option<Arc<WebPkiServerVerifier>>,
}

impl ServerCertVerifier for AnyHost {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        status: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(signed) = &self.signed else { return Ok(ServerCertVerified::assertion()) };
        // The name is compared last, so that this error means that all else is fine.
        match signed.verify_server_cert(certificate, between, name, status, now) {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(address: &str, rest: &str, mode: SslMode, proof: Proof, authorities: Option<&str>) {
        let authorities = authorities.map(PathBuf::from);
        let expected = Address { rest: rest.to_owned(), mode, proof, authorities };
        assert_eq!(split(address).unwrap(), expected, "{address}");
    }

    #[test]
    fn the_words_of_libpq() {
        let url = "postgres://r:p@db/site";
        is(url, url, SslMode::Prefer, Proof::None, None);
        is(&format!("{url}?sslmode=disable"), url, SslMode::Disable, Proof::None, None);
        is(&format!("{url}?sslmode=require"), url, SslMode::Require, Proof::None, None);
        let named = format!("{url}?sslmode=require&sslrootcert=%2Fetc%2Fca.pem");
        is(&named, url, SslMode::Require, Proof::Authority, Some("/etc/ca.pem"));
        let more = format!("{url}?connect_timeout=3&sslmode=verify-ca&application_name=x");
        let rest = format!("{url}?connect_timeout=3&application_name=x");
        is(&more, &rest, SslMode::Require, Proof::Authority, None);
        let words = "host=db password='a  b' sslmode=verify-full sslrootcert=/ca.pem dbname=site";
        is(
            words,
            "host=db password='a  b' dbname=site",
            SslMode::Require,
            Proof::Host,
            Some("/ca.pem"),
        );
        let system = "host=db sslrootcert=system sslmode=verify-full";
        is(system, "host=db", SslMode::Require, Proof::Host, None);
    }

    #[test]
    fn a_word_that_nobody_knows_is_no_weaker_one() {
        for mode in ["allow", "verify_full", "VERIFY-FULL", "'verify-full'", ""] {
            let said = split(&format!("postgres://db/site?sslmode={mode}"));
            assert!(matches!(said, Err(BadIdentity::SslMode)), "{mode}");
        }
    }
}
