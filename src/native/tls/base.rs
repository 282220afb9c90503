//! What the connections of one context share.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rustls::client::{ResolvesClientCert, Tls13ClientSessionValue};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ServerConfig, SignatureScheme, SupportedProtocolVersion};

use super::desk::Desk;
use super::mint::Mint;
use super::pool::Pool;
use super::provider::provider;
use super::tap::Tap;
use super::trust::{Asker, Trust, Verifier};
use super::value::Kept13;
use super::{Clock, Error, Group, Version};

/// A certificate chain and its key. Cheap to clone.
#[derive(Clone)]
pub struct Credentials(Arc<CertifiedKey>);

impl Credentials {
    /// From PEM: the certificates, the end entity's first, and the key in PKCS #8, PKCS #1 or SEC 1.
    ///
    /// # Errors
    /// If they are no PEM, there is no certificate, or the key is of no use.
    pub fn from_pem(chain: &str, key: &str) -> Result<Self, Error> {
        let useless = |error: &dyn fmt::Display| Error::Credentials(error.to_string());
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain.as_bytes()).collect();
        let chain = chain.map_err(|error| useless(&error))?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|error| useless(&error))?;
        Self::new(chain, key)
    }

    /// From DER: the certificates, the end entity's first, and the key in PKCS #8.
    ///
    /// # Errors
    /// If there is no certificate, or the key is of no use.
    pub fn from_der(chain: Vec<Vec<u8>>, key: Vec<u8>) -> Result<Self, Error> {
        Self::new(chain.into_iter().map(CertificateDer::from).collect(), PrivatePkcs8KeyDer::from(key).into())
    }

    fn new(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Self, Error> {
        if chain.is_empty() {
            return Err(Error::Credentials("no certificate".to_owned()));
        }
        let key = ring::default_provider().key_provider.load_private_key(key);
        let key = key.map_err(|error| Error::Credentials(error.to_string()))?;
        Ok(Self(Arc::new(CertifiedKey::new(chain, key))))
    }

    /// The end entity's certificate, DER.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.0.cert[0]
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// What the clients of one context share. Cheap to clone. What is offered is made for the base that offers it, and whether that may trust it is
/// for the layer above to know.
#[derive(Clone)]
pub(crate) struct ClientBase(Arc<ClientInner>);

struct ClientInner {
    version: Version,
    clock: Arc<dyn Clock>,
    groups: Vec<Group>,
    wallet: Arc<Wallet>,
    config: ClientConfig,
    mints: Pool<Mint>,
}

/// Tells bases apart, and does not keep them.
#[derive(Clone)]
pub(super) struct WeakBase(Weak<ClientInner>);

impl ClientBase {
    /// A pointer that tells it apart.
    pub(super) fn downgrade(&self) -> WeakBase {
        WeakBase(Arc::downgrade(&self.0))
    }

    /// Whether a pointer is to this one.
    pub(super) fn is(&self, other: &WeakBase) -> bool {
        std::ptr::eq(Arc::as_ptr(&self.0), other.0.as_ptr())
    }

    /// A new one. `groups`, best first, are at least one.
    pub(crate) fn new(version: Version, clock: Arc<dyn Clock>, trust: &Trust, groups: &[Group]) -> Result<Self, Error> {
        let provider = some_provider(version, groups)?;
        let verifier = Arc::new(Verifier::new(trust, &provider)?);
        let wallet = Arc::new(Wallet::default());
        let mut config = ClientConfig::builder_with_details(provider, Arc::new(Time(Arc::clone(&clock))))
            .with_protocol_versions(&[supported(version)])?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_client_cert_resolver(Arc::clone(&wallet) as Arc<dyn ResolvesClientCert>);
        config.resumption = rustls::client::Resumption::disabled();
        Ok(Self(Arc::new(ClientInner { version, clock, groups: groups.to_vec(), wallet, config, mints: Pool::default() })))
    }

    /// What connections from now on show when they are asked for a certificate. Sessions stay good.
    pub(crate) fn show(&self, credentials: Option<Credentials>) {
        *self.0.wallet.0.lock().unwrap_or_else(PoisonError::into_inner) = credentials.map(|credentials| credentials.0);
    }

    pub(super) fn version(&self) -> Version {
        self.0.version
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    pub(super) fn config(&self) -> ClientConfig {
        self.0.config.clone()
    }

    pub(super) fn time(&self) -> Arc<dyn TimeProvider> {
        Arc::new(Time(Arc::clone(&self.0.clock)))
    }

    pub(super) fn now(&self) -> u64 {
        self.0.clock.now()
    }

    /// A value for rustls of what was kept.
    pub(super) fn mint(&self, kept: &Kept13) -> Result<Tls13ClientSessionValue, Error> {
        self.0.mints.run(|mint| mint.fits(kept), || Mint::new(self, kept), |mint| mint.strike(kept))
    }
}

impl fmt::Debug for ClientBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBase").field("version", &self.0.version).finish_non_exhaustive()
    }
}

/// What the servers of one context share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ServerBase(Arc<ServerInner>);

struct ServerInner {
    version: Version,
    clock: Arc<dyn Clock>,
    groups: Vec<Group>,
    credentials: Credentials,
    config: ServerConfig,
}

impl ServerBase {
    /// A new one. `groups`, best first, are at least one.
    pub(crate) fn new(version: Version, clock: Arc<dyn Clock>, credentials: Credentials, groups: &[Group]) -> Result<Self, Error> {
        let provider = some_provider(version, groups)?;
        let asker = Arc::new(Asker(provider.signature_verification_algorithms));
        let mut config = ServerConfig::builder_with_details(provider, Arc::new(Time(Arc::clone(&clock))))
            .with_protocol_versions(&[supported(version)])?
            .with_client_cert_verifier(asker)
            .with_cert_resolver(Arc::new(Desk::new(version)));
        // one pattern for all that are sent later
        config.send_tls13_tickets = 1;
        Ok(Self(Arc::new(ServerInner { version, clock, groups: groups.to_vec(), credentials, config })))
    }

    pub(super) fn version(&self) -> Version {
        self.0.version
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    pub(super) fn config(&self) -> ServerConfig {
        self.0.config.clone()
    }

    pub(super) fn now(&self) -> u64 {
        self.0.clock.now()
    }

    /// Four bytes of chance.
    pub(super) fn random(&self) -> Result<u32, Error> {
        let mut bytes = [0; 4];
        let random = self.0.config.crypto_provider().secure_random;
        random.fill(&mut bytes).map_err(|_| Error::Refused("there is no chance".to_owned()))?;
        Ok(u32::from_be_bytes(bytes))
    }

    pub(super) fn certificate(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.0.credentials.0)
    }
}

impl fmt::Debug for ServerBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBase").field("version", &self.0.version).finish_non_exhaustive()
    }
}

fn some_provider(version: Version, groups: &[Group]) -> Result<Arc<CryptoProvider>, Error> {
    if groups.is_empty() { Err(Error::NoGroups) } else { Ok(Arc::new(provider(version, groups))) }
}

fn supported(version: Version) -> &'static SupportedProtocolVersion {
    match version {
        Version::Tls12 => &TLS12,
        Version::Tls13 => &TLS13,
    }
}

/// A clock for rustls, which a connection's tap may overrule.
#[derive(Debug)]
struct Time(Arc<dyn Clock>);

impl TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        let overruled = Tap::current().and_then(|tap| tap.state().time);
        let seconds = overruled.unwrap_or_else(|| self.0.now());
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds)))
    }
}

/// What a client shows who it is with. It is one for all clients of a context, since rustls looks whether it is the same.
#[derive(Default)]
struct Wallet(Mutex<Option<Arc<CertifiedKey>>>);

impl Wallet {
    fn held(&self) -> Option<Arc<CertifiedKey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wallet")
    }
}

impl ResolvesClientCert for Wallet {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.held()
    }

    fn has_certs(&self) -> bool {
        self.held().is_some()
    }
}
