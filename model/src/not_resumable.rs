//! The callback that says of each new session of a server whether it is never to be resumed. No page describes it.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, CtxId, Deviation, Effect, Hook, NotResumableCallback, Outcome, Phase};

impl Step<'_> {
    pub(crate) fn set_not_resumable_callback(&mut self, id: CtxId, callback: NotResumableCallback) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.not_resumable = callback;
        Ok(Outcome::Done)
    }

    /// Asks it about the session that a server has just made.
    pub(crate) fn ask_not_resumable(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let Some(session) = connection.session.filter(|_| connection.phase != Phase::Failed) else { return Ok(()) };
        let forbids = match connection.not_resumable {
            NotResumableCallback::Unset => return Ok(()),
            NotResumableCallback::Allow => false,
            NotResumableCallback::Forbid => true,
        };
        self.note(Effect::Hook { hook: Hook::NotResumable, connection: id, answer: forbids.into() });
        if !forbids || self.deviates(Deviation::NotResumableIgnored) {
            return Ok(());
        }
        // latitude: no page says whether the client is told an id that is of no use
        let named = self.choice.forbidden_named;
        let session = self.session_mut(session)?;
        session.marked = true;
        session.identity = session.identity.filter(|_| named);
        Ok(())
    }

    /// Whether the session of a server's last full handshake is never to be resumed.
    pub(crate) fn is_forbidden(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let forbids = connection.not_resumable == NotResumableCallback::Forbid && !connection.reused;
        Ok(forbids && !self.deviates(Deviation::NotResumableIgnored))
    }
}
