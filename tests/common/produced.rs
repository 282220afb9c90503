//! Long traces without a library: the model itself plays the implementation.

use std::collections::HashMap;

use sessck::checker::Names;
use sessck::implementation::{ConnectionFacts, ContextFacts, Event, Name, Observation, Returned, SeenMode, SessionFacts};
use sessck_model::{
    Action, CacheMode, Call, ConnId, CtxId, Effect, Journal, NewCallback, Opt, Outcome, Phase, Profile, SessId, Side, State, Transition,
    Version, choices, step,
};

/// A call in the trace's names, and what it showed.
pub(crate) type Made = (Call, Observation);

/// The contexts of every produced trace: a client's and a server's.
const CLIENT: CtxId = CtxId(0);
const SERVER: CtxId = CtxId(1);

/// An implementation that is the model by the pages, always with the first choice. It names what it shows as a library's
/// adapter does.
#[derive(Default)]
pub(crate) struct Producer {
    state: State,
    journal: Journal,
    names: Names,
    next_name: u32,
    contexts: HashMap<CtxId, ContextFacts>,
    connections: HashMap<ConnId, ConnectionFacts>,
    sessions: HashMap<SessId, SessionFacts>,
    made: Vec<Made>,
}

impl Producer {
    /// At the start of a case.
    pub(crate) fn new() -> Self {
        Self { state: State { now: sessck::checker::CLOCK_START_S, ..State::default() }, ..Self::default() }
    }

    /// A client and a server context of one version, with small caches.
    pub(crate) fn with_contexts(version: Version, cache_size: u32) -> Self {
        let mut producer = Self::new();
        for (id, side) in [(CLIENT, Side::Client), (SERVER, Side::Server)] {
            producer.call(Call::ContextNew(id, side, version));
            producer.call(Call::SetCacheMode(id, CacheMode::BOTH));
            producer.call(Call::SetCacheSize(id, cache_size));
        }
        producer.call(Call::SetOption(SERVER, Opt::NoTicket));
        producer.call(Call::SetNewCallback(CLIENT, NewCallback::Refuse));
        producer
    }

    /// Makes a call of the model's ids.
    pub(crate) fn call(&mut self, call: Call) {
        let named = self.in_trace_names(call);
        let choice = choices(&self.state, &call, &Profile::PAGE)[0];
        let outcome = step(&mut self.state, &Action { call, choice }, &Profile::PAGE, &mut self.journal);
        assert!(!matches!(outcome, Outcome::Refused(_) | Outcome::Undefined(_)), "{call:?} came to {outcome:?}");
        let saw = self.observe(&Action { call, choice }, outcome);
        self.forget();
        self.made.push((named, saw));
    }

    /// A connection from its making to its end, the client proposing `offer`; gives a session to which the application
    /// now holds a reference. Both ends end cleanly and are freed.
    pub(crate) fn life(&mut self, client: ConnId, offer: Option<SessId>) -> Option<SessId> {
        self.open(client, offer);
        let taken = self.take(client);
        self.close(client);
        taken
    }

    /// An open pair of connections: the client is `client`, the server the next.
    pub(crate) fn open(&mut self, client: ConnId, offer: Option<SessId>) {
        let server = ConnId(client.0 + 1);
        self.call(Call::ConnectionNew(client, CLIENT));
        self.call(Call::ConnectionNew(server, SERVER));
        if offer.is_some() {
            self.call(Call::SetSession(client, offer));
        }
        self.call(Call::Join(client, server));
        self.call(Call::Hello(client));
        self.call(Call::Complete(client));
        self.call(Call::Read(client));
    }

    /// A reference to the current session of a connection.
    pub(crate) fn take(&mut self, connection: ConnId) -> Option<SessId> {
        self.call(Call::Get1(connection));
        self.state.connections.get(connection).and_then(|c| c.session)
    }

    /// Gives a reference back.
    pub(crate) fn give_back(&mut self, session: SessId) {
        self.call(Call::SessionFree(session));
    }

    fn close(&mut self, client: ConnId) {
        let server = ConnId(client.0 + 1);
        for id in [client, server] {
            self.call(Call::Shutdown(id));
        }
        for id in [client, server] {
            self.call(Call::ConnectionFree(id));
        }
    }

    fn in_trace_names(&self, call: Call) -> Call {
        self.names.to_trace(&call).expect("every session that is passed has a name")
    }

    /// Forgets what is gone.
    fn forget(&mut self) {
        if self.journal.effects.iter().any(|e| matches!(e, Effect::Died(_))) {
            self.state.sweep();
            self.names.forget(|id| self.state.sessions.get(id).is_none());
            self.sessions.retain(|id, _| self.state.sessions.get(*id).is_some());
        }
        for (id, _) in &self.journal.connections {
            if self.state.connections.get(*id).is_none() {
                self.connections.remove(id);
            }
        }
    }

    fn observe(&mut self, action: &Action, outcome: Outcome) -> Observation {
        let transition = Transition { action, outcome, after: &self.state, journal: &self.journal };
        let mut events = Vec::new();
        for effect in &self.journal.effects {
            if let Effect::Born(id) = *effect {
                if !is_shown(&transition, id) {
                    continue;
                }
                self.names.bind(SessId(self.next_name), id);
                self.next_name += 1;
            }
            events.extend(event(effect, &self.names));
        }
        let mut saw = Observation { returned: returned(outcome, &self.names), events, ..Observation::default() };
        self.facts(&mut saw);
        saw
    }

    /// What the touched objects show that they did not show before.
    fn facts(&mut self, saw: &mut Observation) {
        for (id, _) in &self.journal.contexts {
            let Some(context) = self.state.contexts.get(*id) else { continue };
            let facts = ContextFacts {
                number: u32::try_from(context.cache.len()).expect("a cache is small"),
                statistics: Some((&context.counters).into()),
            };
            if self.contexts.insert(*id, facts) != Some(facts) {
                saw.contexts.insert(Name(*id), facts);
            }
        }
        for (id, _) in &self.journal.connections {
            let Some(c) = self.state.connections.get(*id) else { continue };
            let session = c.session.and_then(|s| self.names.trace(s)).map(Name);
            let (sent, received) = (c.shutdown.sent, c.shutdown.received);
            let facts = ConnectionFacts { session, reused: c.reused, sent, received, open: c.phase == Phase::Open, context: None };
            if self.connections.insert(*id, facts) != Some(facts) {
                saw.connections.insert(Name(*id), facts);
            }
        }
        for (id, _) in &self.journal.sessions {
            let Some(s) = self.state.sessions.get(*id).filter(|s| !s.freed) else { continue };
            let (time, timeout) = (s.time, s.timeout);
            let facts = SessionFacts { count: Some(s.count), resumable: s.is_resumable(), time, timeout, hint: Some(s.hint.into()) };
            let name = self.names.trace(*id).expect("what outlives a call has a name");
            if self.sessions.insert(*id, facts) != Some(facts) {
                saw.sessions.insert(Name(name), facts);
            }
        }
    }
}

/// Whether a session that was born has a name: it outlived the call, or a callback was shown it.
fn is_shown(t: &Transition<'_>, id: SessId) -> bool {
    let called = |e: &Effect| match e {
        Effect::NewCallback { session, .. } | Effect::RemoveCallback { session, .. } => *session == id,
        _ => false,
    };
    t.lives(id) || t.effects().iter().any(called)
}

fn event(effect: &Effect, names: &Names) -> Option<Event> {
    let name = |id: &SessId| names.trace(*id).map(Name);
    match effect {
        Effect::Born(id) => name(id).map(Event::Born),
        Effect::Died(id) => name(id).map(Event::Died),
        Effect::NewCallback { connection, session, resumable, kept } => {
            name(session).map(|session| Event::New { connection: Name(*connection), session, resumable: *resumable, kept: *kept })
        }
        Effect::RemoveCallback { context, session, .. } => name(session).map(|session| Event::Removed { context: Name(*context), session }),
        Effect::GetCallback { connection, answer, .. } => {
            Some(Event::Asked { connection: Name(*connection), answer: answer.as_ref().and_then(name) })
        }
        _ => None,
    }
}

fn returned(outcome: Outcome, names: &Names) -> Returned {
    match outcome {
        Outcome::Done | Outcome::Refused(_) | Outcome::Undefined(_) => Returned::Nothing,
        Outcome::Number(number) => Returned::Number(number),
        Outcome::Mode(m) => Returned::Mode(SeenMode(m)),
        Outcome::Session(id) => id.and_then(|id| names.trace(id)).map_or(Returned::Null, |name| Returned::Session(Name(name))),
    }
}

/// A trace of `events` calls: connections one after another, each resuming what the one before it left, every tenth beginning anew. All the
/// while `pairs` more pairs of connections stay open, and are looked at by turns.
pub(crate) fn with_pairs_alive(version: Version, events: usize, pairs: u32) -> Vec<Made> {
    let mut producer = Producer::with_contexts(version, 2 * pairs + 5);
    for n in 0..pairs {
        producer.open(ConnId(2 * n), None);
    }
    let mut last = None;
    for n in pairs.. {
        if producer.made.len() >= events {
            break;
        }
        if let Some(open) = n.checked_rem(pairs).and_then(|at| producer.take(ConnId(2 * at))) {
            producer.give_back(open);
        }
        let next = producer.life(ConnId(2 * n), last.filter(|_| n % 10 != 0));
        if let Some(before) = std::mem::replace(&mut last, next) {
            producer.give_back(before);
        }
    }
    producer.made.truncate(events);
    producer.made
}
