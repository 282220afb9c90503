//! HelloRetryRequest: a server that wants another group has its client send the ClientHello again.

use super::{Found, Lookup};
use crate::step::{Step, Stop};
use crate::{ConnId, CtxId, Deviation, Groups, Item, Phase, Proposal, ShutdownState, Version};

impl Step<'_> {
    /// Whether this server sends its client back for a key share of another group.
    pub(super) fn retries(&self, server: ConnId, version: Version) -> Result<bool, Stop> {
        Ok(version == Version::Tls13 && self.connection(server)?.groups == Groups::Other)
    }

    /// A server answers the first ClientHello with the wish for another.
    pub(super) fn hello_retry(&mut self, id: ConnId, proposal: Option<Proposal>) -> Result<(), Stop> {
        // latitude: what was proposed may be looked up now as well as when it is proposed again
        if self.choice.looked_up_before_retry {
            self.try_proposal(id, proposal)?;
        }
        self.replace_session(id, None)?;
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Hello;
        connection.shutdown = ShutdownState::default();
        connection.awaits = 1;
        connection.proposed = proposal.is_some();
        connection.reused = false;
        self.send(id, Item::Retry)
    }

    /// Goes through what the proposal would come to, and drops it again.
    fn try_proposal(&mut self, id: ConnId, proposal: Option<Proposal>) -> Result<(), Stop> {
        let found = match proposal {
            Some(proposal) => self.find(id, Version::Tls13, proposal)?,
            None => None,
        };
        let context = self.connection(id)?.context;
        match found {
            Some(Found { session, .. }) if self.fits(id, session)? => {
                if self.session(session)?.marked && self.deviates(Deviation::MarkedLosesIdentity) {
                    self.session_mut(session)?.identity = None;
                }
                self.give_back(session)
            }
            Some(Found { session, looked_up }) => {
                self.turn_down(id, context, session, looked_up)?;
                self.try_fresh(id)
            }
            None => self.try_fresh(id),
        }
    }

    /// The session of a full handshake is made, and dropped when the ClientHello is wanted again.
    fn try_fresh(&mut self, id: ConnId) -> Result<(), Stop> {
        let fresh = self.fresh_session(id)?;
        self.ask_not_resumable(id, fresh)?;
        self.give_back(fresh)
    }

    /// A client sends its ClientHello again. It proposes what it proposed before, if that is still good.
    pub(super) fn hello_retried(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let proposal = match connection.session.filter(|_| connection.proposed) {
            Some(session) => self.proposal(session)?,
            None => None,
        };
        self.connection_mut(id)?.proposed = proposal.is_some();
        self.send(id, Item::Hello(proposal))
    }

    /// A server reads the second ClientHello of a connection's first handshake.
    pub(super) fn hello_after_retry(&mut self, id: ConnId, proposal: Option<Proposal>) -> Result<(), Stop> {
        let context: CtxId = self.connection(id)?.context;
        let version = self.context(context)?.version;
        self.server_hello(id, version, proposal, Lookup::Wanted)
    }
}
