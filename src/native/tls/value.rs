//! What either end keeps of a session.

use std::fmt;
use std::sync::Arc;

use rustls::client::Tls12ClientSessionValue;

use super::Version;
use super::base::WeakBase;
use super::bytes::{Bytes, put_vector};
use super::hello::{EARLY_DATA, each};
use super::prf::MASTER_BYTES;

/// What a client keeps of a session. It may be offered any number of times. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ClientValue(pub(super) Kept);

/// By version.
#[derive(Clone)]
pub(super) enum Kept {
    Tls12(Arc<Kept12>),
    Tls13(Arc<Kept13>),
}

/// What a value for rustls can be made from again and again, and the one that rustls has made itself.
pub(super) struct Kept12 {
    /// rustls's own, and the base that it is good for.
    pub(super) value: Option<(Tls12ClientSessionValue, WeakBase)>,
    pub(super) suite: u16,
    /// The master secret, where rustls could have made it.
    pub(super) master: Option<[u8; MASTER_BYTES]>,
    pub(super) identity: Vec<u8>,
    pub(super) has_ticket: bool,
    pub(super) lifetime_hint_s: u32,
    /// What the server showed in the full handshake that it comes from.
    pub(super) chain: Vec<Vec<u8>>,
    pub(super) received_at: u64,
}

/// What a value for rustls can be made from again and again.
#[derive(PartialEq, Eq)]
pub(super) struct Kept13 {
    pub(super) suite: u16,
    /// The NewSessionTicket without its header.
    pub(super) message: Vec<u8>,
    pub(super) ticket: Ticket,
    pub(super) psk: Vec<u8>,
    /// What the server showed in the full handshake that it comes from.
    pub(super) chain: Vec<Vec<u8>>,
    pub(super) received_at: u64,
}

/// What a NewSessionTicket of TLS 1.3 says, RFC 8446 section 4.6.1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Ticket {
    pub(super) lifetime_s: u32,
    pub(super) nonce: Vec<u8>,
    pub(super) identity: Vec<u8>,
    pub(super) early_data_limit: u32,
}

impl Ticket {
    pub(super) fn parse(message: &[u8]) -> Option<Self> {
        let mut rest = Bytes(message);
        let lifetime_s = rest.u32()?;
        rest.u32()?;
        let nonce = rest.vector(1)?.to_vec();
        let identity = rest.vector(2)?.to_vec();
        let extensions = each(rest.vector(2)?, |extension| Some((extension.u16()?, extension.vector(2)?)))?;
        let early = extensions.iter().find(|(kind, _)| *kind == EARLY_DATA);
        let early_data_limit = early.map_or(Some(0), |(_, limit)| Bytes(limit).u32())?;
        Some(Self { lifetime_s, nonce, identity, early_data_limit })
    }
}

/// The format of an encoded value of TLS 1.3.
const FORMAT: u8 = 1;
/// The format of an encoded value of TLS 1.2.
const FORMAT12: u8 = 2;
/// The lengths of the hashes of TLS 1.3.
const PSK_LENGTHS: [usize; 2] = [32, 48];

impl ClientValue {
    /// The version that it resumes.
    pub(crate) fn version(&self) -> Version {
        match &self.0 {
            Kept::Tls12(_) => Version::Tls12,
            Kept::Tls13(_) => Version::Tls13,
        }
    }

    /// The bytes by which its server knows it: the ticket, or in TLS 1.2 without a ticket the session id.
    pub(crate) fn identity(&self) -> &[u8] {
        match &self.0 {
            Kept::Tls12(kept) => &kept.identity,
            Kept::Tls13(kept) => &kept.ticket.identity,
        }
    }

    /// Whether that is a ticket.
    pub(crate) fn has_ticket(&self) -> bool {
        match &self.0 {
            Kept::Tls12(kept) => kept.has_ticket,
            Kept::Tls13(_) => true,
        }
    }

    /// For how long the server says that it is good; 0 where it says nothing.
    pub(crate) fn lifetime_hint_s(&self) -> u32 {
        match &self.0 {
            Kept::Tls12(kept) => kept.lifetime_hint_s,
            Kept::Tls13(kept) => kept.ticket.lifetime_s,
        }
    }

    /// How many bytes may be written early with it; 0 in TLS 1.2.
    pub(crate) fn early_data_limit(&self) -> u32 {
        match &self.0 {
            Kept::Tls12(_) => 0,
            Kept::Tls13(kept) => kept.ticket.early_data_limit,
        }
    }

    /// When it came, by the clock of its base.
    pub(crate) fn received_at(&self) -> u64 {
        match &self.0 {
            Kept::Tls12(kept) => kept.received_at,
            Kept::Tls13(kept) => kept.received_at,
        }
    }

    /// All of it as bytes, which are secret. `None` for what rustls could not have made itself: a session of TLS 1.2 that is not bound to its handshake.
    pub(crate) fn encode(&self) -> Option<Vec<u8>> {
        let kept = match &self.0 {
            Kept::Tls12(kept) => return encode12(kept),
            Kept::Tls13(kept) => kept,
        };
        let mut bytes = vec![FORMAT];
        bytes.extend_from_slice(&kept.suite.to_be_bytes());
        bytes.extend_from_slice(&kept.received_at.to_be_bytes());
        put_vector(&mut bytes, 1, &kept.psk);
        put_vector(&mut bytes, 3, &kept.message);
        for certificate in &kept.chain {
            put_vector(&mut bytes, 3, certificate);
        }
        Some(bytes)
    }

    /// Reads what [`ClientValue::encode`] wrote. `None` for anything else.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        if let Some(bytes) = bytes.strip_prefix(&[FORMAT12]) {
            return decode12(bytes).map(|kept| Self(Kept::Tls12(Arc::new(kept))));
        }
        let mut rest = Bytes(bytes.strip_prefix(&[FORMAT])?);
        let (suite, received_at) = (rest.u16()?, rest.number(8)?);
        let (psk, message) = (rest.vector(1)?.to_vec(), rest.vector(3)?.to_vec());
        let mut chain = Vec::new();
        while !rest.0.is_empty() {
            chain.push(rest.vector(3)?.to_vec());
        }
        let ticket = Ticket::parse(&message)?;
        if !PSK_LENGTHS.contains(&psk.len()) {
            return None;
        }
        Some(Self(Kept::Tls13(Arc::new(Kept13 { suite, message, ticket, psk, chain, received_at }))))
    }
}

/// See [`ClientValue::encode`].
fn encode12(kept: &Kept12) -> Option<Vec<u8>> {
    let mut bytes = vec![FORMAT12, u8::from(kept.has_ticket)];
    bytes.extend_from_slice(&kept.suite.to_be_bytes());
    bytes.extend_from_slice(&kept.received_at.to_be_bytes());
    bytes.extend_from_slice(&kept.lifetime_hint_s.to_be_bytes());
    bytes.extend_from_slice(kept.master.as_ref()?);
    put_vector(&mut bytes, 2, &kept.identity);
    for certificate in &kept.chain {
        put_vector(&mut bytes, 3, certificate);
    }
    Some(bytes)
}

/// See [`ClientValue::decode`].
fn decode12(bytes: &[u8]) -> Option<Kept12> {
    let mut rest = Bytes(bytes);
    let has_ticket = match rest.number(1)? {
        0 => false,
        1 => true,
        _ => return None,
    };
    let (suite, received_at, lifetime_hint_s) = (rest.u16()?, rest.number(8)?, rest.u32()?);
    let master = Some(rest.take(MASTER_BYTES)?.try_into().ok()?);
    let identity = rest.vector(2)?.to_vec();
    let mut chain = Vec::new();
    while !rest.0.is_empty() {
        chain.push(rest.vector(3)?.to_vec());
    }
    Some(Kept12 { value: None, suite, master, identity, has_ticket, lifetime_hint_s, chain, received_at })
}

impl PartialEq for ClientValue {
    /// Whether they are one and the same, or clones.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kept::Tls12(one), Kept::Tls12(other)) => Arc::ptr_eq(one, other),
            (Kept::Tls13(one), Kept::Tls13(other)) => one == other,
            (Kept::Tls12(_), Kept::Tls13(_)) | (Kept::Tls13(_), Kept::Tls12(_)) => false,
        }
    }
}

impl Eq for ClientValue {}

impl fmt::Debug for ClientValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientValue").field("version", &self.version()).field("received_at", &self.received_at()).finish_non_exhaustive()
    }
}

/// What a server keeps of a session: secret bytes, whose host name is left out. Authenticate what you store: a wrong secret fails the handshake.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServerValue(Vec<u8>);

/// Versions on the wire.
const TLS12: [u8; 2] = [3, 3];
const TLS13: [u8; 2] = [3, 4];
/// Where the secret's length stands, after the version and the suite.
const SECRET_AT: usize = 4;
/// What stands at the end: when it was made, and what is added to the age of its ticket.
const TIMES: usize = 8 + 4;

impl ServerValue {
    /// Its bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What has these bytes. Garbage is not resumed.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What a server would have kept of the session that a client has kept; `None` for what rustls could not have made itself. For a server that
    /// is given such a one: the two ends share the secret.
    pub(crate) fn of_client(value: &ClientValue) -> Option<Self> {
        let (version, suite, secret, made_at) = match &value.0 {
            Kept::Tls12(kept) => (TLS12, kept.suite, kept.master.as_ref()?.as_slice(), kept.received_at),
            Kept::Tls13(kept) => (TLS13, kept.suite, kept.psk.as_slice(), kept.received_at),
        };
        let mut bytes = version.to_vec();
        bytes.extend_from_slice(&suite.to_be_bytes());
        put_vector(&mut bytes, 1, secret);
        // bound to its handshake, no certificate, no protocol, nothing of the application's
        bytes.extend_from_slice(&[u8::from(version == TLS12), 0, 0, 0, 0]);
        bytes.extend_from_slice(&made_at.to_be_bytes());
        bytes.extend_from_slice(&[0; TIMES - 8]);
        Some(Self(bytes))
    }

    /// What rustls keeps, without the host name.
    pub(super) fn of_rustls(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        if rest.number(1)? == 1 {
            rest.vector(1)?;
        }
        Some(Self(rest.0.to_vec()))
    }

    /// What rustls is to find: with the host name that the client asks for now.
    pub(super) fn for_rustls(&self, host_name: Option<&str>) -> Vec<u8> {
        let mut bytes = vec![u8::from(host_name.is_some())];
        if let Some(name) = host_name {
            put_vector(&mut bytes, 1, name.as_bytes());
        }
        bytes.extend_from_slice(&self.0);
        bytes
    }

    /// The same for another ticket of the same connection.
    pub(super) fn sibling(&self, psk: &[u8], made_at: u64, age_add: u32) -> Option<Self> {
        let (head, mut rest) = (self.0.get(..SECRET_AT)?, Bytes(self.0.get(SECRET_AT..)?));
        // whatever else rustls may come to write there, it is not to be taken for a secret
        if !head.starts_with(&TLS13) || rest.vector(1)?.len() != psk.len() {
            return None;
        }
        let middle = rest.0.get(..rest.0.len().checked_sub(TIMES)?)?;
        let mut bytes = head.to_vec();
        put_vector(&mut bytes, 1, psk);
        bytes.extend_from_slice(middle);
        bytes.extend_from_slice(&made_at.to_be_bytes());
        bytes.extend_from_slice(&age_add.to_be_bytes());
        Some(Self(bytes))
    }
}

impl fmt::Debug for ServerValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerValue").field("bytes", &self.0.len()).finish()
    }
}
