//! Worlds: a configuration, a part of the alphabet, and limits that keep the states finite.

use crate::enabled::{fits, instances, is_rightful};
use crate::{
    Action, AntiReplay, CACHE_SIZE_PRESET, CacheMode, Call, ConnId, Context, CtxId, EarlyData, Eof, GetCallback, Groups, Journal,
    NUM_TICKETS_PRESET, NewCallback, NotResumableCallback, Obligation, Profile, Quiet, RemoveCallback, Renegotiation, ServerNameCallback,
    SessId, State, TIMEOUT_PRESET_S, Tickets, Verify, choices, step,
};

/// In a letter of an alphabet: any context.
pub const ANY_CONTEXT: CtxId = CtxId(u32::MAX);
/// In a letter of an alphabet: any client's context.
pub const CLIENT_CONTEXT: CtxId = CtxId(u32::MAX - 1);
/// In a letter of an alphabet: any server's context.
pub const SERVER_CONTEXT: CtxId = CtxId(u32::MAX - 2);
/// In a letter of an alphabet: any connection.
pub const ANY_CONNECTION: ConnId = ConnId(u32::MAX);
/// In a letter of an alphabet: any client's connection.
pub const CLIENT: ConnId = ConnId(u32::MAX - 1);
/// In a letter of an alphabet: any server's connection.
pub const SERVER: ConnId = ConnId(u32::MAX - 2);
/// In a letter of an alphabet: any session.
pub const ANY_SESSION: SessId = SessId(u32::MAX);

/// Where every world's clock stands at first, seconds.
pub const START_S: u32 = 10;

/// What bounds the states of a world. A step that would leave them is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Limits {
    /// Contexts alive.
    pub contexts: usize,
    /// Connections alive.
    pub connections: usize,
    /// Sessions with a slot.
    pub sessions: usize,
    /// References to one object that the application holds.
    pub owned: u32,
    /// References to one object in all: only what counts wrongly comes near.
    pub count: u32,
    /// Borrowed pointers.
    pub borrows: usize,
    /// Things on their way to one connection.
    pub inbox: usize,
    /// Seconds that the clock may go on.
    pub seconds: u32,
    /// Settings of contexts that differ from those of a new one.
    pub settings: usize,
    /// Up to which the statistics are kept. 0: they are forgotten after each step, since no operation reads them.
    pub counts: u32,
    /// Steps from the first state, for worlds that are too rich to be explored to their end.
    pub steps: u32,
    /// Whether calls that break an obligation are tried, too.
    pub attempts: Attempts,
}

/// Whether a world tries what is to be refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Attempts {
    /// Only what the application may do.
    Rightful,
    /// Misuse as well; the step refuses it.
    All,
}

impl Limits {
    /// One pair of connections, three sessions, no clock.
    pub const PAIR: Self = Self {
        contexts: 2,
        connections: 2,
        sessions: 3,
        owned: 1,
        count: 6,
        borrows: 1,
        inbox: 3,
        seconds: 0,
        settings: 99,
        counts: 0,
        steps: u32::MAX,
        attempts: Attempts::Rightful,
    };
}

/// A configuration and what can happen in it.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Its name.
    pub name: &'static str,
    /// What it is there for.
    pub about: &'static str,
    /// Calls that lead to the first state.
    pub setup: &'static [&'static [Call]],
    /// The calls that are enabled. The names of objects in them may stand for any object of a kind, see [`ANY_CONTEXT`]
    /// and its like; those of objects that a call makes are not looked at.
    pub alphabet: &'static [&'static [Call]],
    /// What bounds it.
    pub limits: Limits,
}

impl World {
    /// The first state: what the setup leads to, with the library's default choices.
    #[must_use]
    pub fn start(&self, profile: &Profile) -> State {
        let mut state = State { now: START_S, ..State::default() };
        let mut journal = Journal::default();
        for call in self.setup.iter().copied().flatten() {
            step(&mut state, &Action::from(*call), profile, &mut journal);
            state.sweep();
        }
        if self.limits.counts == 0 {
            state.forget_statistics();
        }
        state
    }

    /// The enabled calls with the enabled objects, in a fixed order.
    pub fn calls(&self, state: &State, profile: &Profile, mut found: impl FnMut(Call)) {
        let all = self.limits.attempts == Attempts::All || profile.trusted().is_some();
        for letter in self.alphabet.iter().copied().flatten() {
            instances(state, *letter, |call| {
                if self.has_room(state, &call) && fits(state, &call) && (all || is_rightful(state, &call)) {
                    found(call);
                }
            });
        }
    }

    /// Every enabled call with every way in which the pages let a library carry it out.
    pub fn actions(&self, state: &State, profile: &Profile, into: &mut Vec<Action>) {
        into.clear();
        self.calls(state, profile, |call| {
            into.extend(choices(state, &call, profile).into_iter().map(|choice| Action { call, choice }));
        });
    }

    /// Whether a state is within the limits.
    #[must_use]
    pub fn holds(&self, state: &State) -> bool {
        let limits = &self.limits;
        state.sessions.len() <= limits.sessions
            && state.borrows.len() <= limits.borrows
            && state.sessions.iter().all(|(_, s)| s.count <= limits.count && s.owned <= limits.owned)
            && state.contexts.iter().all(|(_, x)| x.count <= limits.count && x.counters.highest() <= limits.counts)
            && state.connections.iter().all(|(_, c)| c.inbox.len() <= limits.inbox)
            && (limits.settings >= 99 || state.contexts.iter().map(|(_, x)| settings_changed(x)).sum::<usize>() <= limits.settings)
    }

    /// What the application and the memory let go of between steps: sessions that are gone, and pointers that it may not use any more.
    pub fn settle(&self, state: &mut State, profile: &Profile) {
        if !matches!(profile.trusted(), Some(Obligation::Borrow | Obligation::FreeIndirect)) {
            state.borrows.retain(|b| b.of.is_some());
        }
        if self.limits.counts == 0 {
            state.forget_statistics();
        }
        state.sweep();
    }

    /// Whether the limits leave room for what a call makes: known before it is carried out.
    fn has_room(&self, state: &State, call: &Call) -> bool {
        let limits = &self.limits;
        let owns_less = |s: SessId| state.sessions.get(s).is_some_and(|s| s.owned < limits.owned);
        let room = [
            matches!(call, Call::ContextNew(..)) && state.contexts.len() >= limits.contexts,
            matches!(call, Call::ContextUpRef(x) if state.contexts.get(*x).is_none_or(|x| x.owned > limits.owned)),
            matches!(call, Call::ConnectionNew(..) | Call::ConnectionDup(..)) && state.connections.len() >= limits.connections,
            matches!(call, Call::ConnectionUpRef(c) if state.connections.get(*c).is_none_or(|c| c.count > limits.owned)),
            matches!(call, Call::ConnectionDup(_, c) if state.connections.get(*c).is_none_or(|c| c.count > limits.owned)),
            matches!(call, Call::SessionNew | Call::SessionDup(_) | Call::SessionDecode(_) | Call::SessionDecodeAs(..))
                && state.sessions.len() >= limits.sessions,
            matches!(call, Call::Get1(c) if state.connections.get(*c).and_then(|c| c.session).is_some_and(|s| !owns_less(s))),
            matches!(call, Call::SessionUpRef(s) if !owns_less(*s)),
            matches!(call, Call::Advance(seconds) if state.now + seconds > START_S + limits.seconds),
            matches!(call, Call::Write(c) if state.connections.get(*c).and_then(|c| state.connections.get(c.peer?)).is_some_and(|p| p.inbox.len() >= limits.inbox)),
            matches!(call, Call::Corrupt(c) if state.connections.get(*c).is_none_or(|c| c.inbox.len() >= limits.inbox)),
        ];
        !room.contains(&true)
    }
}

/// How many settings of a context are not what a new one has.
fn settings_changed(x: &Context) -> usize {
    let changed = [
        x.mode != CacheMode::SERVER,
        x.size != CACHE_SIZE_PRESET,
        x.timeout != TIMEOUT_PRESET_S,
        x.num_tickets != NUM_TICKETS_PRESET,
        x.tickets != Tickets::Stateless,
        x.early_data != EarlyData::Refused,
        x.sid_ctx != 0,
        x.verify != Verify::None,
        x.server_name != ServerNameCallback::Unset,
        x.quiet != Quiet::Off,
        x.eof != Eof::Error,
        x.new_callback != NewCallback::Unset,
        x.remove_callback != RemoveCallback::Unset,
        x.get_callback != GetCallback::Unset,
        x.ticket_key.is_some(),
        x.ticket_generate.is_some(),
        x.ticket_decrypt.is_some(),
        x.anti_replay != AntiReplay::On,
        x.acts.is_some(),
        x.groups != Groups::Preset,
        x.renegotiation != Renegotiation::default(),
        x.not_resumable != NotResumableCallback::Unset,
    ];
    changed.into_iter().filter(|changed| *changed).count()
}
