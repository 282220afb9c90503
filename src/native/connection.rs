//! Connections: making them, joining them with a transport, giving them a session and asking for it, clearing and freeing them.

use std::collections::VecDeque;
use std::fmt;

use super::callbacks::NewSession;
use super::context::{Base, Context};
use super::error::{Error, UnfitSession};
use super::faults::Fault;
use super::session::{Content, Origin, Session, SessionIdContext, WeakSession};
use super::settings::{Quiet, Settings, ShutdownState, Side, Tickets, Version};
use super::ticket_callbacks::Renewal;
use super::tls::{self, Engine};
use super::transport::{Line, Transport};

/// How far a connection has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// Made or cleared, no handshake begun.
    Idle,
    /// In the handshake.
    Handshake,
    /// The handshake completed. In the words of the pages the session is open until this end shuts down.
    Open,
    /// A fatal error ended it.
    Failed,
}

/// What a connection could not write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unsent {
    /// Application data: the same call is to be made again.
    Data,
    /// What a client writes early, of which so many bytes were taken: the same call is to be made again.
    Early(usize),
    /// A close_notify: [`Connection::shutdown`] is to be called again.
    CloseNotify,
}

/// A connection, `SSL`. Dropping it is `SSL_free`: where its session is open and [`Connection::shutdown`] was not called, the session
/// leaves the cache and is not resumed any more.
///
/// A connection belongs to one thread at a time. Whoever wants to share it (`SSL_up_ref`) puts it into an `Arc<Mutex<_>>`.
pub struct Connection {
    /// The context it was made from: its sessions belong there.
    pub(super) home: Context,
    /// The context that it was moved to since.
    pub(super) moved: Option<Context>,
    pub(super) base: Base,
    pub(super) settings: Settings,
    pub(super) host_name: Option<String>,
    pub(super) line: Option<Line>,
    pub(super) engine: Option<Engine>,
    pub(super) phase: Phase,
    /// Its handshake was counted as begun.
    pub(super) begun: bool,
    pub(super) session: Option<Session>,
    /// The sessions that it established before its current one, as long as they are in memory.
    pub(super) earlier: Vec<WeakSession>,
    /// Tickets sent (a server) or read (a client).
    pub(super) ticketed: usize,
    pub(super) reused: bool,
    /// A client: it proposed its session.
    pub(super) proposed: bool,
    pub(super) shutdown: ShutdownState,
    /// What callbacks said of a new ticket in the present handshake.
    pub(super) renewal: Renewal,
    /// A server: the session of its last full handshake is never to be resumed.
    pub(super) forbidden: bool,
    /// Tickets that the application has asked for and that have not been sent.
    pub(super) asked: usize,
    pub(super) unsent: Option<Unsent>,
    /// A client writes before it is answered, if it can.
    pub(super) announces_early: bool,
    pub(super) early_taken: bool,
    /// Early data that nobody has read.
    pub(super) early: VecDeque<u8>,
    /// Application data that nobody has read.
    pub(super) unread: VecDeque<u8>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut connection = f.debug_struct("Connection");
        connection.field("phase", &self.phase).field("session", &self.session).field("reused", &self.reused);
        connection.field("shutdown", &self.shutdown).finish_non_exhaustive()
    }
}

impl Connection {
    /// A connection with the settings that its context has now, `SSL_new`, and no transport yet.
    #[must_use]
    pub fn new(context: &Context) -> Self {
        Self {
            home: context.clone(),
            moved: None,
            base: context.base(),
            settings: context.settings(),
            host_name: None,
            line: None,
            engine: None,
            phase: Phase::Idle,
            begun: false,
            session: None,
            earlier: Vec::new(),
            ticketed: 0,
            reused: false,
            proposed: false,
            shutdown: ShutdownState::default(),
            renewal: Renewal::Preset,
            forbidden: false,
            asked: 0,
            unsent: None,
            announces_early: false,
            early_taken: false,
            early: VecDeque::new(),
            unread: VecDeque::new(),
        }
    }

    /// The context that configures it now, `SSL_get_SSL_CTX`.
    #[must_use]
    pub fn context(&self) -> &Context {
        self.moved.as_ref().unwrap_or(&self.home)
    }

    /// The context it was made from: its sessions belong there, wherever it was moved since.
    #[must_use]
    pub fn home(&self) -> &Context {
        &self.home
    }

    pub(super) fn side(&self) -> Side {
        self.home.side()
    }

    pub(super) fn version(&self) -> Version {
        self.home.version()
    }

    /// How far it has come.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How its sessions travel where it is a server, as its context had it when it was made.
    #[must_use]
    pub fn tickets(&self) -> Tickets {
        self.settings.tickets
    }

    /// Whether a handshake completed and no fatal error came, `SSL_is_init_finished`.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Whether its handshake resumed, `SSL_session_reused`.
    #[must_use]
    pub fn is_reused(&self) -> bool {
        self.reused
    }

    /// Whether a client proposed its session in the present handshake, or a server was proposed one.
    #[must_use]
    pub fn is_proposed(&self) -> bool {
        self.proposed
    }

    /// Its current session, `SSL_get0_session`: lent, until anything happens to the connection that could replace it.
    ///
    /// A loan is over before the connection is cleared, freed, read from, or given another session; each of these does not compile:
    ///
    /// ```compile_fail,E0502
    /// fn lent(mut connection: sessck::native::Connection) {
    ///     let session = connection.session();
    ///     connection.clear();
    ///     _ = session.map(|session| session.time());
    /// }
    /// ```
    /// ```compile_fail,E0505
    /// fn lent(mut connection: sessck::native::Connection) {
    ///     let session = connection.session();
    ///     drop(connection);
    ///     _ = session.map(|session| session.time());
    /// }
    /// ```
    /// ```compile_fail,E0502
    /// fn lent(mut connection: sessck::native::Connection) {
    ///     let session = connection.session();
    ///     _ = connection.read(&mut [0; 1]);
    ///     _ = session.map(|session| session.time());
    /// }
    /// ```
    /// ```compile_fail,E0502
    /// fn lent(mut connection: sessck::native::Connection) {
    ///     let session = connection.session();
    ///     _ = connection.set_session(None);
    ///     _ = session.map(|session| session.time());
    /// }
    /// ```
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Its current session, `SSL_get1_session`: a handle of its own, which outlives the connection.
    #[must_use]
    pub fn session_handle(&self) -> Option<Session> {
        self.session.clone()
    }

    /// Gives it a transport, `SSL_set_bio`. What it had before is dropped.
    pub fn set_transport(&mut self, transport: impl Transport + 'static) {
        self.line = Some(Line::new(Box::new(transport)));
    }

    /// Gives it a session to propose, `SSL_set_session`; `None` is NULL. If its session is open and was not shut down, that is an unclean end.
    ///
    /// It is for a connection that has not begun its handshake. Of any other the transport is dropped, and it says [`Error::NotOpen`] to
    /// whoever reads, writes, shuts down or goes on with the handshake: [`Connection::clear`] makes it of use again, and is called first.
    ///
    /// # Errors
    /// If the session belongs to another context or was negotiated for the other end. Nothing has changed then.
    pub fn set_session(&mut self, session: Option<&Session>) -> Result<(), UnfitSession> {
        if let Some(session) = session {
            session.fits(self.side())?;
            session.used_with(self.home.brand())?;
        }
        self.attach(session.cloned());
        Ok(())
    }

    /// Puts a session in the place of the one that it has.
    pub(super) fn attach(&mut self, session: Option<Session>) {
        self.end_if_open();
        self.session = session;
        if self.phase != Phase::Idle {
            self.detach();
        }
    }

    /// `SSL_set_session_id_context`.
    pub fn set_session_id_context(&mut self, context: SessionIdContext) {
        self.settings.sid_ctx = context;
    }

    /// `SSL_set_quiet_shutdown`.
    pub fn set_quiet_shutdown(&mut self, quiet: Quiet) {
        self.settings.quiet = quiet;
    }

    /// `SSL_set_num_tickets`, before the handshake.
    pub fn set_num_tickets(&mut self, number: usize) {
        self.settings.num_tickets = number;
    }

    /// `SSL_set_max_early_data`, before the handshake.
    pub fn set_max_early_data(&mut self, bytes: u32) {
        self.settings.max_early_data = bytes;
    }

    /// `SSL_set_tlsext_host_name`: the name that a client asks for; `None` for none.
    ///
    /// # Errors
    /// If it is no host name. Nothing has changed then.
    pub fn set_host_name(&mut self, name: Option<&str>) -> Result<(), tls::Error> {
        name.map_or(Ok(()), tls::check_host_name)?;
        self.host_name = name.map(str::to_owned);
        Ok(())
    }

    /// Makes it ready for another handshake, `SSL_clear`. Its session stays, to be proposed, unless this is an unclean end. Its transport is gone.
    pub fn clear(&mut self) {
        if self.end_if_open() {
            self.session = None;
        }
        self.detach();
        self.phase = Phase::Idle;
        self.begun = false;
        self.reused = false;
        self.proposed = false;
        self.shutdown = ShutdownState::default();
        self.ticketed = 0;
        self.renewal = Renewal::Preset;
        self.asked = 0;
        self.announces_early = false;
        self.early_taken = false;
    }

    /// Takes the session out of use if this connection ends uncleanly now. Says whether it does.
    fn end_if_open(&mut self) -> bool {
        if self.phase != Phase::Open || self.is_closed_cleanly() {
            return false;
        }
        self.retire_sessions();
        true
    }

    /// An unclean end costs the current session, and those that it established before.
    pub(super) fn retire_sessions(&mut self) {
        let current = self.session.clone();
        if let Some(session) = &current {
            self.take_out_of_use(session);
        }
        if self.has(Fault::UncleanSparesEarlier) {
            return;
        }
        for earlier in std::mem::take(&mut self.earlier) {
            let Some(session) = earlier.upgrade() else { continue };
            if !current.as_ref().is_some_and(|current| current.is_same(&session)) {
                self.take_out_of_use(&session);
            }
        }
    }

    fn take_out_of_use(&self, session: &Session) {
        if self.has(Fault::UncleanStaysCached) {
            session.mark();
        } else {
            self.home.cache().retire_but_for(Fault::UncleanNotMarked, session);
        }
    }

    /// Takes it off its transport.
    fn detach(&mut self) {
        self.line = None;
        self.engine = None;
        self.unsent = None;
        self.unread.clear();
        self.early.clear();
        self.earlier.clear();
    }

    /// Whether something would carry what it says; not so where it was given a session in the midst of its life.
    pub(super) fn carried(&self) -> Result<(), Error> {
        if self.engine.is_some() { Ok(()) } else { Err(Error::NotOpen) }
    }

    /// A session object for a handshake that does not resume.
    pub(super) fn fresh_session(&self) -> Session {
        let content = Content {
            origin: Origin::Negotiated,
            version: self.version(),
            side: Some(self.side()),
            timeout: self.given_timeout(),
            sid_ctx: self.settings.sid_ctx,
            ..Content::empty(self.home.now(), 0)
        };
        let brand = std::sync::Arc::downgrade(self.home.brand());
        Session::made(content, Some(brand), self.home.watch())
    }

    /// One session more is established: it takes the place of the current one, which is remembered.
    pub(super) fn succeed(&mut self, session: Session) {
        let before = self.session.replace(session);
        if let Some(before) = before.filter(|_| self.ticketed > 1) {
            self.earlier.retain(|earlier| earlier.upgrade().is_some());
            self.earlier.push(before.downgrade());
        }
    }

    /// What follows where a session is established: it is stored and announced as the context's mode and callbacks say.
    pub(super) fn established(&mut self, session: &Session, stored: Stored) {
        let mode = self.home.cache().mode();
        let fit = session.is_resumable() || (self.has(Fault::TicketInheritsMark) && session.id().is_some());
        if !fit || !mode.covers(self.side()) {
            return;
        }
        if stored == Stored::Inside && (!mode.no_store || self.has(Fault::StoreIgnoresFlag)) {
            self.home.cache().store_established(session);
        }
        let again = self.ticketed > 1 && self.has(Fault::NewCallbackOnce);
        let Some(callback) = self.home.callbacks().new.filter(|_| !again) else { return };
        match callback(self, session) {
            NewSession::Refused if !self.has(Fault::RefusedStaysCached) => _ = self.home.cache().put_aside(session),
            NewSession::Taken | NewSession::Refused => {}
        }
    }
}

/// Whether a session that is established goes into the internal cache.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stored {
    /// It does.
    Inside,
    /// It travels in a ticket.
    InTicket,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.end_if_open();
    }
}
