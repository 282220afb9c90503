//! Values for rustls, made from what was kept of a TLS 1.3 ticket. rustls takes each value once and lets nobody copy it; so the ticket
//! is read once more, by a client of the same context on a connection in memory whose server sends whatever it is told to.

use std::sync::Arc;

use rustls::client::{Resumption, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::{ClientHello, NoServerSessionStorage, ProducesTickets, ResolvesServerCert, StoresServerSessions};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::version::{TLS12, TLS13};
use rustls::{ContentType, ServerConfig, SignatureAlgorithm, SignatureScheme};

use super::Error;
use super::base::ClientBase;
use super::bytes::put_vector;
use super::link::Link;
use super::provider::provider_for;
use super::records::NEW_SESSION_TICKET;
use super::shelf::Shelf;
use super::tap::Tap;
use super::value::{Kept12, Kept13};

/// A connection whose tickets are whatever they are said to be. All of them are of one cipher suite and from one certificate chain.
pub(super) struct Mint {
    suite: u16,
    chain: Vec<Vec<u8>>,
    shelf: Arc<Shelf>,
    client: Link,
    server: Link,
}

impl Mint {
    /// A mint for what was kept of one ticket, and what is like it.
    pub(super) fn new(base: &ClientBase, like: &Kept13) -> Result<Self, Error> {
        let shelf = Arc::new(Shelf::default());
        let (client, server) = (client(base, &shelf)?, server(base, like)?);
        let mut mint = Self { suite: like.suite, chain: like.chain.clone(), shelf, client, server };
        while mint.client.is_handshaking() || mint.server.is_handshaking() {
            if carry(&mut mint.client, &mut mint.server)? + carry(&mut mint.server, &mut mint.client)? == 0 {
                return Err(Error::Refused("the handshake of a mint came to nothing".to_owned()));
            }
        }
        Ok(mint)
    }

    /// Whether it is for tickets like this one.
    pub(super) fn fits(&self, kept: &Kept13) -> bool {
        self.suite == kept.suite && self.chain == kept.chain
    }

    /// One value, as if the ticket had come when it came.
    pub(super) fn strike(&mut self, kept: &Kept13) -> Result<Tls13ClientSessionValue, Error> {
        let mut message = vec![NEW_SESSION_TICKET];
        put_vector(&mut message, 3, &kept.message);
        self.server.write_as(ContentType::Handshake, &message)?;
        {
            let mut state = self.client.tap().state();
            (state.psk, state.time) = (Some(kept.psk.clone()), Some(kept.received_at));
        }
        carry(&mut self.server, &mut self.client)?;
        self.client.tap().state().tickets.clear();
        self.shelf.held().kept13.take().ok_or_else(|| Error::Refused("a ticket cannot be read again".to_owned()))
    }
}

/// A value of TLS 1.2, as if it had been negotiated when it was. It takes a handshake of its own, whose secret is laid out for both ends.
pub(super) fn strike12(base: &ClientBase, kept: &Kept12, session_id: Option<&[u8]>) -> Result<Tls12ClientSessionValue, Error> {
    let refused = |why: &str| Error::Refused(why.to_owned());
    let master = kept.master.ok_or_else(|| refused("its secret is not known"))?;
    let shelf = Arc::new(Shelf::default());
    let (mut client, mut server) = (client(base, &shelf)?, server12(base, kept)?);
    client.tap().state().time = Some(kept.received_at);
    for end in [&client, &server] {
        end.tap().state().master = Some(master);
    }
    if !kept.has_ticket {
        let id = session_id.unwrap_or(&kept.identity);
        let id = <[u8; 32]>::try_from(id).map_err(|_| refused("its session id is shorter than those that rustls makes"))?;
        // what a server draws are its random bytes, and then the session id
        server.tap().state().randoms.extend([id, id]);
    }
    while client.is_handshaking() || server.is_handshaking() {
        if carry(&mut client, &mut server)? + carry(&mut server, &mut client)? == 0 {
            return Err(refused("the handshake of a mint came to nothing"));
        }
    }
    let value = shelf.held().kept12.take();
    value.ok_or_else(|| refused("a session cannot be made again"))
}

fn server12(base: &ClientBase, like: &Kept12) -> Result<Link, Error> {
    let provider = provider_for(like.suite, base.groups());
    let provider = provider.ok_or_else(|| Error::Refused(format!("there is no cipher suite {:#06x}", like.suite)))?;
    let algorithm = match like.suite {
        0xC02B | 0xC02C | 0xCCA9 => SignatureAlgorithm::ECDSA,
        _ => SignatureAlgorithm::RSA,
    };
    let mut config = ServerConfig::builder_with_details(Arc::new(provider), base.time())
        .with_protocol_versions(&[&TLS12])?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Forged::new(&like.chain, algorithm)));
    config.session_storage = Arc::new(Nowhere);
    if like.has_ticket {
        config.ticketer = Arc::new(Stamp { ticket: like.identity.clone(), lifetime_s: like.lifetime_hint_s });
    }
    Link::server(config, Arc::default())
}

/// A store that makes servers give session ids, and keeps nothing.
#[derive(Debug)]
struct Nowhere;

impl StoresServerSessions for Nowhere {
    fn put(&self, _: Vec<u8>, _: Vec<u8>) -> bool {
        true
    }

    fn get(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }

    fn take(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }

    fn can_cache(&self) -> bool {
        true
    }
}

/// One ticket, whatever it is asked to seal.
#[derive(Debug)]
struct Stamp {
    ticket: Vec<u8>,
    lifetime_s: u32,
}

impl ProducesTickets for Stamp {
    fn enabled(&self) -> bool {
        true
    }

    fn lifetime(&self) -> u32 {
        self.lifetime_s
    }

    fn encrypt(&self, _: &[u8]) -> Option<Vec<u8>> {
        Some(self.ticket.clone())
    }

    fn decrypt(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }
}

fn client(base: &ClientBase, shelf: &Arc<Shelf>) -> Result<Link, Error> {
    let mut config = base.config();
    config.resumption = Resumption::store(Arc::clone(shelf) as _);
    config.enable_sni = false;
    let name = ServerName::try_from("mint.invalid").map_err(|error| Error::Refused(error.to_string()))?;
    let tap = Arc::new(Tap::default());
    tap.state().trusting = true;
    tap.state().time = Some(0);
    Link::client(config, name, tap)
}

fn server(base: &ClientBase, like: &Kept13) -> Result<Link, Error> {
    let provider = provider_for(like.suite, base.groups());
    let provider = provider.ok_or_else(|| Error::Refused(format!("there is no cipher suite {:#06x}", like.suite)))?;
    let mut config = ServerConfig::builder_with_details(Arc::new(provider), base.time())
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Forged::new(&like.chain, SignatureAlgorithm::ECDSA)));
    config.send_tls13_tickets = 0;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    Link::server(config, Arc::default())
}

/// Carries what one end has to say to the other. How much that was.
fn carry(from: &mut Link, to: &mut Link) -> Result<usize, Error> {
    let bytes = from.output();
    to.feed(&bytes)?;
    Ok(bytes.len())
}

/// A certificate that nobody looks at, with a key that signs nothing.
#[derive(Debug)]
struct Forged(Arc<CertifiedKey>);

impl Forged {
    fn new(chain: &[Vec<u8>], algorithm: SignatureAlgorithm) -> Self {
        let chain = chain.iter().cloned().map(CertificateDer::from).collect();
        Self(Arc::new(CertifiedKey::new(chain, Arc::new(NoKey(algorithm)))))
    }
}

impl ResolvesServerCert for Forged {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

#[derive(Debug)]
struct NoKey(SignatureAlgorithm);

impl SigningKey for NoKey {
    fn choose_scheme(&self, _: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        Some(Box::new(Self(self.0)))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.0
    }
}

impl Signer for NoKey {
    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        Ok(Vec::new())
    }

    fn scheme(&self) -> SignatureScheme {
        match self.0 {
            SignatureAlgorithm::RSA => SignatureScheme::RSA_PSS_SHA256,
            _ => SignatureScheme::ECDSA_NISTP256_SHA256,
        }
    }
}
