//! What the instrumented cryptography tells of one connection, and what it is told. rustls makes the cryptography of a connection
//! without saying for which; so while rustls works for a connection, that connection's tap is the current one of the thread.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::ContentType;
use rustls::crypto::tls13::{Hkdf, OkmBlock};

use super::prf::MASTER_BYTES;

thread_local! {
    static CURRENT: RefCell<Option<Arc<Tap>>> = const { RefCell::new(None) };
}

/// The tap of one connection.
#[derive(Default)]
pub(super) struct Tap(Mutex<State>);

/// What passes through it.
#[derive(Default)]
pub(super) struct State {
    /// The secret that the tickets of a TLS 1.3 connection come from, and what derives them.
    secret: Option<(OkmBlock, &'static dyn Hkdf)>,
    /// NewSessionTicket messages of TLS 1.3 that were read, without their headers.
    pub(super) tickets: VecDeque<Vec<u8>>,
    /// The key that a ticket has, whatever is derived for it.
    pub(super) psk: Option<Vec<u8>>,
    /// As what application data that is written travels.
    pub(super) travels_as: Option<ContentType>,
    /// The time, whatever the clock says.
    pub(super) time: Option<u64>,
    /// The master secret that a TLS 1.2 handshake comes to, whatever is exchanged.
    pub(super) master: Option<[u8; MASTER_BYTES]>,
    /// The master secret that a TLS 1.2 handshake came to, where it is bound to that.
    pub(super) learnt: Option<[u8; MASTER_BYTES]>,
    /// What is drawn next where 32 random bytes are.
    pub(super) randoms: VecDeque<[u8; 32]>,
    /// Whether certificates go unverified: there is nobody at the other end.
    pub(super) trusting: bool,
    /// Whether a server asks for a certificate.
    pub(super) asks: bool,
}

impl Tap {
    /// What passes through it. Not to be held while rustls works.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has rustls work for this connection.
    pub(super) fn run<R>(self: &Arc<Self>, work: impl FnOnce() -> R) -> R {
        let _before = Restore(CURRENT.replace(Some(Arc::clone(self))));
        work()
    }

    /// The tap of the connection that rustls works for.
    pub(super) fn current() -> Option<Arc<Self>> {
        CURRENT.with_borrow(Clone::clone)
    }

    /// Keeps the secret that tickets come from.
    pub(super) fn keep_secret(&self, secret: &OkmBlock, hkdf: &'static dyn Hkdf) {
        self.state().secret = Some((secret.clone(), hkdf));
    }

    /// The key of the ticket with this nonce; `None` before the end of the handshake, and in TLS 1.2. RFC 8446 section 4.6.1.
    pub(super) fn ticket_psk(&self, nonce: &[u8]) -> Option<Vec<u8>> {
        let (secret, hkdf) = self.state().secret.clone()?;
        let expander = hkdf.expander_for_okm(&secret);
        let length = u16::try_from(expander.hash_len()).ok()?.to_be_bytes();
        let label = [PREFIX, RESUMPTION].concat();
        let [label_length, nonce_length] = [label.len(), nonce.len()].map(|length| u8::try_from(length).ok());
        let block = expander.expand_block(&[&length, &[label_length?], &label, &[nonce_length?], nonce]);
        Some(block.as_ref().to_vec())
    }
}

/// What stands before each label, RFC 8446 section 7.1.
const PREFIX: &[u8] = b"tls13 ";
/// The label of a ticket's key.
pub(super) const RESUMPTION: &[u8] = b"resumption";
/// The label of the secret that tickets come from.
pub(super) const RESUMPTION_SECRET: &[u8] = b"res master";

/// Puts the tap of before in its place again.
struct Restore(Option<Arc<Tap>>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}
