//! What a server makes of a session that it found for a proposal where that is of an unusual kind: marked, or not the one proposed.

use crate::step::{Step, Stop};
use crate::{ConnId, Connection, CtxId, Deviation, GetCallback, Ident, Origin, Phase, SessId, Session, Side, Version};

impl Step<'_> {
    /// Turns down a session that was found and is marked: that cannot be resumed.
    pub(crate) fn unmarked(&mut self, id: ConnId, found: Option<SessId>) -> Result<Option<SessId>, Stop> {
        let Some(session) = found else { return Ok(None) };
        let spared = self.deviates(Deviation::MarkedLosesIdentity) || self.deviates(Deviation::CachedMarkIgnored);
        if spared || !self.session(session)?.marked {
            return Ok(found);
        }
        let context = self.connection(id)?.context;
        self.turn_down(id, context, session, true)?;
        Ok(None)
    }

    /// Whether a connection may still give this session its identity: during the handshake, in TLS 1.3 after it as well.
    pub(crate) fn is_in_the_making(&self, id: SessId) -> Result<bool, Stop> {
        let session = self.session(id)?;
        let named_later = |c: &Connection| c.phase == Phase::Hello || session.version == Version::Tls13;
        Ok(session.identity.is_none() && self.state.connections.iter().any(|(_, c)| c.session == Some(id) && named_later(c)))
    }

    /// Whether no page says if this session has an id: its handshake ended before its server had told it.
    pub(crate) fn may_be_nameless(&self, id: SessId) -> Result<bool, Stop> {
        let session = self.session(id)?;
        let over = session.marked || (session.origin == Origin::Begun && !self.is_in_the_making(id)?);
        let broken_off = over && session.identity.is_none() && session.origin != Origin::Empty;
        Ok(broken_off && (session.version, session.side) == (Version::Tls12, Some(Side::Server)))
    }

    /// Whether a session that was found is not the one that a client proposed, who knows that one by `real`.
    pub(crate) fn is_stranger(&self, found: SessId, proposed: Ident, real: Ident) -> Result<bool, Stop> {
        let session = self.session(found)?;
        Ok(session.identity != Some(proposed) || session.real() != Some(real))
    }

    /// What an application's own store gives for an identity: the oldest session of this context and identity that it owns a reference
    /// to, or the oldest of any identity.
    pub(crate) fn application_finds(&self, context: CtxId, callback: GetCallback, identity: Ident) -> Option<SessId> {
        let any = callback == GetCallback::Any;
        let home = |s: &Session| s.context == Some(context) || (any && s.context.is_none() && !s.orphaned);
        let named = |s: &Session| {
            let negotiated = s.origin != Origin::Empty && s.identity.is_some();
            if any { negotiated } else { s.identity == Some(identity) && s.is_proposable() }
        };
        let fits = |s: &Session| s.owned > 0 && !s.freed && named(s) && home(s);
        self.state.sessions.iter().find(|(_, s)| fits(s)).map(|(id, _)| id)
    }

    /// Whether the version of a session is another than that of a connection.
    pub(crate) fn is_of_another_version(&self, id: ConnId, session: SessId) -> Result<bool, Stop> {
        let context = self.connection(id)?.context;
        Ok(self.context(context)?.version != self.session(session)?.version)
    }

    // latitude: no page says what becomes of a handshake for which the application found another session than the one proposed
    /// Whether a stranger that was found makes the handshake fail at once: a TLS 1.3 server sees that the two do not share the secret.
    pub(crate) fn fails_at_once(&self, id: ConnId, stranger: bool) -> Result<bool, Stop> {
        let context = self.connection(id)?.context;
        Ok(stranger && self.choice.stranger_fatal && self.context(context)?.version == Version::Tls13)
    }
}
