//! What a server's rustls asks while it works, and the answers that were laid out for it before.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::server::{ClientHello, ProducesTickets, ResolvesServerCert, StoresServerSessions};
use rustls::sign::CertifiedKey;

use super::value::ServerValue;
use super::{Gives, Sealing, Version};

/// One connection's answers.
pub(super) struct Desk {
    version: Version,
    laid_out: Mutex<LaidOut>,
}

/// The answers, and what was learnt in turn.
#[derive(Default)]
pub(super) struct LaidOut {
    /// The certificate.
    pub(super) certificate: Option<Arc<CertifiedKey>>,
    /// What is resumed: the ticket or id that was presented, and the value as rustls wants it.
    pub(super) resume: Option<(Vec<u8>, Vec<u8>)>,
    /// What a full handshake of TLS 1.2 gives.
    pub(super) gives: Gives,
    /// How the next ticket of TLS 1.2 is made.
    pub(super) sealing: Option<Sealing>,
    /// What came of the handshake: what the server can resume in TLS 1.2, and what its tickets are made like in TLS 1.3.
    pub(super) kept: Option<ServerValue>,
    /// A TLS 1.2 handshake turned out a full one.
    is_full: bool,
    lifetime_s: u32,
}

impl Desk {
    /// An empty one.
    pub(super) fn new(version: Version) -> Self {
        Self { version, laid_out: Mutex::default() }
    }

    /// What is on it. Not to be held while rustls works.
    pub(super) fn laid_out(&self) -> MutexGuard<'_, LaidOut> {
        self.laid_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn resumed_by(&self, presented: &[u8]) -> Option<Vec<u8>> {
        let laid_out = self.laid_out();
        laid_out.resume.as_ref().filter(|(proposal, _)| proposal == presented).map(|(_, value)| value.clone())
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Desk")
    }
}

impl StoresServerSessions for Desk {
    fn put(&self, _: Vec<u8>, value: Vec<u8>) -> bool {
        self.laid_out().kept = ServerValue::of_rustls(&value);
        // the tickets of TLS 1.3 are sent by the layer above: this one is a pattern for them, and stays here
        self.version == Version::Tls12
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.resumed_by(key)
    }

    fn take(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.resumed_by(key)
    }

    /// Asked in the full handshakes of TLS 1.2 only, and first.
    fn can_cache(&self) -> bool {
        let mut laid_out = self.laid_out();
        laid_out.is_full = true;
        laid_out.gives == Gives::Id
    }
}

impl ProducesTickets for Desk {
    fn enabled(&self) -> bool {
        let laid_out = self.laid_out();
        match (self.version, laid_out.is_full) {
            // what a ticketer makes in TLS 1.3 takes no early data
            (Version::Tls13, _) => false,
            (Version::Tls12, true) => laid_out.gives == Gives::Ticket,
            (Version::Tls12, false) => laid_out.sealing.is_some(),
        }
    }

    fn lifetime(&self) -> u32 {
        self.laid_out().lifetime_s
    }

    fn encrypt(&self, plain: &[u8]) -> Option<Vec<u8>> {
        let sealing = self.laid_out().sealing.take()?;
        let value = ServerValue::of_rustls(plain)?;
        let ticket = (sealing.seal)(&value);
        let mut laid_out = self.laid_out();
        (laid_out.kept, laid_out.lifetime_s) = (Some(value), sealing.lifetime_s);
        Some(ticket)
    }

    fn decrypt(&self, cipher: &[u8]) -> Option<Vec<u8>> {
        self.resumed_by(cipher)
    }
}

impl ResolvesServerCert for Desk {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.laid_out().certificate.clone()
    }
}
