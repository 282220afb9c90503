//! The alphabet: everything that an application, the network or the clock can do to sessions, and the choices
//! that the pages leave to the library while it happens.

use crate::{ConnId, CtxId, SessId};

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

/// SSL_CTX_set_session_cache_mode(3): the two sides and the two modifiers.
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
}

impl CacheMode {
    /// `SSL_SESS_CACHE_OFF`.
    pub const OFF: Self = Self { client: false, server: false, no_lookup: false, no_store: false };
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

/// What an application, the network or the clock does. Objects that a call makes are named in it, except sessions: those are
/// named in the order in which they are born.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Call {
    /// `SSL_CTX_new`, with the version fixed and, for a server, a certificate: a new context of which the application holds one reference.
    ContextNew(CtxId, Side, Version),
    /// `SSL_CTX_up_ref`.
    ContextUpRef(CtxId),
    /// `SSL_CTX_free`.
    ContextFree(CtxId),
    /// `SSL_CTX_set_session_cache_mode`. Returns the mode before.
    SetCacheMode(CtxId, CacheMode),
    /// `SSL_CTX_sess_set_cache_size`, 0 for no limit. Returns the size before.
    SetCacheSize(CtxId, u32),
    /// `SSL_CTX_set_timeout`, seconds. Returns the timeout before.
    SetTimeout(CtxId, u32),
    /// `SSL_CTX_set_num_tickets`.
    SetNumTickets(CtxId, u32),
    /// `SSL_CTX_set_options` or `SSL_CTX_clear_options` of `SSL_OP_NO_TICKET`.
    SetTickets(CtxId, Tickets),
    /// `SSL_CTX_set_max_early_data`.
    SetEarlyData(CtxId, EarlyData),
    /// `SSL_CTX_set_session_id_context`; 0 stands for the empty one.
    SetSessionIdContext(CtxId, u8),
    /// `SSL_CTX_sess_set_new_cb`.
    SetNewCallback(CtxId, NewCallback),
    /// `SSL_CTX_sess_set_remove_cb`.
    SetRemoveCallback(CtxId, RemoveCallback),
    /// `SSL_CTX_sess_set_get_cb`.
    SetGetCallback(CtxId, GetCallback),
    /// `SSL_CTX_add_session`. Returns 1, or 0 where this very object was there.
    AddSession(CtxId, SessId),
    /// `SSL_CTX_remove_session`. Returns 1 where it was there, else 0.
    RemoveSession(CtxId, SessId),
    /// `SSL_CTX_sess_number`. Returns the number of sessions in the internal cache.
    CacheNumber(CtxId),
    /// `SSL_CTX_flush_sessions` at a time in seconds, never 0 (what 0 means is not written).
    FlushSessions(CtxId, u32),

    /// `SSL_new`, followed by `SSL_set_connect_state` or `SSL_set_accept_state`: a connection without a transport.
    ConnectionNew(ConnId, CtxId),
    /// `SSL_up_ref`.
    ConnectionUpRef(ConnId),
    /// `SSL_free`.
    ConnectionFree(ConnId),
    /// `SSL_set_bio` on both: a new transport between a client and a server connection, both idle.
    Join(ConnId, ConnId),
    /// `SSL_do_handshake` on the client named, then on its peer: the ClientHello is sent and answered.
    Hello(ConnId),
    /// `SSL_do_handshake` on both in turn until neither moves: the rest of the handshake of the client named, or its failure.
    Complete(ConnId),
    /// `SSL_read` until it wants more: takes in all that is on its way to this connection.
    Read(ConnId),
    /// `SSL_shutdown`, once. Returns 1 where the peer's close_notify has come, else 0.
    Shutdown(ConnId),
    /// `SSL_set_shutdown`.
    SetShutdown(ConnId, ShutdownState),
    /// `SSL_set_quiet_shutdown`.
    SetQuietShutdown(ConnId, Quiet),
    /// `SSL_clear`. Its transport is gone afterwards; [`Call::Join`] gives it another.
    Clear(ConnId),
    /// `SSL_set_session`, `None` for NULL. Returns 1.
    SetSession(ConnId, Option<SessId>),
    /// `SSL_get0_session`: borrows. Returns a session or NULL.
    Get0(ConnId),
    /// `SSL_get1_session`: counts. Returns a session or NULL.
    Get1(ConnId),
    /// `SSL_set_max_early_data` on one connection, before its handshake.
    SetConnectionEarlyData(ConnId, EarlyData),
    /// The network: what this connection reads next, after all that is on its way, is a broken record.
    Corrupt(ConnId),
    /// The network: the transport of this connection and its peer ends in both directions; what is on its way still arrives, what is sent later is lost.
    Cut(ConnId),
    /// The network: reads and writes of this connection fail from now on, and what was on its way to it is lost.
    Break(ConnId),

    /// `SSL_SESSION_new`: an empty session, owned by the application.
    SessionNew,
    /// `SSL_SESSION_up_ref`.
    SessionUpRef(SessId),
    /// `SSL_SESSION_free`.
    SessionFree(SessId),
    /// `SSL_SESSION_free(NULL)`.
    SessionFreeNull,
    /// `SSL_SESSION_dup`: a copy, owned by the application.
    SessionDup(SessId),
    /// `i2d_SSL_SESSION`, then `d2i_SSL_SESSION` of the result: a copy, owned by the application.
    SessionDecode(SessId),
    /// `SSL_SESSION_get_time`: reads through a pointer to a session.
    SessionUse(SessId),
    /// `SSL_SESSION_is_resumable`. Returns 1 or 0.
    SessionIsResumable(SessId),
    /// `SSL_SESSION_set_time`, seconds.
    SessionSetTime(SessId, u32),
    /// `SSL_SESSION_set_timeout`, seconds.
    SessionSetTimeout(SessId, u32),
    /// Not a call: the application lets a reference of its own go without giving it back.
    SessionForget(SessId),

    /// The clock goes on by so many seconds.
    Advance(u32),
}

/// What the pages leave to the library in one call. Fields that a call does not ask about stay at their default.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Choice {
    /// A server in TLS 1.3 sends a ticket after a resumption ("never more than one").
    pub ticket_after_resumption: bool,
    /// Sessions that travel in a stateless TLS 1.3 ticket are also kept in the server's internal cache.
    pub stateless_stored: bool,
    /// A client takes the TLS 1.3 session that it has just resumed out of use.
    pub used_session_retired: bool,
    /// The remove callback runs also for a session that is taken out of use without having been in the cache.
    pub uncached_announced: bool,
    /// A session that a server looked up in its own cache and found expired, or that belongs elsewhere, leaves the cache.
    pub misfit_dropped: bool,
    /// The end or the failure of the transport counts as a fatal error at once, not only when the connection is freed or cleared.
    pub end_is_fatal: bool,
    /// A fatal error after this end has shut down leaves the session, closed and good by then, as it is.
    pub closed_session_spared: bool,
    /// A server whose cache mode does not cover servers still finds what was added by hand.
    pub looks_while_off: bool,
}

/// One step: a call, and how the library used its latitude in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Action {
    /// What was done to the library.
    pub call: Call,
    /// What the library chose.
    pub choice: Choice,
}

impl From<Call> for Action {
    fn from(call: Call) -> Self {
        Self { call, choice: Choice::default() }
    }
}
