//! The store that a client's rustls is given: it holds the one value that is proposed, and takes what comes.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustls::NamedGroup;
use rustls::client::{ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::pki_types::ServerName;

/// One connection's store.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Held>);

/// What is in it.
#[derive(Default)]
pub(super) struct Held {
    /// What a TLS 1.2 client proposes.
    pub(super) offer12: Option<Tls12ClientSessionValue>,
    /// What a TLS 1.3 client proposes.
    pub(super) offer13: Option<Tls13ClientSessionValue>,
    /// What came of a TLS 1.2 handshake.
    pub(super) kept12: Option<Tls12ClientSessionValue>,
    /// What came of the latest ticket of TLS 1.3.
    pub(super) kept13: Option<Tls13ClientSessionValue>,
    /// How many tickets of TLS 1.3 came.
    pub(super) tickets: usize,
}

impl Shelf {
    /// What is in it. Not to be held while rustls works.
    pub(super) fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shelf")
    }
}

impl ClientSessionStore for Shelf {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.held().kept12 = Some(value);
    }

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.held().offer12.take()
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, value: Tls13ClientSessionValue) {
        let mut held = self.held();
        held.kept13 = Some(value);
        held.tickets += 1;
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.held().offer13.take()
    }
}
