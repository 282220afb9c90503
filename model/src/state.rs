//! What there is at one moment: contexts, connections, sessions, borrowed pointers, what is on its way, the clock.

use smallvec::SmallVec;

use crate::{
    Act, AntiReplay, CacheMode, Callback, Challenge, ConnId, Counters, CtxId, DecryptAnswer, EarlyData, Eof, GenerateAnswer, GetCallback,
    Groups, HostName, Ident, Item, NewCallback, NotResumableCallback, Quiet, RemoveCallback, Renegotiation, Renewal, ServerNameCallback,
    SessId, ShutdownState, Side, Table, Ticket, TicketKeyCallback, Tickets, Verify, Version,
};

/// Everything at one moment. Two equal states have the same futures.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct State {
    /// The clock, in seconds.
    pub now: u32,
    /// The contexts that have not been freed.
    pub contexts: Table<CtxId, Context, 3>,
    /// The connections that have not been freed.
    pub connections: Table<ConnId, Connection, 4>,
    /// The sessions in memory, and those that are gone but still named by a borrowed pointer.
    pub sessions: Table<SessId, Session, 6>,
    /// The pointers that the application got from get0.
    pub borrows: SmallVec<[Borrow; 2]>,
    /// Connections that are gone and could be freed once more: only where the application is trusted not to.
    pub gone: SmallVec<[Gone; 1]>,
    /// The next unused identity.
    pub next_identity: u32,
    /// The next unused session id.
    pub next_session: u32,
}

/// A context, `SSL_CTX`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Context {
    /// References as the library counts them.
    pub count: u32,
    /// References that the application holds.
    pub owned: u32,
    /// Which end its connections are.
    pub side: Side,
    /// The version it is fixed to.
    pub version: Version,
    /// What its cache does.
    pub mode: CacheMode,
    /// How many sessions the cache may hold; 0 for no limit.
    pub size: u32,
    /// Seconds that new sessions are good for.
    pub timeout: i64,
    /// That is the preset: nobody has set it.
    pub untimed: bool,
    /// Tickets after a full TLS 1.3 handshake.
    pub num_tickets: u32,
    /// How sessions travel.
    pub tickets: Tickets,
    /// Whether early data is allowed, and so anti-replay on.
    pub early_data: EarlyData,
    /// The session id context; 0 is the empty one.
    pub sid_ctx: u8,
    /// Whether a server asks for certificates.
    pub verify: Verify,
    /// What the server-name callback does.
    pub server_name: ServerNameCallback,
    /// Whether shutting down only sets the state.
    pub quiet: Quiet,
    /// What the end of the transport counts as.
    pub eof: Eof,
    /// What the new-session callback answers.
    pub new_callback: NewCallback,
    /// Whether there is a remove-session callback.
    pub remove_callback: RemoveCallback,
    /// What the get-session callback answers.
    pub get_callback: GetCallback,
    /// What the ticket key callback answers, if there is one.
    pub ticket_key: Option<TicketKeyCallback>,
    /// What the session ticket callback answers before a ticket is made, if there is one.
    pub ticket_generate: Option<GenerateAnswer>,
    /// What the session ticket callback answers after a ticket was presented, if there is one.
    pub ticket_decrypt: Option<DecryptAnswer>,
    /// Whether early data goes without anti-replay.
    pub anti_replay: AntiReplay,
    /// What one of its callbacks does besides answering.
    pub acts: Option<(Callback, Act)>,
    /// The groups it takes.
    pub groups: Groups,
    /// How it renegotiates.
    pub renegotiation: Renegotiation,
    /// What the not-resumable callback answers.
    pub not_resumable: NotResumableCallback,
    /// The internal cache, the latest addition first. What is at the end is dropped first.
    pub cache: SmallVec<[SessId; 4]>,
    /// What it counted.
    pub counters: Counters,
}

/// How far a connection has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// Made or cleared, no handshake begun. Allows everything but reading and shutting down. Leaves by [`Call::Hello`](crate::Call::Hello).
    Idle,
    /// In the handshake. Leaves by [`Call::Complete`](crate::Call::Complete), a fatal error or [`Call::Clear`](crate::Call::Clear).
    Hello,
    /// The handshake completed; in the words of the pages the session is open until this end shuts down.
    Open,
    /// A fatal error ended it. Leaves by [`Call::Clear`](crate::Call::Clear) only.
    Failed,
}

/// What carries a connection's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wire {
    /// No transport, or one that is of no use any more.
    None,
    /// Joined with a peer.
    Whole,
    /// It has ended: what is sent is lost.
    Cut,
    /// It fails: reading and writing report an error.
    Broken,
}

/// Whether a transport takes what is written to it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outlet {
    /// It takes all.
    Free,
    /// It takes nothing for now: what would be written is to be tried again.
    Blocked,
}

/// What a connection could not write.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unsent {
    /// Application data: the same `SSL_write` is to be called again.
    Data,
    /// A close_notify: `SSL_shutdown` is to be called again.
    CloseNotify,
}

/// A connection, `SSL`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Connection {
    /// References, all held by the application.
    pub count: u32,
    /// The context it was made from.
    pub context: CtxId,
    /// Another context that it was moved to since, `SSL_get_SSL_CTX`.
    pub switched: Option<CtxId>,
    /// The connection at the other end of the transport, if it is there.
    pub peer: Option<ConnId>,
    /// The transport.
    pub wire: Wire,
    /// It leads to a peer that is not ours: what that does stands in calls.
    pub foreign: bool,
    /// How far it has come.
    pub phase: Phase,
    /// Flights of the handshake that it has still to read.
    pub awaits: u8,
    /// The current session, of which it holds one reference.
    pub session: Option<SessId>,
    /// Whether the handshake resumed.
    pub reused: bool,
    /// What it proposed (a client) or was proposed (a server) in the present handshake.
    pub proposed: bool,
    /// The shutdown state.
    pub shutdown: ShutdownState,
    /// Whether shutting down only sets the state.
    pub quiet: Quiet,
    /// A fatal error was reported to the application.
    pub error: bool,
    /// Tickets after a full handshake, copied from the context when it was made.
    pub num_tickets: u32,
    /// How sessions travel, copied from the context when it was made.
    pub tickets: Tickets,
    /// Whether early data is allowed, copied from the context when it was made.
    pub early_data: EarlyData,
    /// The session id context, copied from the context when it was made.
    pub sid_ctx: u8,
    /// Whether it asks for a certificate, copied from the context when it was made.
    pub verify: Verify,
    /// The host name that it sends.
    pub host_name: HostName,
    /// What the end of the transport counts as, copied from the context when it was made.
    pub eof: Eof,
    /// Whether the transport takes what it writes.
    pub outlet: Outlet,
    /// What it has still to write, since the transport did not take it.
    pub unsent: Option<Unsent>,
    /// Tickets sent (a server) or read (a client) on this connection, up to 2.
    pub ticketed: u8,
    /// The sessions that it established before its current one, as long as they are in memory. It holds no reference to them.
    pub earlier: SmallVec<[SessId; 2]>,
    /// Whether early data goes without anti-replay, copied from the context when it was made.
    pub anti_replay: AntiReplay,
    /// Tickets that the application has asked for and that have not been sent.
    pub asked: u8,
    /// Tickets that were asked for before SSL_clear, where a library does not forget them.
    pub left_over: u8,
    /// What callbacks said of a new ticket in the present handshake.
    pub renewal: Renewal,
    /// The groups it takes, copied from the context when it was made.
    pub groups: Groups,
    /// How it renegotiates, copied from the context when it was made.
    pub renegotiation: Renegotiation,
    /// What the not-resumable callback answers, copied from the context when it was made.
    pub not_resumable: NotResumableCallback,
    /// A renegotiation was asked for or is under way, and has not completed.
    pub again: bool,
    /// It was asked for by a server's SSL_renegotiate_abbreviated, in a library where that matters.
    pub abbreviated: bool,
    /// A client says that it can be asked for a certificate after the handshake, or (a server) its client said so.
    pub consents: bool,
    /// Whether a server asked for a certificate after the handshake.
    pub challenge: Challenge,
    /// What is on its way to this connection, the next first.
    pub inbox: SmallVec<[Item; 4]>,
}

/// Where a session object comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// A handshake of TLS 1.2 made it that has not completed at this end, and may never do; no identity came with it so far, and it is not
    /// marked.
    Begun,
    /// A handshake or a ticket made it.
    Handshake,
    /// `SSL_SESSION_new` made it.
    Empty,
    /// `SSL_SESSION_dup` or decoding made it.
    Copy,
}

/// A session object, `SSL_SESSION`. Its three facts are apart: memory (`count`, `freed`), cache link (`link`) and
/// resumability (`marked`, `identity`, `time`, `timeout`).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Session {
    /// References as the library counts them.
    pub count: u32,
    /// References that the application holds.
    pub owned: u32,
    /// Its memory has been given back.
    pub freed: bool,
    /// The context that it has been used with.
    pub context: Option<CtxId>,
    /// The context that it was used with is gone; no other may use it.
    pub orphaned: bool,
    /// The context whose internal cache it is in.
    pub link: Option<CtxId>,
    /// The context that it believes to own it. Follows `link`, save where a library forgets to reset it.
    pub owner: Option<CtxId>,
    /// It stands in its owner's list without being in the cache: only a library that forgets to reset the owner puts it there.
    pub stray: bool,
    /// Marked as not resumable.
    pub marked: bool,
    /// What it can be proposed or found by.
    pub identity: Option<Ident>,
    /// What it really is, where set1_id gave it another identity: a handshake succeeds only between two that are really the same.
    pub own: Option<Ident>,
    /// Where it comes from.
    pub origin: Origin,
    /// The end that it was negotiated for, and is of use at; copies keep it.
    pub side: Option<Side>,
    /// The version it was negotiated with.
    pub version: Version,
    /// When it was established, seconds; below 0 is before the clock began.
    pub time: i64,
    /// How many seconds it is good for; below 0 it is over at once.
    pub timeout: i64,
    /// That is the preset: nobody has set it.
    pub untimed: bool,
    /// The session id context in which it was made.
    pub sid_ctx: u8,
    /// Its handshake, of TLS 1.3, agreed on another group than the preset one.
    pub other_group: bool,
    /// The lifetime hint that came with its ticket.
    pub hint: u32,
    /// That stands for a timeout that somebody set.
    pub hinted: bool,
    /// The stateless ticket that it holds (a client's).
    pub ticket: Option<Ticket>,
}

/// A pointer that the application got from get0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Borrow {
    /// What it points to.
    pub session: SessId,
    /// The connection that lends it; `None` once something ended it.
    pub of: Option<ConnId>,
}

/// A connection that was freed, where the application is trusted not to free it again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Gone {
    /// Its name.
    pub connection: ConnId,
    /// The session that it had.
    pub session: SessId,
}

impl Session {
    /// Whether it has an identity and is not marked: what `SSL_SESSION_is_resumable` is asked for.
    #[must_use]
    pub fn is_resumable(&self) -> bool {
        !self.marked && self.identity.is_some()
    }
}

impl Connection {
    /// Whether its session is open in the words of the pages: a handshake completed and this end has not shut down.
    #[must_use]
    pub fn is_open(&self) -> bool {
        (self.phase == Phase::Open || self.renegotiates()) && !self.shutdown.sent
    }

    /// The context that configures it now, `SSL_get_SSL_CTX`.
    #[must_use]
    pub fn current_context(&self) -> CtxId {
        self.switched.unwrap_or(self.context)
    }

    /// Whether it is a server that asks for certificates and has no session id context.
    #[must_use]
    pub fn lacks_session_id_context(&self) -> bool {
        self.verify == Verify::Peer && self.sid_ctx == 0
    }

    /// Whether a TLS 1.3 ticket of this server names a cached session.
    #[must_use]
    pub fn is_stateful(&self) -> bool {
        self.tickets == Tickets::Stateful || self.is_guarded()
    }

    /// Tickets that wait to be sent.
    #[must_use]
    pub fn pending(&self) -> u32 {
        u32::from(self.asked) + u32::from(self.left_over)
    }

    /// Whether a server guards against replay, so that each of its TLS 1.3 tickets resumes once.
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        self.early_data == EarlyData::Allowed && self.anti_replay == AntiReplay::On
    }
}

impl Context {
    /// Whether the internal cache holds this object.
    #[must_use]
    pub fn holds(&self, session: SessId) -> bool {
        self.cache.contains(&session)
    }
}

impl State {
    /// The places that point to a session: connections, the cache of the context it is linked in, the application.
    #[must_use]
    pub fn holders(&self, id: SessId) -> u32 {
        let Some(session) = self.sessions.get(id) else { return 0 };
        let connections = self.connections.iter().filter(|(_, c)| c.session == Some(id)).count();
        let linked = session.link.and_then(|x| self.contexts.get(x)).is_some_and(|x| x.holds(id));
        session.owned + u32::try_from(connections).unwrap_or(u32::MAX) + u32::from(linked)
    }

    /// Whether the application can rightly pass a pointer to this session: it owns a reference, or has a borrow that nothing ended.
    #[must_use]
    pub fn reachable(&self, id: SessId) -> bool {
        let owned = self.sessions.get(id).is_some_and(|s| s.owned > 0);
        owned || self.borrows.iter().any(|b| b.session == id && b.of.is_some())
    }

    /// Whether the application holds a pointer to anything at all.
    #[must_use]
    pub fn application_holds_nothing(&self) -> bool {
        self.connections.is_empty() && self.contexts.iter().all(|(_, x)| x.owned == 0) && self.sessions.iter().all(|(_, s)| s.owned == 0)
    }

    /// Forgets what the contexts counted.
    pub fn forget_statistics(&mut self) {
        self.contexts.values_mut().for_each(|x| x.counters = Counters::default());
    }

    /// Forgets the slot of this session if it is gone and no borrow names it. Says whether it has no slot now.
    pub fn forget_dead(&mut self, id: SessId) -> bool {
        let Some(session) = self.sessions.get(id) else { return true };
        if !session.freed || self.borrows.iter().any(|b| b.session == id) {
            return false;
        }
        self.sessions.remove(id);
        true
    }

    /// Forgets the slots of sessions that are gone and that no borrow names. To be called between steps.
    pub fn sweep(&mut self) {
        let borrows = &self.borrows;
        self.sessions.retain(|id, s| !s.freed || borrows.iter().any(|b| b.session == id));
    }
}
