//! HelloRetryRequest: a server that wants another group has its client send the ClientHello again.

use super::Hearing;
use super::search::Search;
use crate::step::{Step, Stop};
use crate::{ConnId, Groups, Item, Phase, Proposal, Renewal, ShutdownState, Version};

impl Step<'_> {
    /// Whether this server sends its client back for a key share of another group.
    pub(super) fn retries(&self, server: ConnId, version: Version) -> Result<bool, Stop> {
        Ok(version == Version::Tls13 && self.connection(server)?.groups == Groups::Other)
    }

    /// A server answers the first ClientHello with the wish for another.
    pub(super) fn hello_retry(&mut self, id: ConnId, proposal: Option<Proposal>) -> Result<(), Stop> {
        self.may_be_proposed_to(id, proposal.is_some())?;
        let before = self.connection(id)?.switched;
        // latitude: what was proposed may be looked up now as well as when it is proposed again
        if self.choice.looked_up_before_retry {
            self.try_proposal(id, proposal)?;
        }
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(());
        }
        self.move_start(id, before)?;
        self.renew(id, Renewal::Preset)?;
        self.replace_session(id, None)?;
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Hello;
        connection.shutdown = ShutdownState::default();
        connection.awaits = 1;
        connection.proposed = proposal.is_some();
        connection.reused = false;
        self.send(id, Item::Retry)
    }

    /// Goes through what the proposal would come to. Whatever session that leaves is dropped.
    fn try_proposal(&mut self, id: ConnId, proposal: Option<Proposal>) -> Result<(), Stop> {
        let found = match self.find(id, Version::Tls13, proposal, Hearing::First)? {
            Search::Found(found) => Some(found),
            Search::Nothing => None,
            Search::Failed => return Ok(()),
        };
        let resumed = self.decide(id, proposal.is_some(), found, Hearing::First)?;
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(());
        }
        let stuck = found.is_none() && self.is_stuck(id)?;
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(());
        }
        if !resumed && !stuck {
            self.start_server_session(id, Version::Tls13)?;
        }
        self.connection_mut(id)?.phase = Phase::Hello;
        self.ask_server_name(id)?;
        if resumed || stuck || self.connection(id)?.phase == Phase::Failed { Ok(()) } else { self.ask_not_resumable(id) }
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
        let version = self.version(id)?;
        self.server_hello(id, version, proposal, Hearing::Repeated)
    }
}
