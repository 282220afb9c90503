//! What is on its way from one end to the other, and what stands in it.

use crate::{CtxId, Ident, Sealer};

/// Something on its way to a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Item {
    /// A flight of the handshake.
    Flight(Flight),
    /// A TLS 1.3 ticket.
    Ticket(Offer),
    /// Application data.
    Data,
    /// A ClientHello that is not the first of its connection: after a retry, or in a renegotiation.
    Hello(Option<Proposal>),
    /// A server wants another ClientHello, of another group.
    Retry,
    /// A server asks for a renegotiation.
    Request,
    /// A server does not renegotiate.
    NoRenegotiation,
    /// A server asks for a certificate after the handshake.
    CertificateRequest,
    /// A client's answer to that.
    Certificate,
    /// A close_notify.
    CloseNotify,
    /// A fatal alert.
    Alert,
    /// A record that cannot be read.
    Garbage,
    /// The end of the transport.
    End,
}

impl Item {
    /// Whether it is part of a handshake after the first.
    #[must_use]
    pub fn is_further(&self) -> bool {
        match self {
            Self::Flight(_) | Self::Hello(_) | Self::Request | Self::NoRenegotiation | Self::CertificateRequest | Self::Certificate => true,
            Self::Ticket(_) | Self::Data | Self::Retry | Self::CloseNotify | Self::Alert | Self::Garbage | Self::End => false,
        }
    }
}

/// What a ClientHello says about a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Proposal {
    /// What it is to be found by.
    pub identity: Ident,
    /// What it is really, whatever it is called.
    pub real: Ident,
    /// The stateless ticket that holds it.
    pub ticket: Option<Ticket>,
}

/// What a flight tells the other end about sessions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Flight {
    /// It answers a ClientHello that was sent again.
    pub repeated: bool,
    /// The server resumes what was proposed.
    pub resumed: bool,
    /// The two ends do not mean the same: the client cannot go on.
    pub doomed: bool,
    /// The server failed in the middle of it; what comes next tells.
    pub broken_off: bool,
    /// The session id that a TLS 1.2 server gave.
    pub identity: Option<Ident>,
    /// The ticket that a TLS 1.2 server gave.
    pub offer: Option<Offer>,
}

/// A ticket as it travels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Offer {
    /// Its bytes, as a number.
    pub identity: Ident,
    /// The lifetime hint, seconds.
    pub hint: u32,
    /// The server's application asked for it; the ticket itself does not tell.
    pub asked: bool,
    /// The hint stands for a timeout that is preset.
    pub untimed: bool,
    /// What is inside, where the session itself travels.
    pub inside: Option<Ticket>,
}

/// What a stateless ticket holds: all that the server will know of the session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ticket {
    /// The context whose keys sealed it; `None` once that is freed, and then nobody can open it.
    pub keys: Option<CtxId>,
    /// The session's time.
    pub time: i64,
    /// The session's timeout.
    pub timeout: i64,
    /// That is the preset.
    pub untimed: bool,
    /// The session's session id context.
    pub sid_ctx: u8,
    /// Whose keys sealed it.
    pub sealer: Sealer,
}
