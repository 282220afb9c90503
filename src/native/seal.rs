//! Sealing: what a session is while it travels in a ticket, unreadable to whoever carries it.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};

use super::session::{SessionId, SessionIdContext};
use super::settings::Version;

/// The length of a key's name, bytes.
pub const KEY_NAME_BYTES: usize = 16;
const KEY_BYTES: usize = 32;
/// The version of this format.
const FORMAT: u8 = 1;

/// Keys that tickets are sealed with, and the name by which they are found again.
pub struct TicketKeys {
    name: [u8; KEY_NAME_BYTES],
    key: LessSafeKey,
}

impl std::fmt::Debug for TicketKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TicketKeys").finish_non_exhaustive()
    }
}

/// What is in a ticket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sealed {
    pub(super) version: Version,
    pub(super) time: i64,
    pub(super) timeout: i64,
    pub(super) sid_ctx: SessionIdContext,
    pub(super) value: Vec<u8>,
}

impl TicketKeys {
    /// Fresh keys.
    #[must_use]
    pub fn random() -> Self {
        Self::new(random(), &random::<KEY_BYTES>())
    }

    /// This key, 32 bytes, under this name.
    ///
    /// # Panics
    /// Never: the key is as long as the cipher wants it.
    #[must_use]
    pub fn new(name: [u8; KEY_NAME_BYTES], key: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key).expect("the key is as long as the cipher wants it");
        Self { name, key: LessSafeKey::new(key) }
    }

    /// A ticket.
    pub(super) fn seal(&self, sealed: &Sealed) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = random();
        let mut inside = sealed.encode();
        let nonce_of_it = Nonce::assume_unique_for_key(nonce);
        if self.key.seal_in_place_append_tag(nonce_of_it, Aad::from(self.name), &mut inside).is_err() {
            // longer than the cipher allows: nobody can open what is not there
            return Vec::new();
        }
        [&self.name[..], &nonce, &inside].concat()
    }

    /// What is in a ticket; none where these keys have not sealed it.
    pub(super) fn open(&self, ticket: &[u8]) -> Option<Sealed> {
        let (name, rest) = ticket.split_at_checked(KEY_NAME_BYTES)?;
        let (nonce, inside) = rest.split_first_chunk::<NONCE_LEN>()?;
        if name != self.name {
            return None;
        }
        let mut inside = inside.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.key.open_in_place(nonce, Aad::from(self.name), &mut inside).ok()?;
        Sealed::decode(opened)
    }
}

impl Sealed {
    fn encode(&self) -> Vec<u8> {
        let version = match self.version {
            Version::Tls12 => 2,
            Version::Tls13 => 3,
        };
        let sid_ctx = self.sid_ctx.as_bytes();
        let length = u8::try_from(sid_ctx.len()).unwrap_or_default();
        let (time, timeout) = (self.time.to_be_bytes(), self.timeout.to_be_bytes());
        [&[FORMAT, version][..], &time, &timeout, &[length], sid_ctx, &self.value].concat()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (&[format, version], rest) = bytes.split_first_chunk::<2>()?;
        let version = match (format, version) {
            (FORMAT, 2) => Version::Tls12,
            (FORMAT, 3) => Version::Tls13,
            _ => return None,
        };
        let (time, rest) = rest.split_first_chunk::<8>()?;
        let (timeout, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first()?;
        let (sid_ctx, value) = rest.split_at_checked(usize::from(*length))?;
        let (time, timeout) = (i64::from_be_bytes(*time), i64::from_be_bytes(*timeout));
        Some(Self { version, time, timeout, sid_ctx: SessionIdContext::new(sid_ctx)?, value: value.to_vec() })
    }
}

/// So many random bytes.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("the system has random bytes");
    bytes
}

/// The id by which the session of a ticket is known.
pub(super) fn id_of_ticket(ticket: &[u8]) -> Option<SessionId> {
    SessionId::new(digest(&SHA256, ticket).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> Sealed {
        let sid_ctx = SessionIdContext::new(b"app").expect("it is short");
        Sealed { version: Version::Tls13, time: -3, timeout: 300, sid_ctx, value: vec![7; 50] }
    }

    #[test]
    fn what_was_sealed_is_opened() {
        let keys = TicketKeys::random();
        assert_eq!(keys.open(&keys.seal(&sealed())), Some(sealed()));
    }

    #[test]
    fn other_keys_open_nothing() {
        assert_eq!(TicketKeys::random().open(&TicketKeys::random().seal(&sealed())), None);
    }

    #[test]
    fn a_changed_or_shortened_ticket_is_not_opened() {
        let keys = TicketKeys::random();
        let ticket = keys.seal(&sealed());
        for at in 0..ticket.len() {
            let mut changed = ticket.clone();
            changed[at] ^= 1;
            assert_eq!(keys.open(&changed), None);
            assert_eq!(keys.open(&ticket[..at]), None);
        }
    }
}
