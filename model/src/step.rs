//! One step: dispatch, and nothing else.

use smallvec::SmallVec;

use crate::{
    Action, Call, Choice, ConnId, Connection, Context, CtxId, Deviation, Effect, Journal, Misuse, Obligation, Outcome, Profile, SessId,
    Session, State, Undefined,
};

/// A step under way: the state that changes, what decides how, and the notes taken.
pub(crate) struct Step<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) profile: &'a Profile,
    pub(crate) choice: Choice,
    pub(crate) journal: &'a mut Journal,
}

/// Why an operation stopped before it did anything.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stop {
    Misuse(Misuse),
    Undefined(Undefined),
}

/// What an operation gives back.
pub(crate) type Answer = Result<Outcome, Stop>;

/// Carries one action out in place and notes in `journal` what it touched and what happened. Sessions that died keep
/// their slot until [`State::sweep`]. A function of its arguments: every choice is in the action.
pub fn step(state: &mut State, action: &Action, profile: &Profile, journal: &mut Journal) -> Outcome {
    journal.begin(state);
    let mut step = Step { state, profile, choice: action.choice, journal };
    match step.dispatch(action.call) {
        Ok(outcome) => {
            step.end_borrows();
            outcome
        }
        Err(stop) => {
            // an operation may have stopped half-way, where a deviation freed what it needs
            journal.undo(state);
            match stop {
                Stop::Misuse(misuse) => Outcome::Refused(misuse),
                Stop::Undefined(why) => Outcome::Undefined(why),
            }
        }
    }
}

impl Step<'_> {
    fn dispatch(&mut self, call: Call) -> Answer {
        match call {
            Call::ContextNew(x, side, version) => self.context_new(x, side, version),
            Call::ContextUpRef(x) => self.context_up_ref(x),
            Call::ContextFree(x) => self.context_free(x),
            Call::SetCacheMode(x, mode) => self.set_cache_mode(x, mode),
            Call::SetCacheSize(x, size) => self.set_cache_size(x, size),
            Call::SetTimeout(x, timeout_s) => self.set_timeout(x, timeout_s),
            Call::SetNumTickets(x, number) => self.set_num_tickets(x, number),
            Call::SetTickets(x, tickets) => self.set_tickets(x, tickets),
            Call::SetEarlyData(x, early_data) => self.set_early_data(x, early_data),
            Call::SetSessionIdContext(x, sid_ctx) => self.set_session_id_context(x, sid_ctx),
            Call::SetNewCallback(x, callback) => self.set_new_callback(x, callback),
            Call::SetRemoveCallback(x, callback) => self.set_remove_callback(x, callback),
            Call::SetGetCallback(x, callback) => self.set_get_callback(x, callback),
            Call::AddSession(x, s) => self.add_session(x, s),
            Call::RemoveSession(x, s) => self.remove_session(x, s),
            Call::CacheNumber(x) => self.cache_number(x),
            Call::FlushSessions(x, at) => self.flush_sessions(x, at),
            Call::ConnectionNew(c, x) => self.connection_new(c, x),
            Call::ConnectionUpRef(c) => self.connection_up_ref(c),
            Call::ConnectionFree(c) => self.connection_free(c),
            Call::Join(client, server) => self.join(client, server),
            Call::Hello(client) => self.hello(client),
            Call::Complete(client) => self.complete(client),
            Call::Read(c) => self.read(c),
            Call::Shutdown(c) => self.shutdown(c),
            Call::SetShutdown(c, state) => self.set_shutdown(c, state),
            Call::SetQuietShutdown(c, quiet) => self.set_quiet_shutdown(c, quiet),
            Call::Clear(c) => self.clear(c),
            Call::SetSession(c, s) => self.set_session(c, s),
            Call::Get0(c) => self.get0(c),
            Call::Get1(c) => self.get1(c),
            Call::SetConnectionEarlyData(c, early_data) => self.set_connection_early_data(c, early_data),
            Call::Corrupt(c) => self.corrupt(c),
            Call::Cut(c) => self.cut(c),
            Call::Break(c) => self.break_wire(c),
            Call::SessionNew => self.session_new(),
            Call::SessionUpRef(s) => self.session_up_ref(s),
            Call::SessionFree(s) => self.session_free(s),
            Call::SessionFreeNull => Ok(Outcome::Done),
            Call::SessionDup(s) => self.session_dup(s),
            Call::SessionDecode(s) => self.session_decode(s),
            Call::SessionUse(s) => self.session_use(s),
            Call::SessionIsResumable(s) => self.session_is_resumable(s),
            Call::SessionSetTime(s, time) => self.session_set_time(s, time),
            Call::SessionSetTimeout(s, timeout_s) => self.session_set_timeout(s, timeout_s),
            Call::SessionForget(s) => self.session_forget(s),
            Call::Advance(seconds) => {
                self.state.now = self.state.now.saturating_add(seconds);
                Ok(Outcome::Done)
            }
        }
    }

    /// Whether the library departs in this way.
    pub(crate) fn deviates(&self, deviation: Deviation) -> bool {
        self.profile.has(deviation)
    }

    /// Refuses a misuse, unless its obligation is trusted to be kept.
    pub(crate) fn obliged(&self, obligation: Obligation, misuse: Misuse) -> Result<(), Stop> {
        if self.profile.trusts(obligation) { Ok(()) } else { Err(Stop::Misuse(misuse)) }
    }

    pub(crate) fn note(&mut self, effect: Effect) {
        self.journal.effects.push(effect);
    }

    pub(crate) fn context(&self, id: CtxId) -> Result<&Context, Stop> {
        self.state.contexts.get(id).ok_or(Stop::Undefined(Undefined::NoSuchObject))
    }

    pub(crate) fn connection(&self, id: ConnId) -> Result<&Connection, Stop> {
        self.state.connections.get(id).ok_or(Stop::Undefined(Undefined::NoSuchObject))
    }

    pub(crate) fn session(&self, id: SessId) -> Result<&Session, Stop> {
        self.state.sessions.get(id).ok_or(Stop::Undefined(Undefined::NoSuchObject))
    }

    pub(crate) fn context_mut(&mut self, id: CtxId) -> Result<&mut Context, Stop> {
        self.journal.note_context(self.state, id);
        self.state.contexts.get_mut(id).ok_or(Stop::Undefined(Undefined::NoSuchObject))
    }

    pub(crate) fn connection_mut(&mut self, id: ConnId) -> Result<&mut Connection, Stop> {
        self.journal.note_connection(self.state, id);
        self.state.connections.get_mut(id).ok_or(Stop::Undefined(Undefined::NoSuchObject))
    }

    /// A session to be changed. Touching one that is gone is noted.
    pub(crate) fn session_mut(&mut self, id: SessId) -> Result<&mut Session, Stop> {
        self.journal.note_session(self.state, id);
        if self.state.sessions.get(id).is_some_and(|s| s.freed) {
            self.note(Effect::Dangling(id));
        }
        self.state.sessions.get_mut(id).ok_or(Stop::Undefined(Undefined::NoSuchObject))
    }

    /// Ends the borrows of connections that are gone or have another session now.
    fn end_borrows(&mut self) {
        let connections = &self.state.connections;
        for borrow in &mut self.state.borrows {
            let held = borrow.of.and_then(|c| connections.get(c)).and_then(|c| c.session);
            if held != Some(borrow.session) {
                borrow.of = None;
            }
        }
        self.state.borrows.sort_unstable();
        self.state.borrows.dedup();
    }
}

/// The ways in which the pages let a library carry out `call` here: at least one.
#[must_use]
pub fn choices(state: &State, call: &Call, profile: &Profile) -> SmallVec<[Choice; 2]> {
    crate::latitude::choices(state, call, profile)
}
