//! The step once more, with what was observed in place of what was expected: then the clauses say which of them that breaks.

use sessck_model::{Action, Counter, Effect, Journal, Judgement, Outcome, Phase, Profile, SessId, State, Transition, clauses, step};

use super::{Difference, Names, Subject};
use crate::implementation::{Event, Name, Observation, Returned, SeenMode};

/// The clauses that the observed step breaks, those that the expected step does not break first.
pub(super) fn broken(
    state: &State,
    names: &Names,
    action: &Action,
    profile: &Profile,
    differences: &[Difference],
    observation: &Observation,
) -> Vec<&'static str> {
    let mut patched = Patched { state: state.clone(), names: names.clone(), journal: Journal::default(), outcome: Outcome::Done };
    patched.outcome = step(&mut patched.state, action, profile, &mut patched.journal);
    let expected = patched.judged(action);
    patched.bind_births(observation);
    patched.callbacks(differences, observation);
    // counts first: they tell which session a cache that is shorter or longer than expected lost or kept
    let (numbers, others): (Vec<_>, Vec<_>) = differences.iter().partition(|d| matches!(d.subject, Subject::Number(_)));
    for difference in others.into_iter().chain(numbers) {
        patched.apply(difference, observation);
    }
    let (mut new, old): (Vec<_>, Vec<_>) = patched.judged(action).into_iter().partition(|id| !expected.contains(id));
    new.sort_by_key(|id| is_general(id));
    new.extend(old);
    new
}

/// The invariants say less of what went wrong than the sentences do: they are named last.
fn is_general(id: &str) -> bool {
    ["counts-add-up", "linked-means-held", "dead-means-unheld", "error-paths-balance", "nothing-left"].contains(&id)
}

struct Patched {
    state: State,
    names: Names,
    journal: Journal,
    outcome: Outcome,
}

impl Patched {
    fn judged(&self, action: &Action) -> Vec<&'static str> {
        let transition = Transition { action, outcome: self.outcome, after: &self.state, journal: &self.journal };
        let breaks = |c: &&&sessck_model::Clause| clauses::judge(c, &transition) == Judgement::Broken;
        clauses::ALL.iter().filter(breaks).map(|c| c.id).collect()
    }

    fn bind_births(&mut self, observation: &Observation) {
        let born = observation.events.iter().filter_map(|e| if let Event::Born(Name(name)) = e { Some(*name) } else { None });
        let ids: Vec<SessId> =
            self.journal.effects.iter().filter_map(|e| if let Effect::Born(id) = e { Some(*id) } else { None }).collect();
        let lives = |id: &SessId| self.state.sessions.get(*id).is_some_and(|s| !s.freed);
        for (name, id) in born.zip(ids.into_iter().filter(lives)) {
            self.names.bind(name, id);
        }
    }

    /// Puts the callbacks that ran in the place of those that were expected to.
    fn callbacks(&mut self, differences: &[Difference], observation: &Observation) {
        let differs = |subject: Subject| differences.iter().any(|d| d.subject == subject);
        if differs(Subject::NewCallback) {
            self.journal.effects.retain(|e| !matches!(e, Effect::NewCallback { .. }));
        }
        if differs(Subject::RemoveCallback) {
            self.journal.effects.retain(|e| !matches!(e, Effect::RemoveCallback { .. }));
        }
        if differs(Subject::GetCallback) {
            self.journal.effects.retain(|e| !matches!(e, Effect::GetCallback { .. }));
        }
        if differs(Subject::Hook) {
            self.journal.effects.retain(|e| !matches!(e, Effect::Hook { .. }));
        }
        if differs(Subject::Acted) || differs(Subject::Left) {
            self.acted(observation);
        }
        for event in &observation.events {
            let effect = match *event {
                Event::New { connection: Name(connection), session: Name(session), resumable, kept } if differs(Subject::NewCallback) => {
                    self.names.model(session).map(|session| Effect::NewCallback { connection, session, resumable, kept })
                }
                Event::Removed { context: Name(context), session: Name(session) } if differs(Subject::RemoveCallback) => {
                    self.names.model(session).map(|session| Effect::RemoveCallback { context, session, alive: true })
                }
                Event::Asked { connection: Name(connection), answer } if differs(Subject::GetCallback) => {
                    let answer = answer.and_then(|Name(session)| self.names.model(session));
                    let identity = sessck_model::Ident(u32::MAX);
                    Some(Effect::GetCallback { connection, identity, answer, copy: true })
                }
                Event::Hook { hook: Name(hook), connection: Name(connection), answer } if differs(Subject::Hook) => {
                    Some(Effect::Hook { hook, connection, answer })
                }
                Event::New { .. }
                | Event::Removed { .. }
                | Event::Asked { .. }
                | Event::Hook { .. }
                | Event::Born(_)
                | Event::Died(_)
                | Event::Failed
                | Event::Acted { .. } => None,
            };
            self.journal.effects.extend(effect);
        }
    }

    /// Callbacks called back as often as was expected, and saw something else; otherwise there is nothing to compare with.
    fn acted(&mut self, observation: &Observation) {
        let seen = |e: &Event| if let Event::Acted { answer, left, .. } = e { Some((*answer, *left)) } else { None };
        let mut seen = observation.events.iter().filter_map(seen);
        for effect in &mut self.journal.effects {
            if let Effect::Acted { answer, left, .. } = effect {
                (*answer, *left) = seen.next().unwrap_or((*answer, *left));
            }
        }
    }

    fn apply(&mut self, difference: &Difference, observation: &Observation) {
        match difference.subject {
            Subject::Memory => {}
            Subject::Returned => self.returned(observation),
            Subject::Death(name) => self.death(name, difference.observed == "freed"),
            Subject::Number(id) => self.number(id, &difference.observed),
            Subject::Count(name) => self.count(name, &difference.observed),
            Subject::Resumable(name) => self.resumable(name, difference.observed == "true"),
            Subject::Time(name) => self.session(name, |s| s.time = difference.observed.parse().unwrap_or(i64::MAX)),
            Subject::Timeout(name) => self.session(name, |s| s.timeout = difference.observed.parse().unwrap_or(i64::MAX)),
            Subject::Hint(name) => self.session(name, |s| s.hint = difference.observed.parse().unwrap_or(u32::MAX)),
            Subject::Counter(id, counter) => self.counter(id, counter, difference.observed.parse().unwrap_or(u32::MAX)),
            Subject::Current(id) => {
                let session = difference.observed.parse().ok().and_then(|name| self.names.model(name));
                self.connection(id, |c| c.session = session);
            }
            Subject::Context(id) => {
                let context = difference.observed.parse().ok();
                self.connection(id, |c| c.switched = context.filter(|x| *x != c.context));
            }
            Subject::Reused(id) => self.connection(id, |c| c.reused = difference.observed == "true"),
            Subject::Sent(id) => self.connection(id, |c| c.shutdown.sent = difference.observed == "true"),
            Subject::Received(id) => self.connection(id, |c| c.shutdown.received = difference.observed == "true"),
            Subject::Open(id) => {
                let phase = if difference.observed == "true" { Phase::Open } else { Phase::Failed };
                self.connection(id, |c| c.phase = phase);
            }
            Subject::Births
            | Subject::NewCallback
            | Subject::RemoveCallback
            | Subject::GetCallback
            | Subject::Hook
            | Subject::Acted
            | Subject::Left => {}
        }
    }

    fn counter(&mut self, id: sessck_model::CtxId, counter: Counter, observed: u32) {
        self.journal.note_context(&self.state, id);
        if let Some(context) = self.state.contexts.get_mut(id) {
            context.counters = context.counters.with(counter, observed);
        }
    }

    fn session(&mut self, name: SessId, change: impl FnOnce(&mut sessck_model::Session)) {
        let Some(id) = self.names.model(name) else { return };
        self.journal.note_session(&self.state, id);
        if let Some(session) = self.state.sessions.get_mut(id) {
            change(session);
        }
    }

    fn connection(&mut self, id: sessck_model::ConnId, change: impl FnOnce(&mut sessck_model::Connection)) {
        self.journal.note_connection(&self.state, id);
        if let Some(connection) = self.state.connections.get_mut(id) {
            change(connection);
        }
    }

    fn returned(&mut self, observation: &Observation) {
        self.outcome = match observation.returned {
            Returned::Nothing => Outcome::Done,
            Returned::Number(number) => Outcome::Number(number),
            Returned::Mode(SeenMode(mode)) => Outcome::Mode(mode),
            Returned::Session(Name(name)) => Outcome::Session(self.names.model(name)),
            Returned::Null => Outcome::Session(None),
        };
    }

    fn death(&mut self, name: SessId, freed: bool) {
        self.session(name, |s| {
            s.freed = freed;
            s.count = if freed { 0 } else { s.count.max(1) };
        });
        let Some(id) = self.names.model(name) else { return };
        self.journal.effects.retain(|e| *e != Effect::Died(id));
        if freed {
            self.journal.effects.push(Effect::Died(id));
        }
    }

    fn count(&mut self, name: SessId, observed: &str) {
        self.session(name, |s| s.count = observed.parse().unwrap_or(u32::MAX));
    }

    fn resumable(&mut self, name: SessId, observed: bool) {
        self.session(name, |s| s.marked = !observed && s.identity.is_some());
        if observed {
            let fresh = sessck_model::Ident(u32::MAX);
            self.session(name, |s| s.identity = Some(s.identity.unwrap_or(fresh)));
        }
    }

    /// Makes the cache as long as it was seen to be: sessions whose count was seen to go with it first.
    fn number(&mut self, id: sessck_model::CtxId, observed: &str) {
        let Ok(observed) = observed.parse::<usize>() else { return };
        self.journal.note_context(&self.state, id);
        while self.state.contexts.get(id).is_some_and(|x| x.cache.len() > observed) {
            let Some(victim) = self.likely_victim(id) else { return };
            self.journal.note_session(&self.state, victim);
            if let Some(context) = self.state.contexts.get_mut(id) {
                context.cache.retain(|s| *s != victim);
            }
            if let Some(session) = self.state.sessions.get_mut(victim) {
                session.link = None;
            }
        }
        while self.state.contexts.get(id).is_some_and(|x| x.cache.len() < observed) {
            let Some(kept) = self.likely_kept(id) else { return };
            if let Some(context) = self.state.contexts.get_mut(id) {
                context.cache.insert(0, kept);
            }
            if let Some(session) = self.state.sessions.get_mut(kept) {
                session.link = Some(id);
            }
        }
    }

    /// A cached session that was not cached before or whose count does not allow for a link; else the last.
    fn likely_victim(&self, id: sessck_model::CtxId) -> Option<SessId> {
        let cache = &self.state.contexts.get(id)?.cache;
        let short = |s: &&SessId| self.state.sessions.get(**s).is_some_and(|x| x.count < self.state.holders(**s));
        cache.iter().rev().find(short).or(cache.last()).copied()
    }

    /// A session of this context that is not cached and whose count allows for a link; else any that left in this step.
    fn likely_kept(&self, id: sessck_model::CtxId) -> Option<SessId> {
        let spare =
            |s: &SessId| self.state.sessions.get(*s).is_some_and(|x| x.link.is_none() && !x.freed && x.count > self.state.holders(*s));
        let left = self.journal.effects.iter().filter_map(|e| match e {
            Effect::Unlinked { context, session, .. } if *context == id => Some(*session),
            _ => None,
        });
        let touched = self.journal.sessions.iter().map(|(s, _)| *s);
        left.chain(touched).find(spare)
    }
}
