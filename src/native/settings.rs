//! What contexts and connections can be set to.

pub use super::tls::{Group, Side, Version};

/// What the cache of a context does, `SSL_CTX_set_session_cache_mode(3)`: the two sides and the modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are the bits of the page, and independent")]
pub struct CacheMode {
    /// `SSL_SESS_CACHE_CLIENT`: client sessions are added.
    pub client: bool,
    /// `SSL_SESS_CACHE_SERVER`: server sessions are added and found.
    pub server: bool,
    /// `SSL_SESS_CACHE_NO_INTERNAL_LOOKUP`: a server does not look inside; the get callback is asked all the same.
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

    /// The flags as bits of one byte.
    pub(super) fn bits(self) -> u8 {
        let flags = [self.client, self.server, self.no_lookup, self.no_store, self.no_auto_clear, self.update_time];
        flags.into_iter().enumerate().map(|(place, set)| u8::from(set) << place).sum()
    }

    /// The flags of such a byte.
    pub(super) fn of_bits(bits: u8) -> Self {
        let flag = |place: u8| bits & (1 << place) != 0;
        Self { client: flag(0), server: flag(1), no_lookup: flag(2), no_store: flag(3), no_auto_clear: flag(4), update_time: flag(5) }
    }
}

/// How a server's sessions travel, `SSL_OP_NO_TICKET`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tickets {
    /// The session is in the ticket, sealed. The preset.
    #[default]
    Stateless,
    /// No ticket in TLS 1.2, a name for a cached session in TLS 1.3: `SSL_OP_NO_TICKET` is set.
    Stateful,
}

/// Whether a server that takes early data guards against replay, `SSL_OP_NO_ANTI_REPLAY`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum AntiReplay {
    /// Its TLS 1.3 tickets name cached sessions, and resume once. The preset. What a get callback gives has to leave the application's
    /// store in the same step: who gives one ticket's session twice has it resumed twice.
    #[default]
    On,
    /// Early data changes nothing in tickets: `SSL_OP_NO_ANTI_REPLAY` is set.
    Off,
}

/// Whether shutting down tells the peer, `SSL_set_quiet_shutdown(3)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Quiet {
    /// A close_notify is sent. The preset.
    #[default]
    Off,
    /// Only the state is set.
    On,
}

/// What the end of the transport without a close_notify counts as, `SSL_OP_IGNORE_UNEXPECTED_EOF`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Eof {
    /// An error. The preset.
    #[default]
    Error,
    /// The peer's close.
    Close,
}

/// Whether a server asks its clients for certificates, `SSL_CTX_set_verify(3)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Verify {
    /// It does not. The preset.
    #[default]
    None,
    /// It asks. A client that has none is taken, and so is **any certificate whose key signs**: no chain is judged, and none is shown. This
    /// is what OpenSSL's sessions depend on, session id contexts above all, and nothing to know one's clients by.
    Peer,
}

/// The shutdown state of a connection, `SSL_set_shutdown(3)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct ShutdownState {
    /// `SSL_SENT_SHUTDOWN`: this end is closed, and its session is good.
    pub sent: bool,
    /// `SSL_RECEIVED_SHUTDOWN`: the peer closed, or sent a fatal alert.
    pub received: bool,
}

/// What connections copy from their context when they are made.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) num_tickets: usize,
    pub(super) tickets: Tickets,
    pub(super) sid_ctx: super::SessionIdContext,
    pub(super) verify: Verify,
    pub(super) quiet: Quiet,
    pub(super) eof: Eof,
    /// How much early data a server takes, bytes; 0 for none.
    pub(super) max_early_data: u32,
    pub(super) anti_replay: AntiReplay,
    pub(super) not_resumable: Option<super::sync::Arc<super::NotResumableCallback>>,
}

impl Settings {
    /// Whether each TLS 1.3 ticket resumes once.
    pub(super) fn is_guarded(&self) -> bool {
        self.max_early_data > 0 && self.anti_replay == AntiReplay::On
    }

    /// Whether the tickets of this version name cached sessions.
    pub(super) fn is_stateful(&self, version: Version) -> bool {
        self.tickets == Tickets::Stateful || (version == Version::Tls13 && self.is_guarded())
    }
}

/// The tickets after a full TLS 1.3 handshake unless they are set.
pub const NUM_TICKETS_PRESET: usize = 2;
/// The size of a cache unless it is set.
pub const CACHE_SIZE_PRESET: usize = 20 * 1024;
/// How long new sessions are good for unless it is set, seconds.
pub const TIMEOUT_PRESET_S: i64 = 300;

impl Default for Settings {
    fn default() -> Self {
        Self {
            num_tickets: NUM_TICKETS_PRESET,
            tickets: Tickets::default(),
            sid_ctx: super::SessionIdContext::default(),
            verify: Verify::default(),
            quiet: Quiet::default(),
            eof: Eof::default(),
            max_early_data: 0,
            anti_replay: AntiReplay::default(),
            not_resumable: None,
        }
    }
}
