//! A certificate authority of the tests' own: right certificates for any name, and wrong ones in every known way.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

/// What certificate a server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificates {
    /// For the name asked, by the authority of `cacert_path`.
    Good,
    /// Over since 2001.
    Expired,
    /// Valid from 4000 on.
    NotYetValid,
    /// For another name.
    WrongName,
    /// By itself.
    SelfSigned,
    /// By an authority that nobody trusts.
    UnknownAuthority,
}

/// Key and name that sign.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// For `--cacert`.
    pub(crate) pem: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// The one that all servers of this process share, so that one `--cacert` serves them all.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Authority> = OnceLock::new();
        SHARED.get_or_init(|| Self::new("griot test authority"))
    }

    fn unknown() -> &'static Self {
        static UNKNOWN: OnceLock<Authority> = OnceLock::new();
        UNKNOWN.get_or_init(|| Self::new("griot authority nobody trusts"))
    }
}

/// Mints a certificate at the first handshake for a name.
pub(crate) struct Minter {
    kind: Certificates,
    minted: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl fmt::Debug for Minter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Minter({:?})", self.kind)
    }
}

impl ResolvesServerCert for Minter {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // A literal address comes without a name.
        let name = hello.server_name().unwrap_or("127.0.0.1").to_owned();
        let mut minted = self.minted.lock().unwrap();
        Some(Arc::clone(minted.entry(name).or_insert_with_key(|name| Arc::new(mint(name, self.kind)))))
    }
}

fn mint(name: &str, kind: Certificates) -> CertifiedKey {
    let key = KeyPair::generate().unwrap();
    let named = if kind == Certificates::WrongName { "elsewhere.example" } else { name };
    let mut params = CertificateParams::new(vec![named.to_owned()]).unwrap();
    match kind {
        Certificates::Expired => params.not_after = date_time_ymd(2001, 1, 1),
        Certificates::NotYetValid => params.not_before = date_time_ymd(4000, 1, 1),
        _ => {}
    }
    let certificate = match kind {
        Certificates::SelfSigned => params.self_signed(&key),
        Certificates::UnknownAuthority => params.signed_by(&key, &Authority::unknown().issuer),
        _ => params.signed_by(&key, &Authority::shared().issuer),
    };
    let der = certificate.unwrap().der().clone();
    CertifiedKey::from_der(vec![der], PrivateKeyDer::from(key), &default_provider()).unwrap()
}

/// A TLS server's configuration with such certificates, offering these protocols.
pub(crate) fn server_config(kind: Certificates, alpn: &[&str]) -> Arc<ServerConfig> {
    let minter = Minter { kind, minted: Mutex::default() };
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let mut config = builder.with_no_client_auth().with_cert_resolver(Arc::new(minter));
    config.alpn_protocols = alpn.iter().map(|p| p.as_bytes().to_vec()).collect();
    Arc::new(config)
}
