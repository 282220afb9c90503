//! What contexts and connections can be set to: the values that calls carry.

/// Which end of a connection a context makes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// The end that proposes to resume.
    Client,
    /// The end that decides.
    Server,
}

/// The one protocol version that a context is fixed to (its minimum and its maximum).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Version {
    /// TLS 1.2: the session is complete when the handshake is.
    Tls12,
    /// TLS 1.3: sessions come as tickets, after the handshake.
    Tls13,
}

/// SSL_CTX_set_session_cache_mode(3): the two sides and the modifiers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct CacheMode {
    /// `SSL_SESS_CACHE_CLIENT`: client sessions are added.
    pub client: bool,
    /// `SSL_SESS_CACHE_SERVER`: server sessions are added and found.
    pub server: bool,
    /// `SSL_SESS_CACHE_NO_INTERNAL_LOOKUP`: a server does not look inside.
    pub no_lookup: bool,
    /// `SSL_SESS_CACHE_NO_INTERNAL_STORE`: nothing is added by the library itself.
    pub no_store: bool,
    /// `SSL_SESS_CACHE_NO_AUTO_CLEAR`: the library does not flush on its own.
    pub no_auto_clear: bool,
    /// `SSL_SESS_CACHE_UPDATE_TIME`: the timeout counts from the last use.
    pub update_time: bool,
}

impl CacheMode {
    /// `SSL_SESS_CACHE_OFF`.
    pub const OFF: Self =
        Self { client: false, server: false, no_lookup: false, no_store: false, no_auto_clear: false, update_time: false };
    /// `SSL_SESS_CACHE_CLIENT`.
    pub const CLIENT: Self = Self { client: true, ..Self::OFF };
    /// `SSL_SESS_CACHE_SERVER`, which is the preset.
    pub const SERVER: Self = Self { server: true, ..Self::OFF };
    /// `SSL_SESS_CACHE_BOTH`.
    pub const BOTH: Self = Self { client: true, server: true, ..Self::OFF };

    /// Whether sessions of this side are added and announced.
    #[must_use]
    pub fn covers(self, side: Side) -> bool {
        match side {
            Side::Client => self.client,
            Side::Server => self.server,
        }
    }
}

/// `SSL_OP_NO_TICKET`, a server's choice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tickets {
    /// The option is clear: the session travels in the ticket.
    Stateless,
    /// The option is set: no ticket in TLS 1.2, a name for a cached session in TLS 1.3.
    Stateful,
}

/// Whether a server's `max_early_data` is zero. Anti-replay is on wherever it is not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EarlyData {
    /// `max_early_data` is 0, the preset.
    Refused,
    /// `max_early_data` is above 0.
    Allowed,
}

/// What a context's new-session callback answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NewCallback {
    /// No callback is set.
    Unset,
    /// It returns 1: the application keeps the reference.
    Keep,
    /// It returns 0: the reference goes back and the session leaves the internal cache.
    Refuse,
}

/// Whether a context has a remove-session callback.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RemoveCallback {
    /// No callback is set.
    Unset,
    /// A callback is set. It only looks.
    Set,
}

/// What a context's get-session callback answers. Where it finds nothing it returns NULL, whatever it is set to; what it
/// finds is the oldest session of equal identity to which the application holds a reference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GetCallback {
    /// No callback is set.
    Unset,
    /// It always returns NULL.
    Miss,
    /// It returns the session and writes 1 to `copy`.
    Copy,
    /// It returns the session and does not write to `copy`.
    Preset,
    /// It returns the session, writes 0 to `copy`, and gives one reference of the application's away.
    Give,
    /// It returns a session that the application has only borrowed, and writes 0 to `copy`: misuse, unless it owns a reference besides.
    GiveBorrowed,
    /// It returns the oldest session with an id that the application holds for this context or for none yet, whatever that id is, and
    /// writes 1 to `copy`. A session that was never negotiated is not among them.
    Any,
}

/// Quiet shutdown, SSL_set_quiet_shutdown(3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Quiet {
    /// SSL_shutdown sends a close_notify, the preset.
    Off,
    /// SSL_shutdown only sets the state.
    On,
}

/// The shutdown state of a connection, SSL_set_shutdown(3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ShutdownState {
    /// `SSL_SENT_SHUTDOWN`: this end is closed, the session is good.
    pub sent: bool,
    /// `SSL_RECEIVED_SHUTDOWN`: the peer closed, or sent a fatal alert.
    pub received: bool,
}

/// What a peer that is not ours sends, besides TLS 1.3 tickets and what the network does to them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Foreign {
    /// A server's answer: it resumes what was proposed.
    Resumes,
    /// A server's answer: the handshake is full.
    Declines,
    /// A TLS 1.2 server's answer: the handshake is full, and the session has an id.
    Names,
    /// The last flight of a handshake.
    Finishes,
    /// The last flight of a full TLS 1.2 handshake, with a ticket.
    GivesTicket,
    /// A close_notify.
    Shuts,
    /// A fatal alert.
    Fails,
}

/// Whether a server that allows early data guards against replay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AntiReplay {
    /// `SSL_OP_NO_ANTI_REPLAY` is clear: tickets are stateful and resume once.
    On,
    /// The option is set: early data changes nothing in tickets.
    Off,
}

/// A bit of `SSL_CTX_set_options`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Opt {
    /// `SSL_OP_NO_TICKET`, see [`Tickets`].
    NoTicket,
    /// `SSL_OP_NO_ANTI_REPLAY`, see [`AntiReplay`].
    NoAntiReplay,
    /// `SSL_OP_IGNORE_UNEXPECTED_EOF`, see [`Eof`].
    IgnoreUnexpectedEof,
    /// `SSL_OP_ALLOW_CLIENT_RENEGOTIATION`, see [`Renegotiation`].
    ClientRenegotiation,
    /// `SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION`, see [`Renegotiation`].
    NoResumptionOnRenegotiation,
}

/// What the end of the transport without a close_notify counts as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Eof {
    /// An error, the preset.
    Error,
    /// The peer's close.
    Close,
}

/// Whether a server asks its clients for certificates, SSL_CTX_set_verify(3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verify {
    /// `SSL_VERIFY_NONE`, the preset.
    None,
    /// `SSL_VERIFY_PEER`: it asks, and a client that has none sends none.
    Peer,
}

/// What a server context's server-name callback does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ServerNameCallback {
    /// No callback is set.
    Unset,
    /// It returns `SSL_TLSEXT_ERR_OK`.
    Accept,
    /// It returns `SSL_TLSEXT_ERR_NOACK`.
    Refuse,
    /// It returns `SSL_TLSEXT_ERR_ALERT_FATAL`.
    Abort,
    /// It calls `SSL_set_SSL_CTX` with the oldest other context of this side and version to which the application holds a reference, if
    /// there is one, and returns `SSL_TLSEXT_ERR_OK`.
    Switch,
}

impl ServerNameCallback {
    /// What it returns; `None` where there is no callback.
    #[must_use]
    pub fn answer(self) -> Option<i8> {
        match self {
            Self::Unset => None,
            Self::Accept | Self::Switch => Some(0),
            Self::Abort => Some(2),
            Self::Refuse => Some(3),
        }
    }
}

/// The host name that a client sends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HostName {
    /// None.
    Unset,
    /// One, and always the same.
    Sent,
}

/// Which groups a server takes for the key exchange of TLS 1.3, SSL_CTX_set1_groups(3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Groups {
    /// Those that clients send a key share for.
    Preset,
    /// One that clients know and send no key share for: the server asks for another ClientHello.
    Other,
}

/// How a server renegotiates in TLS 1.2, SSL_CTX_set_options(3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Renegotiation {
    /// A client may begin it. Clear unless set.
    pub by_client: bool,
    /// It never resumes. Clear unless set.
    pub always_full: bool,
}

/// Whether a client's SSL_renegotiate may resume: what tells SSL_renegotiate from SSL_renegotiate_abbreviated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Again {
    /// A completely new handshake.
    Full,
    /// The current session is proposed.
    Abbreviated,
}

/// What a context's not-resumable callback answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NotResumableCallback {
    /// No callback is set.
    Unset,
    /// It returns 0.
    Allow,
    /// It returns 1: the new session is never to be resumed.
    Forbid,
}

/// A callback besides those of the session cache: it answers what the context was set to, and is shown by what it answered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Hook {
    /// The ticket key callback, asked for keys to seal with.
    TicketKeyEncrypt,
    /// The ticket key callback, asked for the keys of a ticket.
    TicketKeyDecrypt,
    /// The session ticket callback before a ticket is made.
    TicketGenerate,
    /// The session ticket callback after a ticket was opened, or could not be.
    TicketDecrypt,
    /// The callback that says whether a session is never to be resumed.
    NotResumable,
    /// The server-name callback.
    ServerName,
}

impl Hook {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::TicketKeyEncrypt, Self::TicketKeyDecrypt, Self::TicketGenerate, Self::TicketDecrypt, Self::NotResumable, Self::ServerName];

    /// Its word in traces and reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::TicketKeyEncrypt => "ticket-key-encrypt",
            Self::TicketKeyDecrypt => "ticket-key-decrypt",
            Self::TicketGenerate => "ticket-generate",
            Self::TicketDecrypt => "ticket-decrypt",
            Self::NotResumable => "not-resumable",
            Self::ServerName => "server-name",
        }
    }
}

impl std::fmt::Display for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl std::str::FromStr for Hook {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|hook| hook.word() == text).ok_or(())
    }
}

/// How a session is written, and read again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Coding {
    /// `i2d_SSL_SESSION` and `d2i_SSL_SESSION`.
    Der,
    /// `PEM_write_bio_SSL_SESSION` and `PEM_read_bio_SSL_SESSION`.
    Pem,
    /// `i2d_SSL_SESSION` and `d2i_SSL_SESSION`, of which the last bytes got lost in between.
    Cut,
}

/// What `SSL_SESSION_set1_id` is given where it is no other session's id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NewId {
    /// An id that no session has.
    Fresh,
    /// An id of more than `SSL_MAX_SSL_SESSION_ID_LENGTH` bytes.
    TooLong,
}
