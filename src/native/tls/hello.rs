//! ClientHello and ServerHello, as far as the layer above has a say: RFC 8446 section 4.1, RFC 5246 section 7.4.1, RFC 5077, RFC 6066.

use std::net::IpAddr;

use super::bytes::Bytes;
use super::{Group, Version};

const SERVER_NAME: u16 = 0;
const SUPPORTED_GROUPS: u16 = 10;
const SESSION_TICKET: u16 = 35;
const PRE_SHARED_KEY: u16 = 41;
/// The number of an extension of tickets.
pub(super) const EARLY_DATA: u16 = 42;
const SUPPORTED_VERSIONS: u16 = 43;
const KEY_SHARE: u16 = 51;

/// What a client proposes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ClientHello {
    /// The host name that it asks for, in lower case.
    pub(crate) host_name: Option<String>,
    /// The session id; empty where there is none. In TLS 1.2 a client that presents a ticket makes one up, and in TLS 1.3 it says nothing.
    pub(crate) session_id: Vec<u8>,
    /// TLS 1.2: `None` where tickets are unwelcome, empty where one is welcome, else the ticket that is presented.
    pub(crate) ticket: Option<Vec<u8>>,
    /// TLS 1.3: the tickets that are presented, best first.
    pub(crate) identities: Vec<Vec<u8>>,
    /// It is the second of its handshake, after a HelloRetryRequest.
    pub(crate) repeated: bool,
    versions: Vec<u16>,
    groups: Vec<u16>,
    shares: Vec<u16>,
}

impl ClientHello {
    /// Reads a ClientHello without its header. `None` where it is malformed.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        let mut rest = Bytes(body);
        let legacy_version = rest.u16()?;
        rest.take(32)?;
        let session_id = rest.vector(1)?.to_vec();
        rest.vector(2)?;
        rest.vector(1)?;
        let mut hello = Self { session_id, versions: vec![legacy_version], ..Self::default() };
        if rest.0.is_empty() {
            return Some(hello);
        }
        let mut extensions = Bytes(rest.vector(2)?);
        while !extensions.0.is_empty() {
            let kind = extensions.u16()?;
            hello.extension(kind, extensions.vector(2)?)?;
        }
        Some(hello)
    }

    fn extension(&mut self, kind: u16, content: &[u8]) -> Option<()> {
        let mut content = Bytes(content);
        match kind {
            SERVER_NAME => self.host_name = host_name(Bytes(content.vector(2)?)),
            SUPPORTED_GROUPS => self.groups = numbers(content.vector(2)?),
            SESSION_TICKET => self.ticket = Some(content.0.to_vec()),
            SUPPORTED_VERSIONS => self.versions = numbers(content.vector(1)?),
            KEY_SHARE => self.shares = each(content.vector(2)?, |share| Some((share.u16()?, share.vector(2)?).0))?,
            PRE_SHARED_KEY => {
                self.identities = each(content.vector(2)?, |identity| Some((identity.vector(2)?.to_vec(), identity.u32()?).0))?;
            }
            _ => {}
        }
        Some(())
    }

    /// The same as the second of its handshake, or as the only one.
    pub(super) fn with_repeated(self, repeated: bool) -> Self {
        Self { repeated, ..self }
    }

    /// Whether the client speaks this version.
    pub(super) fn speaks(&self, version: Version) -> bool {
        self.versions.contains(&match version {
            Version::Tls12 => 0x0303,
            Version::Tls13 => 0x0304,
        })
    }

    /// Whether a TLS 1.3 server that takes these groups asks for another ClientHello: the best of the client's groups that it takes has no share.
    pub(super) fn wants_retry(&self, groups: &[Group]) -> bool {
        let taken = self.groups.iter().find(|code| groups.iter().any(|group| group.code() == **code));
        !self.repeated && taken.is_some_and(|code| !self.shares.contains(code))
    }
}

fn host_name(mut names: Bytes<'_>) -> Option<String> {
    let is_host = names.number(1)? == 0;
    let name = names.vector(2)?;
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    // an address is no host name, and rustls takes it for none
    Some(name).filter(|name| is_host && name.parse::<IpAddr>().is_err())
}

fn numbers(list: &[u8]) -> Vec<u16> {
    list.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

/// Reads a list to its end; `None` where it is malformed.
pub(super) fn each<'a, T>(list: &'a [u8], read: impl Fn(&mut Bytes<'a>) -> Option<T>) -> Option<Vec<T>> {
    let mut rest = Bytes(list);
    let mut all = Vec::new();
    while !rest.0.is_empty() {
        all.push(read(&mut rest)?);
    }
    Some(all)
}

/// The session id in a ServerHello without its header; empty where there is none.
pub(super) fn session_id(server_hello: &[u8]) -> Vec<u8> {
    after_random(server_hello).vector(1).unwrap_or_default().to_vec()
}

/// Whether a ServerHello of TLS 1.3 takes a ticket.
pub(super) fn takes_ticket(server_hello: &[u8]) -> bool {
    let mut rest = after_random(server_hello);
    // session id; cipher suite, compression
    let extensions = rest.vector(1).and_then(|_| rest.take(3)).and_then(|_| rest.vector(2)).unwrap_or_default();
    let kinds = each(extensions, |extension| Some((extension.u16()?, extension.vector(2)?).0));
    kinds.is_some_and(|kinds| kinds.contains(&PRE_SHARED_KEY))
}

fn after_random(server_hello: &[u8]) -> Bytes<'_> {
    Bytes(server_hello.get(34..).unwrap_or_default())
}
