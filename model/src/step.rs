//! One step: dispatch, and nothing else.

use smallvec::SmallVec;

use crate::{
    Action, Call, Choice, ConnId, Connection, Context, CtxId, Deviation, Effect, Journal, Misuse, Obligation, Outcome, Profile, SessId,
    Session, Side, State, Undefined,
};

/// A step under way: the state that changes, what decides how, and the notes taken.
pub(crate) struct Step<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) profile: &'a Profile,
    pub(crate) choice: Choice,
    pub(crate) journal: &'a mut Journal,
    /// A callback is calling back.
    pub(crate) acting: bool,
    /// The end that is at work: it departs as its own library does.
    side: Side,
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
    let side = first_at_work(state, &action.call);
    let mut step = Step { state, profile, choice: action.choice, journal, acting: false, side };
    let answer = step.dispatch(action.call);
    match answer.and_then(|outcome| step.auto_clear().map(|()| outcome)) {
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

/// The end that a call begins at: that of the connection, the context or the session that it names. What belongs to no end yet is a
/// client's.
fn first_at_work(state: &State, call: &Call) -> Side {
    if let Call::ContextNew(_, side, _) = *call {
        return side;
    }
    let named = call.named();
    let side_of = |id: CtxId| state.contexts.get(id).map(|x| x.side);
    let connections = named.connections.into_iter().flatten().filter_map(|id| side_of(state.connections.get(id)?.context));
    let contexts = named.contexts.into_iter().flatten().filter_map(side_of);
    let of_session = |s: &Session| s.side.or_else(|| side_of(s.context?));
    let sessions = named.sessions.into_iter().flatten().filter_map(|id| of_session(state.sessions.get(id)?));
    connections.chain(contexts).chain(sessions).next().unwrap_or(Side::Client)
}

macro_rules! dispatch {
    ($($(#[$doc:meta])+ $name:ident $(($($arg:ident: $kind:ty),+))? = $text:literal, $operation:ident;)*) => {
        fn dispatch(&mut self, call: Call) -> Answer {
            match call {
                $(Call::$name $(($($arg),+))? => self.$operation($($($arg),+)?),)*
            }
        }
    };
}

impl Step<'_> {
    with_calls!(dispatch);

    fn advance_clock(&mut self, seconds: u32) -> Answer {
        self.state.now = self.state.now.saturating_add(seconds);
        Ok(Outcome::Done)
    }

    /// Whether the library of the end that is at work departs in this way.
    pub(crate) fn deviates(&self, deviation: Deviation) -> bool {
        self.profile.has_at(self.side, deviation)
    }

    /// From here on this connection's end is at work. Every step that goes from one end to the other says so.
    pub(crate) fn turn_to(&mut self, id: ConnId) -> Result<(), Stop> {
        self.turn_to_context(self.connection(id)?.context)
    }

    /// From here on this context's end is at work.
    pub(crate) fn turn_to_context(&mut self, id: CtxId) -> Result<(), Stop> {
        self.side = self.context(id)?.side;
        Ok(())
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
