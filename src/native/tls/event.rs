//! What happens on a connection, and what the layer above answers.

use std::fmt;

use super::value::{ClientValue, ServerValue};
use super::{Alert, ClientHello};

/// Something that happened, in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Event {
    /// A server has read a ClientHello of its version. It waits for [`Engine::answer`](super::Engine::answer), or for `fail`. The first of
    /// two ClientHellos is not shown: [`Event::Retry`] comes in its place.
    Hello(Box<ClientHello>),
    /// A server asked for another ClientHello, or a client was asked for one and has it ready.
    Retry,
    /// A server has made its ServerHello, or a client has read it.
    Decided(Decided),
    /// A TLS 1.2 server is about to read the last message of a full handshake after which it gives a ticket. It waits for
    /// [`Engine::give_ticket`](super::Engine::give_ticket), or for `fail`.
    TicketDue,
    /// The handshake is over, and well. A TLS 1.3 server sends its tickets now.
    Completed(Box<Completed>),
    /// A TLS 1.3 client has read a ticket.
    Ticket(ClientValue),
    /// What a TLS 1.3 client wrote before it was answered. It may be a replay.
    EarlyData(Vec<u8>),
    /// Application data.
    Data(Vec<u8>),
    /// The peer's close_notify. Nothing is read after it.
    CloseNotify,
    /// The peer's fatal alert. The connection has failed.
    Alert(Alert),
    /// This end met something fatal, and the alert that says so is ready. The connection has failed.
    Failed(Failure),
    /// The transport ended without any of the last three.
    End,
}

/// What a ServerHello says of sessions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Decided {
    /// Whether the handshake resumes.
    pub(crate) resumed: bool,
    /// The session id of TLS 1.2, empty where there is none. In TLS 1.3 it is empty. Where a ticket is resumed it is what the client made up.
    pub(crate) session_id: Vec<u8>,
}

/// What came of a handshake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Completed {
    /// Whether it resumed.
    pub(crate) resumed: bool,
    /// Whether a HelloRetryRequest went before.
    pub(crate) retried: bool,
    /// The session id of TLS 1.2, empty where there is none. In TLS 1.3 it is empty.
    /// After a resumption by ticket it is what the client made up.
    pub(crate) session_id: Vec<u8>,
    /// A TLS 1.2 client: what it can offer, if need be under an id of its own. After a resumption only where a new ticket came with it.
    pub(crate) client_value: Option<ClientValue>,
    /// A TLS 1.2 server: what it can resume. After a resumption only where it sent a new ticket.
    pub(crate) server_value: Option<ServerValue>,
    /// A client: whether the server has taken what was written early.
    pub(crate) early_data_taken: bool,
    /// The cipher suite.
    pub(crate) suite: u16,
    /// What the peer has shown, in this handshake or in the one that it resumes.
    pub(crate) peer_chain: Vec<Vec<u8>>,
}

/// Why this end gave up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Failure(pub(super) String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a server answers to a ClientHello. Nothing, by default, but a session id.
#[derive(Default)]
pub(crate) struct Answer {
    /// What is resumed. Whether it is, [`Event::Decided`] says: rustls wants the cipher suite of then.
    pub(crate) resume: Option<Resume>,
    /// TLS 1.2: what a full handshake gives.
    pub(crate) gives: Gives,
    /// TLS 1.2: the ticket that a resumption brings, where tickets are welcome. `None`: it brings none.
    pub(crate) renewal: Option<Sealing>,
    /// Whether a full handshake asks for a certificate.
    pub(crate) certificate: ClientCertificate,
    /// TLS 1.3: how many bytes of early data are taken with a resumption. Whoever takes any sees to it that the session is resumed once only.
    pub(crate) early_data_limit: u32,
}

/// What is resumed, for which proposal.
#[derive(Clone, Debug)]
pub(crate) struct Resume {
    /// TLS 1.3: which of [`ClientHello::identities`]. TLS 1.2 says nothing of it: a ticket is taken before the session id.
    pub(crate) identity: usize,
    /// What was kept.
    pub(crate) value: ServerValue,
}

/// What a full handshake of TLS 1.2 gives to resume it by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Gives {
    /// A session id. None is given to a client that presented a ticket: rustls has none for it.
    #[default]
    Id,
    /// A ticket, where tickets are welcome; else nothing.
    Ticket,
    /// Nothing.
    Nothing,
}

/// Whether a server asks for a certificate, on which it does not insist.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum ClientCertificate {
    /// It does not.
    #[default]
    Ignored,
    /// It does.
    Asked,
}

/// How a ticket of TLS 1.2 is made.
pub(crate) struct Sealing {
    /// The hint, seconds.
    pub(crate) lifetime_s: u32,
    /// Makes it. Called while rustls works: it computes, calls nobody and waits for nobody.
    pub(crate) seal: Seal,
}

/// Makes the bytes of a ticket of what is kept.
pub(crate) type Seal = Box<dyn FnOnce(&ServerValue) -> Vec<u8> + Send>;

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealing").field("lifetime_s", &self.lifetime_s).finish_non_exhaustive()
    }
}

/// A ticket of TLS 1.3 that is not sent yet.
#[derive(Debug)]
pub(crate) struct FreshTicket {
    pub(super) value: ServerValue,
    pub(super) nonce: Vec<u8>,
    pub(super) age_add: u32,
    pub(super) early_data_limit: u32,
}

impl FreshTicket {
    /// What the server keeps for it, or puts in it.
    pub(crate) fn value(&self) -> &ServerValue {
        &self.value
    }

    /// The same, with which a client may write so many bytes early.
    pub(crate) fn allowing_early_data(self, early_data_limit: u32) -> Self {
        Self { early_data_limit, ..self }
    }
}
