//! After a call in which something failed. What a library may have done in such a call is wide: every part of it may have happened or
//! not. So the model has nothing to say from there on, and what is judged is what must hold whatever happened: what is held is in
//! memory and counted, and when the application has given everything back, everything is gone, each once.

use std::collections::{BTreeMap, BTreeSet};

use sessck_model::{Act, Call, ConnId, CtxId, GetCallback, SessId};

use crate::checker::{Checker, Difference, Subject, Violation};
use crate::implementation::{Event, Name, Observation, Returned};

/// The clause that speaks of calls that failed.
pub const BALANCE: &str = "error-paths-balance";

/// Who holds what, as far as an application knows without asking the model. Sessions are named as in the trace.
#[derive(Clone, Debug)]
pub struct Aftermath {
    owned: BTreeMap<SessId, u32>,
    contexts: BTreeMap<CtxId, u32>,
    connections: BTreeMap<ConnId, Held>,
    /// The sessions in memory, with their counts where those can be read.
    living: BTreeMap<SessId, Option<u32>>,
    /// The contexts whose get callback gives references away.
    giving: BTreeSet<CtxId>,
}

#[derive(Clone, Debug)]
struct Held {
    references: u32,
    context: CtxId,
    session: Option<SessId>,
}

/// One session and those of its holders that are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holders {
    /// Which session.
    pub session: SessId,
    /// Its count, where that can be read.
    pub count: Option<u32>,
    /// The connections that have it.
    pub connections: Vec<ConnId>,
    /// References of the application.
    pub owned: u32,
}

impl Aftermath {
    /// As the checker believes things to be before the call.
    #[must_use]
    pub fn before(checker: &Checker) -> Self {
        let (state, names, seen) = (checker.state(), checker.names(), checker.seen());
        let living = state.sessions.iter().filter(|(_, session)| !session.freed);
        let living = living.filter_map(|(id, session)| Some((names.trace(id)?, session.owned)));
        let (mut owned, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for (name, references) in living {
            owned.insert(name, references);
            counts.insert(name, seen.session(name).and_then(|facts| facts.count));
        }
        let held = state.connections.iter().map(|(id, connection)| {
            let session = connection.session.and_then(|session| names.trace(session));
            (id, Held { references: connection.count, context: connection.context, session })
        });
        let giving = state.contexts.iter().filter(|(_, context)| context.get_callback == GetCallback::Give).map(|(id, _)| id).collect();
        Self {
            owned,
            contexts: state.contexts.iter().map(|(id, context)| (id, context.owned)).collect(),
            connections: held.collect(),
            living: counts,
            giving,
        }
    }

    /// Whether the application can make this call: it gives something back that it holds.
    #[must_use]
    pub fn permits(&self, call: &Call) -> bool {
        match call {
            Call::ConnectionFree(c) => self.connections.contains_key(c),
            Call::ContextFree(x) => self.contexts.get(x).is_some_and(|owned| *owned > 0),
            Call::SessionFree(s) => self.owned.get(s).is_some_and(|owned| *owned > 0),
            _ => false,
        }
    }

    /// The next thing to give back: connections, then sessions, then contexts.
    #[must_use]
    pub fn next_call(&self) -> Option<Call> {
        let connection = self.connections.keys().next().map(|c| Call::ConnectionFree(*c));
        let session = || self.owned.iter().find(|(_, owned)| **owned > 0).map(|(s, _)| Call::SessionFree(*s));
        let context = || self.contexts.iter().find(|(_, owned)| **owned > 0).map(|(x, _)| Call::ContextFree(*x));
        connection.or_else(session).or_else(context)
    }

    /// The sessions in memory and who holds them.
    pub fn holders(&self) -> impl Iterator<Item = Holders> + '_ {
        self.living.iter().map(|(session, count)| {
            let connections = self.connections.iter().filter(|(_, held)| held.session == Some(*session)).map(|(c, _)| *c).collect();
            Holders { session: *session, count: *count, connections, owned: self.owned.get(session).copied().unwrap_or(0) }
        })
    }

    /// Takes in what a call showed: the one that something failed in, or one after it. What is broken then, if anything.
    pub fn event(&mut self, call: &Call, saw: &Observation) -> Option<Violation> {
        self.given(call, saw);
        let mut broken = Broken::default();
        for event in &saw.events {
            self.happened(event, &mut broken);
        }
        for (Name(c), facts) in &saw.connections {
            if let Some(held) = self.connections.get_mut(c) {
                held.session = facts.session.map(|Name(s)| s);
            }
        }
        for (Name(s), facts) in &saw.sessions {
            self.living.entry(*s).and_modify(|count| *count = facts.count);
        }
        self.standing(&mut broken);
        broken.violation()
    }

    /// What the call itself gave to the application, or took from it.
    fn given(&mut self, call: &Call, saw: &Observation) {
        let done = saw.returned == Returned::Number(1);
        match (*call, saw.returned) {
            (Call::ConnectionNew(c, context), Returned::Nothing) => {
                self.connections.insert(c, Held { references: 1, context, session: None });
            }
            (Call::ConnectionUpRef(c), _) if done => {
                self.connections.entry(c).and_modify(|held| held.references += 1);
            }
            (Call::ConnectionFree(c), _) => {
                let held = self.connections.get_mut(&c).map_or(0, |held| {
                    held.references = held.references.saturating_sub(1);
                    held.references
                });
                if held == 0 {
                    self.connections.remove(&c);
                }
            }
            (Call::ContextUpRef(x), _) if done => *self.contexts.entry(x).or_default() += 1,
            (Call::ContextFree(x), _) => lower(&mut self.contexts, x),
            (Call::SessionUpRef(s), _) if done => *self.owned.entry(s).or_default() += 1,
            (Call::SessionFree(s) | Call::SessionForget(s), _) => lower(&mut self.owned, s),
            (Call::Get1(_) | Call::SessionNew | Call::SessionDup(_) | Call::SessionDecode(_), Returned::Session(Name(s))) => {
                *self.owned.entry(s).or_default() += 1;
            }
            _ => {}
        }
    }

    fn happened(&mut self, event: &Event, broken: &mut Broken) {
        match *event {
            Event::Born(Name(s)) => {
                self.living.insert(s, None);
            }
            Event::Died(Name(s)) => {
                if self.living.remove(&s).is_none() {
                    broken.add("dead-means-unheld", Subject::Death(s), "freed", "freed twice");
                }
            }
            Event::New { session: Name(s), kept, .. } => {
                if !self.living.contains_key(&s) {
                    broken.add("dead-means-unheld", Subject::NewCallback, "a session in memory", &format!("{s}, which is gone"));
                }
                if kept {
                    *self.owned.entry(s).or_default() += 1;
                }
            }
            Event::Removed { session: Name(s), .. } if !self.living.contains_key(&s) => {
                broken.add("remove-cb-live", Subject::RemoveCallback, "a session in memory", &format!("{s}, which is gone"));
            }
            Event::Acted { act: Name(Act::Free), session: Name(s), .. } => lower(&mut self.owned, s),
            Event::Asked { connection: Name(c), answer: Some(Name(s)) } => {
                if self.connections.get(&c).is_some_and(|held| self.giving.contains(&held.context)) {
                    lower(&mut self.owned, s);
                }
            }
            Event::Removed { .. } | Event::Asked { .. } | Event::Hook { .. } | Event::Failed => {}
            Event::Acted { act: Name(Act::Add | Act::Flush | Act::Remove), .. } => {}
        }
    }

    /// What must hold after every call.
    fn standing(&self, broken: &mut Broken) {
        for (s, _) in self.owned.iter().filter(|(s, owned)| **owned > 0 && !self.living.contains_key(s)) {
            broken.add("get1-outlives", Subject::Death(*s), "in memory", "freed");
        }
        for s in self.connections.values().filter_map(|held| held.session).filter(|s| !self.living.contains_key(s)) {
            broken.add("dead-means-unheld", Subject::Death(s), "in memory", "freed");
        }
        for Holders { session, count, connections, owned } in self.holders() {
            let least = owned + u32::try_from(connections.len()).unwrap_or(u32::MAX);
            if let Some(count) = count.filter(|count| *count < least) {
                broken.add("counts-add-up", Subject::Count(session), &format!("of at least {least}"), &count.to_string());
            }
        }
        if self.next_call().is_none() {
            for s in self.living.keys() {
                broken.add("nothing-left", Subject::Death(*s), "freed", "in memory");
            }
        }
    }
}

fn lower<K: Ord>(held: &mut BTreeMap<K, u32>, key: K) {
    held.entry(key).and_modify(|owned| *owned = owned.saturating_sub(1));
}

/// Memory was written to after it had been given back.
pub(super) fn written(blocks: u32) -> Option<Violation> {
    let mut broken = Broken::default();
    if blocks > 0 {
        broken.add("dead-means-unheld", Subject::Memory, "0", &blocks.to_string());
    }
    broken.violation()
}

#[derive(Default)]
struct Broken {
    clauses: Vec<&'static str>,
    differences: Vec<Difference>,
}

impl Broken {
    fn add(&mut self, clause: &'static str, subject: Subject, expected: &str, observed: &str) {
        if !self.clauses.contains(&clause) {
            self.clauses.push(clause);
        }
        self.differences.push(Difference { subject, expected: expected.to_owned(), observed: observed.to_owned() });
    }

    fn violation(self) -> Option<Violation> {
        let Self { clauses, differences } = self;
        (!differences.is_empty()).then(|| Violation { clause: Some(BALANCE), also: clauses, differences, explained_by: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::implementation::{ConnectionFacts, SessionFacts};

    const S0: SessId = SessId(0);
    const C0: ConnId = ConnId(0);

    /// A connection with a session that the application holds as well.
    fn aftermath() -> Aftermath {
        let held = Held { references: 1, context: CtxId(0), session: Some(S0) };
        Aftermath {
            owned: [(S0, 1)].into(),
            contexts: [(CtxId(0), 1)].into(),
            connections: [(C0, held)].into(),
            living: [(S0, Some(2))].into(),
            giving: BTreeSet::new(),
        }
    }

    fn events(events: &[Event]) -> Observation {
        Observation { events: events.to_vec(), ..Observation::default() }
    }

    fn counted(count: u32) -> Observation {
        let facts = SessionFacts { count: Some(count), resumable: true, time: 1000, timeout: 300, hint: None };
        Observation { sessions: [(Name(S0), facts)].into(), ..Observation::default() }
    }

    fn broken(violation: Option<Violation>) -> Vec<&'static str> {
        violation.map_or(Vec::new(), |violation| violation.also)
    }

    /// What is broken after each of the calls that give everything back.
    fn given_back(aftermath: &mut Aftermath, died: usize) -> Vec<&'static str> {
        let mut all = broken(aftermath.event(&Call::Read(C0), &events(&[Event::Failed])));
        let calls = [Call::ConnectionFree(C0), Call::SessionFree(S0), Call::ContextFree(CtxId(0))];
        for (at, call) in calls.into_iter().enumerate() {
            assert_eq!(aftermath.next_call(), Some(call));
            let saw = if at == died { events(&[Event::Died(Name(S0))]) } else { events(&[]) };
            all.extend(broken(aftermath.event(&call, &saw)));
        }
        assert_eq!(aftermath.next_call(), None);
        all
    }

    #[test]
    fn everything_given_back() {
        assert!(given_back(&mut aftermath(), 1).is_empty());
    }

    #[test]
    fn never_freed() {
        assert_eq!(given_back(&mut aftermath(), 9), ["nothing-left"]);
    }

    #[test]
    fn freed_while_held() {
        assert_eq!(given_back(&mut aftermath(), 0), ["get1-outlives"]);
    }

    #[test]
    fn freed_while_a_connection_has_it() {
        let mut aftermath = aftermath();
        aftermath.event(&Call::SessionFree(S0), &events(&[]));
        assert_eq!(broken(aftermath.event(&Call::Read(C0), &events(&[Event::Died(Name(S0))]))), ["dead-means-unheld"]);
    }

    #[test]
    fn freed_twice() {
        let mut aftermath = aftermath();
        aftermath.event(&Call::SessionFree(S0), &events(&[]));
        let twice = [Event::Died(Name(S0)), Event::Died(Name(S0))];
        assert_eq!(broken(aftermath.event(&Call::ConnectionFree(C0), &events(&twice))), ["dead-means-unheld"]);
    }

    #[test]
    fn counted_lower_than_held() {
        assert!(broken(aftermath().event(&Call::Read(C0), &counted(2))).is_empty());
        assert_eq!(broken(aftermath().event(&Call::Read(C0), &counted(1))), ["counts-add-up"]);
    }

    #[test]
    fn announced_when_it_was_gone() {
        let mut aftermath = aftermath();
        let removed = Event::Removed { context: Name(CtxId(0)), session: Name(SessId(7)) };
        assert_eq!(broken(aftermath.event(&Call::ContextFree(CtxId(0)), &events(&[removed]))), ["remove-cb-live"]);
    }

    #[test]
    fn detached_by_the_failure() {
        let mut aftermath = aftermath();
        let facts = ConnectionFacts { session: None, reused: false, sent: false, received: false, open: false, context: None };
        let saw = Observation { connections: [(Name(C0), facts)].into(), ..counted(1) };
        assert!(broken(aftermath.event(&Call::Read(C0), &saw)).is_empty(), "the connection's reference went with the connection's hold");
    }

    #[test]
    fn a_reference_given_back_by_a_callback() {
        let mut aftermath = aftermath();
        let acted = Event::Acted { act: Name(Act::Free), context: Name(CtxId(0)), session: Name(S0), answer: 0, left: 0 };
        assert!(broken(aftermath.event(&Call::Read(C0), &events(&[acted]))).is_empty());
        aftermath.event(&Call::ConnectionFree(C0), &events(&[Event::Died(Name(S0))]));
        assert_eq!(aftermath.next_call(), Some(Call::ContextFree(CtxId(0))), "there is nothing else to give back");
    }

    #[test]
    fn written_after_release() {
        assert_eq!(broken(written(1)), ["dead-means-unheld"]);
        assert!(written(0).is_none());
    }
}
