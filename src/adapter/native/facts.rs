//! What can be seen between calls, and what of it is new.

use std::collections::BTreeMap;

use sessck_model::{ConnId, CtxId, SessId};

use super::witness::{Happening, Serial, Witness, look};
use super::{Answer, Native, clock, harness};
use crate::implementation::{
    ConnectionFacts, ContextFacts, Event, Name, Observation, Returned, SeenMode, SessionFacts, Statistics, Trouble,
};
use crate::native::{self, Counter, Session, SessionKey};

/// Facts in order of name.
type Facts<T, F> = Vec<(Name<T>, F)>;

/// The facts as they were last shown.
#[derive(Default)]
pub(super) struct Reported {
    contexts: Facts<CtxId, ContextFacts>,
    connections: Facts<ConnId, ConnectionFacts>,
    sessions: Facts<SessId, SessionFacts>,
}

impl Native {
    /// The observation of the call that has just returned.
    pub(super) fn observe(&mut self, answer: &Answer) -> Result<Observation, Trouble> {
        let mut current: Vec<(ConnId, Option<SessionKey>)> = Vec::new();
        for id in self.connections.keys() {
            current.push((*id, self.with_connection(*id, |connection| connection.session().map(Session::key))?));
        }
        let (events, returned) = look(&self.witness, |witness| {
            let given = if let Answer::Session(session) = *answer { session } else { None };
            current.iter().filter_map(|&(_, session)| session).chain(given).for_each(|session| _ = witness.show(session));
            witness.name_survivors();
            let happened = std::mem::take(&mut witness.happened);
            let events = happened.into_iter().filter_map(|happening| told(witness, happening)).collect();
            Ok((events, returned(witness, answer)?))
        })?;
        let (contexts, connections, sessions) = (self.context_facts(), self.connection_facts(&current)?, self.session_facts());
        let reported = &mut self.reported;
        Ok(Observation {
            returned,
            events,
            contexts: news(&mut reported.contexts, contexts),
            connections: news(&mut reported.connections, connections),
            sessions: news(&mut reported.sessions, sessions),
        })
    }

    fn context_facts(&self) -> Facts<CtxId, ContextFacts> {
        let living = self.contexts.iter().filter_map(|(id, held)| Some((id, held.living()?)));
        let facts = living.map(|(id, context)| {
            let number = u32::try_from(context.cache().len()).unwrap_or(u32::MAX);
            (Name(*id), ContextFacts { number, statistics: Some(statistics(context.statistics())) })
        });
        facts.collect()
    }

    fn connection_facts(&self, current: &[(ConnId, Option<SessionKey>)]) -> Result<Facts<ConnId, ConnectionFacts>, Trouble> {
        let mut facts = Vec::new();
        for (id, session) in current {
            let session = look(&self.witness, |witness| name_of(witness, *session))?;
            let context = self.moved_to(*id)?.map(Name);
            let fact = self.with_connection(*id, |connection| {
                let native::ShutdownState { sent, received } = connection.shutdown_state();
                ConnectionFacts { session, reused: connection.is_reused(), sent, received, open: connection.is_open(), context }
            })?;
            facts.push((Name(*id), fact));
        }
        Ok(facts)
    }

    fn session_facts(&self) -> Facts<SessId, SessionFacts> {
        let living = look(&self.witness, |witness| witness.living().map(|(name, life)| (name, life.session.clone())).collect::<Vec<_>>());
        let facts = living.into_iter().filter_map(|(name, session)| {
            let session = session.upgrade()?;
            // this handle is none of the application's
            let count = u32::try_from(session.reference_count() - 1).unwrap_or(u32::MAX);
            let facts = SessionFacts {
                count: Some(count),
                resumable: session.is_resumable(),
                time: session.time() - clock::EPOCH,
                timeout: session.timeout(),
                hint: Some(session.lifetime_hint().into()),
            };
            Some((Name(name), facts))
        });
        facts.collect()
    }
}

/// What changed, which is then as last shown; what is gone is forgotten.
fn news<K: Ord + Copy, V: PartialEq + Copy>(reported: &mut Vec<(K, V)>, now: Vec<(K, V)>) -> BTreeMap<K, V> {
    let before = std::mem::replace(reported, now);
    let known = |key: &K| before.binary_search_by_key(key, |(known, _)| *known).ok().map(|at| before[at].1);
    reported.iter().filter(|(key, facts)| known(key) != Some(*facts)).copied().collect()
}

/// The event as it is told, or none if it is about a session that nobody saw.
fn told(witness: &Witness, happening: Happening) -> Option<Event> {
    let name = |serial: Serial| witness.lives[serial].name.map(Name);
    Some(match happening {
        Happening::Born(session) => Event::Born(name(session)?),
        Happening::Died(session) => Event::Died(name(session)?),
        Happening::New { connection, session, resumable, kept } => {
            Event::New { connection: Name(connection), session: name(session)?, resumable, kept }
        }
        Happening::Removed { context, session } => Event::Removed { context: Name(context), session: name(session)? },
        Happening::Asked { connection, answer } => Event::Asked { connection: Name(connection), answer: answer.and_then(name) },
        Happening::Failed => Event::Failed,
        Happening::Acted { act, context, session, answer, left } => {
            Event::Acted { act: Name(act), context: Name(context), session: name(session)?, answer, left }
        }
        Happening::Hook { hook, connection, answer } => Event::Hook { hook: Name(hook), connection: Name(connection), answer },
    })
}

fn returned(witness: &Witness, answer: &Answer) -> Result<Returned, Trouble> {
    Ok(match *answer {
        Answer::Nothing => Returned::Nothing,
        Answer::Number(number) => Returned::Number(number),
        Answer::Mode(mode) => Returned::Mode(SeenMode(mode)),
        Answer::Session(session) => name_of(witness, session)?.map_or(Returned::Null, Returned::Session),
    })
}

/// The name of a session, living or dead; none for none.
fn name_of(witness: &Witness, session: Option<SessionKey>) -> Result<Option<Name<SessId>>, Trouble> {
    let Some(session) = session else { return Ok(None) };
    let name = witness.serial(session).and_then(|serial| witness.lives[serial].name);
    name.map(|name| Some(Name(name))).ok_or_else(|| harness("native has a session that was never born"))
}

fn statistics(counted: &native::Statistics) -> Statistics {
    let of = |counter| u32::try_from(counted.of(counter)).unwrap_or(u32::MAX);
    Statistics {
        connect: of(Counter::Connect),
        connect_good: of(Counter::ConnectGood),
        accept: of(Counter::Accept),
        accept_good: of(Counter::AcceptGood),
        hits: of(Counter::Hits),
        cb_hits: of(Counter::CallbackHits),
        misses: of(Counter::Misses),
        timeouts: of(Counter::Timeouts),
        cache_full: of(Counter::CacheFull),
    }
}
