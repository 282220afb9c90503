//! What can be seen between calls.

use sessck_model::{ConnId, CtxId, SessId};

use super::api::Ptr;
use super::wire::Connection;
use super::witness::{Witness, with};
use super::{Answer, Libssl, clock, count, harness};
use crate::adapter::reported::Facts;
use crate::implementation::{ConnectionFacts, ContextFacts, Name, Observation, Returned, SeenMode, SessionFacts, Trouble};

impl Libssl {
    /// The observation of the call that has just returned.
    pub(super) fn observe(&mut self, answer: &Answer) -> Result<Observation, Trouble> {
        self.observe_strokes(answer).map(|(saw, _)| saw)
    }

    /// The same, and how many of the events had happened when each stroke of a half began.
    pub(super) fn observe_strokes(&mut self, answer: &Answer) -> Result<(Observation, Vec<usize>), Trouble> {
        let current: Vec<(ConnId, Ptr)> = self.open_handles().map(|(id, ssl)| (id, self.current_session(ssl))).collect();
        let (events, begins, returned) = with(|witness| {
            if let Some(confusion) = witness.confusion.take() {
                return Err(harness(confusion));
            }
            let seen = current.iter().map(|&(_, session)| session).chain(match *answer {
                Answer::Session(session) => Some(session),
                Answer::Nothing | Answer::Number(_) | Answer::Mode(_) => None,
            });
            seen.for_each(|session| _ = witness.roll.show(&(session as usize)));
            let (events, begins) = witness.roll.tell();
            Ok((events, begins, returned(witness, answer)?))
        })?;
        let now = (self.context_facts()?, self.connection_facts(&current)?, self.session_facts());
        Ok((self.reported.observe(returned, events, now), begins))
    }

    fn open_handles(&self) -> impl Iterator<Item = (ConnId, Ptr)> {
        self.connections.iter().filter(|(_, connection)| connection.references > 0).map(|(id, connection)| (*id, connection.ssl))
    }

    /// Of the contexts that live: the application holds them, or a connection does.
    fn context_facts(&self) -> Result<Facts<CtxId, ContextFacts>, Trouble> {
        // a connection keeps the context that it was made from, and the one that it was moved to
        let moved = |id: ConnId, ssl: Ptr| self.moved_to(id, ssl).ok().flatten();
        let uses = |id: ConnId, connection: &Connection, x: CtxId| connection.context == x || moved(id, connection.ssl) == Some(x);
        let used = |x: CtxId| self.connections.iter().any(|(id, c)| c.references > 0 && uses(*id, c, x));
        let living = self.contexts.iter().filter(|(id, context)| context.references > 0 || used(**id));
        living
            .map(|(id, context)| {
                Ok((Name(*id), ContextFacts { number: self.cached(context.ctx)?, statistics: self.statistics(context.ctx)? }))
            })
            .collect()
    }

    fn connection_facts(&self, current: &[(ConnId, Ptr)]) -> Result<Facts<ConnId, ConnectionFacts>, Trouble> {
        let facts = self.open_handles().zip(current).map(|((id, ssl), (_, session))| {
            let state = self.shutdown_state(ssl);
            let facts = ConnectionFacts {
                session: with(|witness| name_at(witness, *session))?,
                reused: self.is_reused(ssl),
                sent: state.sent,
                received: state.received,
                context: self.moved_to(id, ssl)?.map(Name),
                open: self.is_past_handshake(ssl, self.connections.get(&id).is_some_and(|connection| connection.asked)),
            };
            Ok((Name(id), facts))
        });
        facts.collect()
    }

    fn session_facts(&self) -> Facts<SessId, SessionFacts> {
        let living: Vec<(SessId, Ptr)> = with(|witness| witness.roll.living().map(|(name, known)| (name, known.address as Ptr)).collect());
        let facts = living.into_iter().map(|(name, session)| {
            // SAFETY: the session lives, and the offset is this library's.
            let count = self.count_offset.map(|offset| unsafe { count::read(session, offset) });
            // SAFETY: the session lives.
            let resumable = self.api.SSL_SESSION_is_resumable.is_some_and(|asks| unsafe { asks(session) == 1 });
            // SAFETY: the session lives.
            let (time, timeout) = unsafe { ((self.api.SSL_SESSION_get_time)(session), (self.api.SSL_SESSION_get_timeout)(session)) };
            // SAFETY: the session lives.
            let hint = self.api.SSL_SESSION_get_ticket_lifetime_hint.map(|asks| unsafe { asks(session) });
            (Name(name), SessionFacts { count, resumable, time: time - clock::EPOCH, timeout, hint })
        });
        facts.collect()
    }
}

fn returned(witness: &Witness, answer: &Answer) -> Result<Returned, Trouble> {
    Ok(match *answer {
        Answer::Nothing => Returned::Nothing,
        Answer::Number(number) => Returned::Number(number),
        Answer::Mode(mode) => Returned::Mode(SeenMode(mode)),
        Answer::Session(session) => name_at(witness, session)?.map_or(Returned::Null, Returned::Session),
    })
}

/// The name of the session at this address, living or dead; none for NULL.
fn name_at(witness: &Witness, session: Ptr) -> Result<Option<Name<SessId>>, Trouble> {
    if session.is_null() {
        return Ok(None);
    }
    witness.roll.name_of(&(session as usize)).map(Some).ok_or_else(|| harness("the library points to a session that was never born"))
}
