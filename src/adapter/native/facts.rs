//! What can be seen between calls.

use sessck_model::{ConnId, CtxId, SessId};

use super::witness::{Witness, look};
use super::{Answer, Native, clock, harness};
use crate::adapter::reported::Facts;
use crate::implementation::{ConnectionFacts, ContextFacts, Name, Observation, Returned, SeenMode, SessionFacts, Statistics, Trouble};
use crate::native::{self, Counter, Session, SessionKey};

impl Native {
    /// The observation of the call that has just returned.
    pub(super) fn observe(&mut self, answer: &Answer) -> Result<Observation, Trouble> {
        self.observe_strokes(answer).map(|(saw, _)| saw)
    }

    /// The same, and how many of the events had happened when each stroke of a half began.
    pub(super) fn observe_strokes(&mut self, answer: &Answer) -> Result<(Observation, Vec<usize>), Trouble> {
        let mut current: Vec<(ConnId, Option<SessionKey>)> = Vec::new();
        for id in self.connections.keys() {
            current.push((*id, self.with_connection(*id, |connection| connection.session().map(Session::key))?));
        }
        let (events, begins, returned) = look(&self.witness, |witness| {
            let given = if let Answer::Session(session) = *answer { session } else { None };
            current.iter().filter_map(|&(_, session)| session).chain(given).for_each(|session| _ = witness.roll.show(&session));
            let (events, begins) = witness.roll.tell();
            Ok((events, begins, returned(witness, answer)?))
        })?;
        let now = (self.context_facts(), self.connection_facts(&current)?, self.session_facts());
        Ok((self.reported.observe(returned, events, now), begins))
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
        let living =
            look(&self.witness, |witness| witness.roll.living().map(|(name, known)| (name, known.session.clone())).collect::<Vec<_>>());
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
    witness.roll.name_of(&session).map(Some).ok_or_else(|| harness("native has a session that was never born"))
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
