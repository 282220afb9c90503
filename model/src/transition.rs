//! What one step did: the action, its outcome, what happened inside, and the former values of what it touched.

use smallvec::SmallVec;

use crate::{
    Act, Action, Borrow, CacheMode, Call, ConnId, Connection, Context, CtxId, Gone, Hook, Ident, Misuse, SessId, Session, State, Table,
    Undefined,
};

/// What a call gave back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// It returns nothing that says anything about sessions.
    Done,
    /// A number: an answer, a value before, 1 for success.
    Number(i64),
    /// A cache mode before.
    Mode(CacheMode),
    /// A session, or NULL.
    Session(Option<SessId>),
    /// The application broke an obligation; nothing was done.
    Refused(Misuse),
    /// No page says what the call does here; nothing was done.
    Undefined(Undefined),
}

/// Why a session left a cache.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Removal {
    /// The application took it out.
    ByHand,
    /// Its connection did not end cleanly.
    Unclean,
    /// A flush found it expired.
    Expired,
    /// The cache exceeded its size.
    Size,
    /// Another object of the same identity took its place.
    Displaced,
    /// The new-session callback returned 0.
    Refused,
    /// The context was freed.
    ContextFreed,
    /// Anti-replay: it was proposed once.
    SingleUse,
    /// A client resumed it.
    Used,
    /// A server found it unfit when it was proposed.
    Misfit,
}

/// Something that happened inside a step, in the order in which it happened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// A session was born.
    Born(SessId),
    /// A session's memory was given back.
    Died(SessId),
    /// The library or the application touched a session whose memory had been given back.
    Dangling(SessId),
    /// The new-session callback ran.
    NewCallback {
        /// The connection it ran on.
        connection: ConnId,
        /// The session it was given.
        session: SessId,
        /// Whether that could be resumed then.
        resumable: bool,
        /// Whether it returned 1.
        kept: bool,
    },
    /// The remove-session callback ran.
    RemoveCallback {
        /// The context it ran for.
        context: CtxId,
        /// The session it was given.
        session: SessId,
        /// Whether that was in memory then.
        alive: bool,
    },
    /// A callback of the cache called back. What happened since that callback's own effect happened inside it.
    Acted {
        /// What it did.
        act: Act,
        /// On which context.
        context: CtxId,
        /// With which session.
        session: SessId,
        /// Whether the cache held that before.
        held: bool,
        /// What the library answered; 0 where it does not answer.
        answer: i32,
        /// How many the cache held then.
        left: u32,
    },
    /// The get-session callback ran.
    GetCallback {
        /// The connection it ran on.
        connection: ConnId,
        /// What the client proposed.
        identity: Ident,
        /// What it answered.
        answer: Option<SessId>,
        /// Whether the library has to take a reference of its own.
        copy: bool,
    },
    /// A server looked a proposal up, inside and then outside.
    Lookup {
        /// The connection.
        connection: ConnId,
        /// What the client proposed.
        identity: Ident,
        /// What was found.
        found: Option<SessId>,
        /// Whether that was found in the internal cache.
        inside: bool,
    },
    /// A session was linked into a cache.
    Linked {
        /// Whose cache.
        context: CtxId,
        /// Which session.
        session: SessId,
        /// Whether the library did it on its own.
        automatic: bool,
    },
    /// A session left a cache.
    Unlinked {
        /// Whose cache.
        context: CtxId,
        /// Which session.
        session: SessId,
        /// Why.
        why: Removal,
        /// How many sessions stood behind it, nearer to the end.
        from_end: u32,
    },
    /// A session was established: complete, and known to this end.
    Established {
        /// The connection.
        connection: ConnId,
        /// The session.
        session: SessId,
    },
    /// A handshake completed at one end.
    Completed {
        /// The connection.
        connection: ConnId,
        /// The session it proposed (a client), or that was found for it (a server), if any.
        tried: Option<SessId>,
        /// Whether that was resumed.
        resumed: bool,
    },
    /// A connection failed by a fatal error that the call reported.
    Fatal(ConnId),
    /// A server sent a TLS 1.3 ticket.
    TicketSent {
        /// The connection.
        connection: ConnId,
        /// The session it stands for.
        session: SessId,
        /// Whether the session itself travels in it.
        stateless: bool,
    },
    /// A callback ran that is none of the session cache's.
    Hook {
        /// Which.
        hook: Hook,
        /// The connection it ran on.
        connection: ConnId,
        /// What it answered.
        answer: i8,
    },
    /// A server decided on a proposal, and asks for another ClientHello all the same.
    Tried {
        /// The server's connection.
        connection: ConnId,
        /// Whether it would resume.
        resumed: bool,
        /// Whether what was found was expired.
        expired: bool,
    },
    /// A server refused or took a proposal.
    Decided {
        /// The server's connection.
        connection: ConnId,
        /// Whether the client proposed anything.
        proposed: bool,
        /// Whether it resumes.
        resumed: bool,
        /// Whether what was found was expired.
        expired: bool,
        /// Whether what was found belongs to another session id context.
        foreign: bool,
    },
}

/// The former values of what one step touched, and what happened in it. Reused from step to step.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// What happened, in order.
    pub effects: SmallVec<[Effect; 8]>,
    /// The clock before.
    pub now: u32,
    /// The borrowed pointers before.
    pub borrows: SmallVec<[Borrow; 2]>,
    gone: SmallVec<[Gone; 1]>,
    next_identity: u32,
    next_session: u32,
    /// Contexts before; `None` where there was none.
    pub contexts: SmallVec<[(CtxId, Option<Context>); 2]>,
    /// Connections before.
    pub connections: SmallVec<[(ConnId, Option<Connection>); 2]>,
    /// Sessions before.
    pub sessions: SmallVec<[(SessId, Option<Session>); 4]>,
}

impl Journal {
    /// Makes it ready for the next step.
    pub fn begin(&mut self, state: &State) {
        self.effects.clear();
        self.contexts.clear();
        self.connections.clear();
        self.sessions.clear();
        self.now = state.now;
        self.borrows.clone_from(&state.borrows);
        self.gone.clone_from(&state.gone);
        self.next_identity = state.next_identity;
        self.next_session = state.next_session;
    }

    /// Takes the step back: `state` is again as it was when the step began.
    pub fn undo(&self, state: &mut State) {
        state.now = self.now;
        state.borrows.clone_from(&self.borrows);
        state.gone.clone_from(&self.gone);
        state.next_identity = self.next_identity;
        state.next_session = self.next_session;
        for (id, before) in &self.contexts {
            put_back(&mut state.contexts, *id, before.as_ref());
        }
        for (id, before) in &self.connections {
            put_back(&mut state.connections, *id, before.as_ref());
        }
        for (id, before) in &self.sessions {
            put_back(&mut state.sessions, *id, before.as_ref());
        }
    }

    /// Notes a context before it is changed.
    pub fn note_context(&mut self, state: &State, id: CtxId) {
        if !self.contexts.iter().any(|(noted, _)| *noted == id) {
            self.contexts.push((id, state.contexts.get(id).cloned()));
        }
    }

    /// Notes a connection before it is changed.
    pub fn note_connection(&mut self, state: &State, id: ConnId) {
        if !self.connections.iter().any(|(noted, _)| *noted == id) {
            self.connections.push((id, state.connections.get(id).cloned()));
        }
    }

    /// Notes a session before it is changed.
    pub fn note_session(&mut self, state: &State, id: SessId) {
        if !self.sessions.iter().any(|(noted, _)| *noted == id) {
            self.sessions.push((id, state.sessions.get(id).cloned()));
        }
    }
}

fn put_back<K: Copy + Ord, V: Clone, const N: usize>(table: &mut Table<K, V, N>, id: K, before: Option<&V>) {
    match before {
        Some(before) => table.insert(id, before.clone()),
        None => drop(table.remove(id)),
    }
}

/// One step, looked at from outside. Sessions that died in it still have their slot.
#[derive(Clone, Copy, Debug)]
pub struct Transition<'a> {
    /// What was done and chosen.
    pub action: &'a Action,
    /// What it gave back.
    pub outcome: Outcome,
    /// The state afterwards.
    pub after: &'a State,
    /// What happened, and what was before.
    pub journal: &'a Journal,
}

impl<'a> Transition<'a> {
    /// The call.
    #[must_use]
    pub fn call(&self) -> Call {
        self.action.call
    }

    /// What happened, in order.
    #[must_use]
    pub fn effects(&self) -> &'a [Effect] {
        &self.journal.effects
    }

    /// Whether the call was refused as misuse or is described by no page: then nothing was done.
    #[must_use]
    pub fn is_void(&self) -> bool {
        matches!(self.outcome, Outcome::Refused(_) | Outcome::Undefined(_))
    }

    /// A context before.
    #[must_use]
    pub fn was_context(&self, id: CtxId) -> Option<&'a Context> {
        match self.journal.contexts.iter().find(|(noted, _)| *noted == id) {
            Some((_, before)) => before.as_ref(),
            None => self.after.contexts.get(id),
        }
    }

    /// A connection before.
    #[must_use]
    pub fn was_connection(&self, id: ConnId) -> Option<&'a Connection> {
        match self.journal.connections.iter().find(|(noted, _)| *noted == id) {
            Some((_, before)) => before.as_ref(),
            None => self.after.connections.get(id),
        }
    }

    /// A session before.
    #[must_use]
    pub fn was_session(&self, id: SessId) -> Option<&'a Session> {
        match self.journal.sessions.iter().find(|(noted, _)| *noted == id) {
            Some((_, before)) => before.as_ref(),
            None => self.after.sessions.get(id),
        }
    }

    /// A context now.
    #[must_use]
    pub fn context(&self, id: CtxId) -> Option<&'a Context> {
        self.after.contexts.get(id)
    }

    /// A connection now.
    #[must_use]
    pub fn connection(&self, id: ConnId) -> Option<&'a Connection> {
        self.after.connections.get(id)
    }

    /// A session now; one that died in this step is there, with `freed` set.
    #[must_use]
    pub fn session(&self, id: SessId) -> Option<&'a Session> {
        self.after.sessions.get(id)
    }

    /// Whether a session is in memory now.
    #[must_use]
    pub fn lives(&self, id: SessId) -> bool {
        self.session(id).is_some_and(|s| !s.freed)
    }
}
