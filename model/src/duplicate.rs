//! Connections that take after others: duplicates, and what `SSL_copy_session_id` takes over.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, Connection, Deviation, Outcome, Phase, ShutdownState, Undefined};

impl Step<'_> {
    pub(crate) fn connection_dup(&mut self, new: ConnId, of: ConnId) -> Answer {
        let original = self.connection(of)?.clone();
        if self.state.connections.get(new).is_some() {
            return Err(Stop::Undefined(Undefined::NoSuchObject));
        }
        if original.phase != Phase::Idle && !self.deviates(Deviation::DupOfStartedIsNew) {
            self.connection_mut(of)?.count += 1;
            return Ok(Outcome::Number(0));
        }
        // no page says from which context a connection is duplicated that was moved to another one
        if original.switched.is_some() {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.duplicate(new, &original)?;
        Ok(Outcome::Number(1))
    }

    /// A connection with those settings of another that the page lists; all else is as the context has it.
    fn duplicate(&mut self, new: ConnId, original: &Connection) -> Result<(), Stop> {
        self.connect(new, original.context)?;
        let session = original.session.filter(|_| !self.deviates(Deviation::DupForgetsSession));
        if let Some(session) = session {
            self.take(session)?;
        }
        // latitude: the shutdown state is no setting, and not in the list
        let shutdown = if self.choice.dup_copies_shutdown { original.shutdown } else { ShutdownState::default() };
        let copy = self.connection_mut(new)?;
        copy.session = session;
        copy.shutdown = shutdown;
        copy.sid_ctx = original.sid_ctx;
        copy.verify = original.verify;
        copy.tickets = original.tickets;
        copy.renegotiation = original.renegotiation;
        Ok(())
    }

    /// No page describes it: it may take over the session, as SSL_set_session would, the session id context, both, or neither.
    pub(crate) fn copy_session_id(&mut self, to: ConnId, from: ConnId) -> Answer {
        let source = self.connection(from)?;
        let (session, sid_ctx) = (source.session, source.sid_ctx);
        // during a handshake it is not settled which session a connection has
        if to == from || [to, from].iter().any(|c| self.connection(*c).is_ok_and(|c| c.phase == Phase::Hello)) {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let context = self.connection(to)?.context;
        if let Some(session) = session {
            self.used_with(session, context)?;
        }
        // certificates are shared as well, and no page says with what
        if self.connection(from)?.context != context {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        // latitude: whatever is taken over
        if !self.choice.copy_without_session {
            self.attach(to, session)?;
        }
        if !self.choice.copy_without_id_context {
            self.connection_mut(to)?.sid_ctx = sid_ctx;
        }
        Ok(Outcome::Number(1))
    }
}
