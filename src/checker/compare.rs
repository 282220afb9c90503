//! What was seen against what a step says: every fact that the step or the observation touches.

use std::fmt::Display;

use sessck_model::{Act, Call, ConnId, Connection, Counter, CtxId, Effect, Origin, Outcome, Phase, SessId, Session, Transition};

use super::{Names, Seen};
use crate::implementation::{Event, Name, Observation, Returned, SeenMode, Statistics};

/// What a difference is about. Sessions are named as in the trace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// What the call gave back.
    Returned,
    /// How many sessions were born.
    Births,
    /// Whether a session died.
    Death(SessId),
    /// The new-session callback.
    NewCallback,
    /// The remove-session callback.
    RemoveCallback,
    /// The get-session callback.
    GetCallback,
    /// A callback that is none of the session cache's.
    Hook,
    /// What callbacks did besides answering.
    Acted,
    /// What caches held after that.
    Left,
    /// The number of sessions in a cache.
    Number(CtxId),
    /// The current session of a connection.
    Current(ConnId),
    /// Whether a connection says that it resumed.
    Reused(ConnId),
    /// Whether a connection has sent its shutdown.
    Sent(ConnId),
    /// Whether a connection has received a shutdown.
    Received(ConnId),
    /// Whether a connection is past its handshake and without a fatal error.
    Open(ConnId),
    /// The context that configures a connection.
    Context(ConnId),
    /// The reference count of a session.
    Count(SessId),
    /// Whether a session can be resumed.
    Resumable(SessId),
    /// When a session was established.
    Time(SessId),
    /// How long a session is good for.
    Timeout(SessId),
    /// Memory that was given back.
    Memory,
    /// The lifetime hint that came with a session's ticket.
    Hint(SessId),
    /// A statistic of a context.
    Counter(CtxId, Counter),
}

/// One fact that was expected otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What it is about.
    pub subject: Subject,
    /// What the model says.
    pub expected: String,
    /// What was seen.
    pub observed: String,
}

/// Whether everything agrees. Binds the names of sessions that were born.
pub(super) fn agrees(t: &Transition<'_>, names: &mut Names, seen: &Seen, observation: &Observation) -> bool {
    let mut comparison = Comparison { t, names, seen, observation, differences: 0, listed: None };
    comparison.all();
    comparison.differences == 0
}

/// All that differs.
pub(super) fn differences(t: &Transition<'_>, names: &mut Names, seen: &Seen, observation: &Observation) -> Vec<Difference> {
    let mut comparison = Comparison { t, names, seen, observation, differences: 0, listed: Some(Vec::new()) };
    comparison.all();
    comparison.listed.unwrap_or_default()
}

struct Comparison<'a, 'b> {
    t: &'a Transition<'b>,
    names: &'a mut Names,
    seen: &'a Seen,
    observation: &'a Observation,
    differences: usize,
    listed: Option<Vec<Difference>>,
}

impl Comparison<'_, '_> {
    fn all(&mut self) {
        self.births();
        self.returned();
        self.deaths();
        self.callbacks();
        self.contexts();
        self.connections();
        self.sessions();
    }

    fn same<T: PartialEq + Display>(&mut self, subject: Subject, expected: T, observed: T) {
        if expected != observed {
            self.differ(subject, || (expected.to_string(), observed.to_string()));
        }
    }

    fn differ(&mut self, subject: Subject, values: impl FnOnce() -> (String, String)) {
        self.differences += 1;
        if let Some(listed) = &mut self.listed {
            let (expected, observed) = values();
            listed.push(Difference { subject, expected, observed });
        }
    }

    fn name(&self, id: SessId) -> String {
        self.names.trace(id).map_or_else(|| "a session without a name".into(), |name| name.to_string())
    }

    fn name_or_null(&self, id: Option<SessId>) -> String {
        id.map_or_else(|| "NULL".into(), |id| self.name(id))
    }

    /// Whether a session that was born in this step has a name: it outlived the step, or a callback was shown it.
    fn is_named(&self, id: SessId) -> bool {
        self.t.lives(id)
            || self.t.effects().iter().any(|effect| match effect {
                Effect::NewCallback { session, .. } | Effect::RemoveCallback { session, .. } => *session == id,
                Effect::GetCallback { answer, .. } => *answer == Some(id),
                _ => false,
            })
    }

    fn births(&mut self) {
        let mut observed = self.observation.events.iter().filter_map(|e| if let Event::Born(Name(name)) = e { Some(*name) } else { None });
        let (mut expected_births, mut observed_births) = (0_u32, 0_u32);
        for effect in self.t.effects() {
            let Effect::Born(id) = effect else { continue };
            if !self.is_named(*id) {
                continue;
            }
            expected_births += 1;
            if let Some(name) = observed.next() {
                observed_births += 1;
                self.names.bind(name, *id);
            }
        }
        observed_births += u32::try_from(observed.count()).unwrap_or(u32::MAX);
        self.same(Subject::Births, expected_births, observed_births);
    }

    fn returned(&mut self) {
        let fits = match (self.t.outcome, self.observation.returned) {
            (Outcome::Done, Returned::Nothing) | (Outcome::Session(None), Returned::Null) => true,
            (Outcome::Number(expected), Returned::Number(observed)) => expected == observed,
            (Outcome::Session(Some(expected)), Returned::Session(Name(observed))) => self.names.trace(expected) == Some(observed),
            (Outcome::Mode(expected), Returned::Mode(SeenMode(observed))) => expected == observed,
            // traces that were made before these answers were looked at
            (Outcome::Number(_), Returned::Nothing) => {
                matches!(self.t.call(), Call::SessionSetTime(..) | Call::SessionSetTimeout(..))
            }
            _ => false,
        };
        if !fits {
            let expected = match self.t.outcome {
                Outcome::Session(id) => self.name_or_null(id),
                Outcome::Number(number) => number.to_string(),
                Outcome::Done | Outcome::Mode(_) | Outcome::Refused(_) | Outcome::Undefined(_) => format!("{:?}", self.t.outcome),
            };
            let observed = match self.observation.returned {
                Returned::Nothing => "nothing".into(),
                Returned::Number(number) => number.to_string(),
                Returned::Mode(..) => format!("{:?}", self.observation.returned),
                Returned::Session(Name(name)) => name.to_string(),
                Returned::Null => "NULL".into(),
            };
            self.differ(Subject::Returned, || (expected, observed));
        }
    }

    fn deaths(&mut self) {
        let observed = |name: SessId| self.observation.events.contains(&Event::Died(Name(name)));
        let missing: Vec<SessId> = self
            .t
            .effects()
            .iter()
            .filter_map(|e| if let Effect::Died(id) = e { self.names.trace(*id) } else { None })
            .filter(|name| !observed(*name))
            .collect();
        for name in missing {
            self.differ(Subject::Death(name), || ("freed".into(), "in memory".into()));
        }
        let unexpected = self.observation.events.iter().filter_map(|e| if let Event::Died(Name(name)) = e { Some(*name) } else { None });
        let unexpected: Vec<SessId> = unexpected.filter(|name| self.names.model(*name).is_none_or(|id| self.t.lives(id))).collect();
        for name in unexpected {
            self.differ(Subject::Death(name), || ("in memory".into(), "freed".into()));
        }
    }

    fn callbacks(&mut self) {
        let concerned = |e: &Event| !matches!(e, Event::Born(_) | Event::Died(_));
        let runs = |e: &Effect| {
            matches!(
                e,
                Effect::NewCallback { .. }
                    | Effect::RemoveCallback { .. }
                    | Effect::GetCallback { .. }
                    | Effect::Hook { .. }
                    | Effect::Acted { .. }
            )
        };
        if !self.observation.events.iter().any(concerned) && !self.t.effects().iter().any(runs) {
            return;
        }
        let (mut expected, mut observed) = (self.expected_callbacks(), self.observed_callbacks());
        for subject in [Subject::NewCallback, Subject::RemoveCallback, Subject::GetCallback, Subject::Hook, Subject::Acted] {
            let of = |list: &mut Vec<(Subject, String)>| -> Vec<String> {
                let mut these: Vec<String> = list.iter().filter(|(s, _)| *s == subject).map(|(_, text)| text.clone()).collect();
                // which session a flush comes to first is not said
                if matches!(subject, Subject::RemoveCallback | Subject::Acted) {
                    these.sort();
                }
                these
            };
            let (expected, observed) = (of(&mut expected).join(", "), of(&mut observed).join(", "));
            let show = |list: String| if list.is_empty() { "does not run".into() } else { list };
            self.same(subject, show(expected), show(observed));
        }
        self.left();
    }

    /// How many sessions caches held after callbacks had called back, in no order.
    fn left(&mut self) {
        let listed = |mut all: Vec<u32>| {
            all.sort_unstable();
            all.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
        };
        let expected = self.t.effects().iter().filter_map(|e| if let Effect::Acted { left, .. } = e { Some(*left) } else { None });
        let observed = self.observation.events.iter().filter_map(|e| if let Event::Acted { left, .. } = e { Some(*left) } else { None });
        let (expected, observed) = (listed(expected.collect()), listed(observed.collect()));
        self.same(Subject::Left, expected, observed);
    }

    fn expected_callbacks(&self) -> Vec<(Subject, String)> {
        let text = |effect: &Effect| match *effect {
            Effect::NewCallback { connection, session, resumable, kept } => {
                Some((Subject::NewCallback, new_text(connection, &self.name(session), resumable, kept)))
            }
            Effect::RemoveCallback { context, session, .. } => Some((Subject::RemoveCallback, format!("{context} {}", self.name(session)))),
            Effect::GetCallback { connection, answer, .. } => {
                Some((Subject::GetCallback, format!("{connection} gives {}", self.name_or_null(answer))))
            }
            Effect::Acted { act, context, session, answer, .. } => {
                Some((Subject::Acted, acted_text(act, context, &self.name(session), answer)))
            }
            Effect::Hook { hook, connection, answer } => Some((Subject::Hook, format!("{hook} on {connection} answers {answer}"))),
            _ => None,
        };
        self.t.effects().iter().filter_map(text).collect()
    }

    fn observed_callbacks(&self) -> Vec<(Subject, String)> {
        let text = |event: &Event| match *event {
            Event::New { connection: Name(connection), session: Name(session), resumable, kept } => {
                Some((Subject::NewCallback, new_text(connection, &session.to_string(), resumable, kept)))
            }
            Event::Removed { context: Name(context), session: Name(session) } => {
                Some((Subject::RemoveCallback, format!("{context} {session}")))
            }
            Event::Asked { connection: Name(connection), answer } => {
                let answer = answer.map_or_else(|| "NULL".into(), |Name(session)| session.to_string());
                Some((Subject::GetCallback, format!("{connection} gives {answer}")))
            }
            Event::Hook { hook: Name(hook), connection: Name(connection), answer } => {
                Some((Subject::Hook, format!("{hook} on {connection} answers {answer}")))
            }
            Event::Acted { act: Name(act), context: Name(context), session: Name(session), answer, .. } => {
                Some((Subject::Acted, acted_text(act, context, &session.to_string(), answer)))
            }
            Event::Born(_) | Event::Died(_) | Event::Failed => None,
        };
        self.observation.events.iter().filter_map(text).collect()
    }

    fn contexts(&mut self) {
        let touched = self.t.journal.contexts.iter().map(|(id, _)| *id);
        let mentioned = self.observation.contexts.keys().map(|Name(id)| *id);
        let mentioned = mentioned.filter(|id| !self.t.journal.contexts.iter().any(|(touched, _)| touched == id));
        let ids: smallvec::SmallVec<[CtxId; 4]> = touched.chain(mentioned).collect();
        for id in ids {
            let (Some(context), Some(facts)) = (self.t.context(id), self.seen.contexts.get(&id)) else { continue };
            let expected = u32::try_from(context.cache.len()).unwrap_or(u32::MAX);
            let statistics = facts.statistics;
            self.same(Subject::Number(id), expected, facts.number);
            if let Some(statistics) = statistics.filter(|statistics| *statistics != Statistics::from(&context.counters)) {
                for counter in Counter::ALL {
                    self.same(Subject::Counter(id, counter), context.counters.of(counter), statistics.of(counter));
                }
            }
        }
    }

    fn connections(&mut self) {
        let touched = self.t.journal.connections.iter().map(|(id, _)| *id);
        let mentioned = self.observation.connections.keys().map(|Name(id)| *id);
        let mentioned = mentioned.filter(|id| !self.t.journal.connections.iter().any(|(touched, _)| touched == id));
        let ids: smallvec::SmallVec<[ConnId; 4]> = touched.chain(mentioned).collect();
        for id in ids {
            let Some(connection) = self.t.connection(id) else { continue };
            self.connection(id, connection);
        }
    }

    fn connection(&mut self, id: ConnId, connection: &Connection) {
        let Some(facts) = self.seen.connections.get(&id).copied() else { return };
        self.same(Subject::Sent(id), connection.shutdown.sent, facts.sent);
        self.same(Subject::Received(id), connection.shutdown.received, facts.received);
        self.same(Subject::Open(id), connection.phase == Phase::Open, facts.open);
        let moved = facts.context.map(|Name(context)| context);
        if connection.switched != moved {
            let name = |moved: Option<CtxId>| moved.unwrap_or(connection.context).to_string();
            self.differ(Subject::Context(id), || (name(connection.switched), name(moved)));
        }
        // latitude: what the getters give during a handshake is left to the library
        if connection.phase == Phase::Hello {
            return;
        }
        self.same(Subject::Reused(id), connection.reused, facts.reused);
        let observed = facts.session.map(|Name(name)| name);
        if connection.session.map(|s| self.names.trace(s)) != observed.map(Some) {
            let observed = observed.map_or_else(|| "NULL".into(), |name| name.to_string());
            let expected = self.name_or_null(connection.session);
            self.differ(Subject::Current(id), || (expected, observed));
        }
    }

    fn sessions(&mut self) {
        let touched = self.t.journal.sessions.iter().map(|(id, _)| *id);
        let mentioned = self.observation.sessions.keys().filter_map(|Name(name)| self.names.model(*name));
        let mentioned = mentioned.filter(|id| !self.t.journal.sessions.iter().any(|(touched, _)| touched == id));
        let touches = |id: &SessId| self.t.journal.sessions.iter().any(|(touched, _)| touched == id);
        // what was not looked at while a handshake was under way
        let settled = self.t.journal.connections.iter().filter_map(|(id, _)| self.t.connection(*id)?.session);
        let settled = settled.filter(|id| !touches(id));
        let ids: smallvec::SmallVec<[SessId; 8]> = touched.chain(mentioned).chain(settled).collect();
        for id in ids {
            let (Some(session), Some(name)) = (self.t.session(id), self.names.trace(id)) else { continue };
            if !session.freed {
                self.session(id, name, session);
            }
        }
    }

    fn session(&mut self, id: SessId, name: SessId, session: &Session) {
        let Some(facts) = self.seen.sessions.get(&name).copied() else { return };
        let unsettled = self.t.after.connections.iter().any(|(_, c)| c.phase == Phase::Hello && c.session == Some(id));
        if unsettled {
            return;
        }
        if let Some(count) = facts.count {
            self.same(Subject::Count(name), session.count, count);
        }
        self.same(Subject::Resumable(name), session.is_resumable(), facts.resumable);
        // no page says what an object that was never negotiated has for a time
        let negotiated = session.origin == Origin::Handshake || session.identity.is_some();
        if negotiated {
            self.same(Subject::Time(name), session.time, facts.time);
            // what is preset shows where it is set, once and for all
            if !session.untimed {
                self.same(Subject::Timeout(name), session.timeout, facts.timeout);
            }
            if let Some(hint) = facts.hint.filter(|_| session.hinted || session.hint == 0) {
                self.same(Subject::Hint(name), u64::from(session.hint), hint);
            }
        }
    }
}

fn acted_text(act: Act, context: CtxId, session: &str, answer: i32) -> String {
    format!("{} on {context} with {session} answers {answer}", act.word())
}

fn new_text(connection: ConnId, session: &str, resumable: bool, kept: bool) -> String {
    let resumable = if resumable { "resumable" } else { "not resumable" };
    let kept = if kept { "kept" } else { "refused" };
    format!("{connection} {session} {resumable} {kept}")
}
