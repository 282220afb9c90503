//! The handshake, flight by flight: what a client proposes and what a server makes of it. What each end has afterwards is in `finish`.

mod finish;
mod retry;

use crate::step::{Answer, Step, Stop};
use crate::wire::Telling;
use crate::{
    ConnId, CtxId, Deviation, Effect, Flight, Ident, Item, Origin, Outcome, Phase, Proposal, Removal, SessId, Session, ShutdownState, Side,
    Ticket, Tickets, Undefined, Version, Wire,
};

/// Whether a server looks for what its client proposes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lookup {
    Wanted,
    Never,
}

/// What a server found for a proposal.
#[derive(Clone, Copy, Debug)]
struct Found {
    session: SessId,
    looked_up: bool,
}

impl Step<'_> {
    pub(crate) fn hello(&mut self, client: ConnId) -> Answer {
        if self.connection(client)?.foreign {
            return self.hello_abroad(client);
        }
        let server = self.ready_pair(client)?;
        let proposal = self.client_hello(client)?;
        let version = self.version(client)?;
        if self.version(server)? != version {
            self.fail(server, Telling::Peer)?;
            return Ok(Outcome::Done);
        }
        self.learn_consent(server)?;
        if self.retries(server, version)? {
            self.hello_retry(server, proposal)?;
        } else {
            self.server_hello(server, version, proposal, Lookup::Wanted)?;
        }
        Ok(Outcome::Done)
    }

    /// A client's hello to a server that is not ours.
    fn hello_abroad(&mut self, client: ConnId) -> Answer {
        let connection = self.connection(client)?;
        let client_side = self.context(connection.context)?.side == Side::Client;
        let ready = connection.phase == Phase::Idle && connection.wire == Wire::Whole && connection.inbox.is_empty();
        if !client_side || !ready {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.client_hello(client)?;
        Ok(Outcome::Done)
    }

    fn version(&self, id: ConnId) -> Result<Version, Stop> {
        let context = self.connection(id)?.context;
        Ok(self.context(context)?.version)
    }

    /// The server at the other end of a client, both ready for a handshake.
    fn ready_pair(&self, client: ConnId) -> Result<ConnId, Stop> {
        let connection = self.connection(client)?;
        if self.context(connection.context)?.side != Side::Client {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let server = connection.peer.ok_or(Stop::Undefined(Undefined::NoTransport))?;
        for id in [client, server] {
            let end = self.connection(id)?;
            if end.phase != Phase::Idle || end.wire != Wire::Whole || !end.inbox.is_empty() {
                return Err(Stop::Undefined(Undefined::WrongPhase));
            }
        }
        Ok(server)
    }

    /// Puts another session in the place of a connection's current one, which is given back.
    pub(crate) fn replace_session(&mut self, id: ConnId, session: Option<SessId>) -> Result<(), Stop> {
        match std::mem::replace(&mut self.connection_mut(id)?.session, session) {
            Some(before) => self.give_back(before),
            None => Ok(()),
        }
    }

    /// A session object for a handshake that does not resume.
    pub(crate) fn fresh_session(&mut self, id: ConnId) -> Result<SessId, Stop> {
        let connection = self.connection(id)?;
        let (context, sid_ctx) = (connection.context, connection.sid_ctx);
        let settings = self.context(context)?;
        let (version, timeout, untimed, side) = (settings.version, settings.timeout, settings.untimed, settings.side);
        let mut session = Session::fresh(Origin::Handshake, version, self.state.now);
        session.context = Some(context);
        session.side = Some(side);
        session.timeout = timeout;
        session.untimed = untimed;
        session.sid_ctx = sid_ctx;
        Ok(self.born(session))
    }

    /// A new identity.
    pub(crate) fn fresh_identity(&mut self) -> Ident {
        let identity = Ident(self.state.next_identity);
        self.state.next_identity += 1;
        identity
    }

    pub(crate) fn client_hello(&mut self, id: ConnId) -> Result<Option<Proposal>, Stop> {
        if self.deviates(Deviation::ClientPicksFromCache) {
            self.pick_from_cache(id)?;
        }
        let version = self.version(id)?;
        let attached = self.connection(id)?.session;
        let kept = match attached {
            Some(session) if self.session(session)?.version == version && self.may_be_proposed(session)? => Some(session),
            Some(_) | None => None,
        };
        let proposal = match kept {
            Some(session) => self.proposal(session)?,
            None => self.start_fresh(id, version)?,
        };
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Hello;
        connection.shutdown = ShutdownState::default();
        connection.proposed = proposal.is_some();
        connection.awaits = match version {
            Version::Tls12 => 2,
            Version::Tls13 => 1,
        };
        Ok(proposal)
    }

    fn pick_from_cache(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let first = self.context(connection.context)?.cache.first().copied();
        if let (None, Some(first)) = (connection.session, first) {
            self.take(first)?;
            self.connection_mut(id)?.session = Some(first);
        }
        Ok(())
    }

    fn may_be_proposed(&self, session: SessId) -> Result<bool, Stop> {
        let session = self.session(session)?;
        Ok(session.is_resumable() || (session.identity.is_some() && self.deviates(Deviation::ClientOffersMarked)))
    }

    /// What a client says of the session it has; nothing where that is expired.
    fn proposal(&self, session: SessId) -> Result<Option<Proposal>, Stop> {
        let now = self.state.now;
        let session = self.session(session)?;
        let too_old = match session.version {
            Version::Tls12 => false,
            Version::Tls13 => now > session.time.saturating_add(session.hint).saturating_add(1),
        };
        let expired = if self.deviates(Deviation::ClientIgnoresExpiry) { too_old } else { session.is_expired(now) };
        let proposal = session.identity.map(|identity| Proposal { identity, ticket: session.ticket });
        Ok(if expired { None } else { proposal })
    }

    /// A client without anything to propose begins with a session object that cannot be resumed.
    fn start_fresh(&mut self, id: ConnId, version: Version) -> Result<Option<Proposal>, Stop> {
        if version == Version::Tls13 && self.deviates(Deviation::NoEarlyObject) {
            self.replace_session(id, None)?;
            return Ok(None);
        }
        let fresh = self.fresh_session(id)?;
        if version == Version::Tls13 && self.deviates(Deviation::EarlyObjectResumable) {
            let identity = self.fresh_identity();
            self.session_mut(fresh)?.identity = Some(identity);
        }
        self.replace_session(id, Some(fresh))?;
        Ok(None)
    }

    pub(crate) fn server_hello(&mut self, id: ConnId, version: Version, proposal: Option<Proposal>, lookup: Lookup) -> Result<(), Stop> {
        let found = match proposal.filter(|_| lookup == Lookup::Wanted) {
            Some(proposal) => self.find(id, version, proposal)?,
            None => None,
        };
        let resumed = self.decide(id, proposal.is_some(), found)?;
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(());
        }
        let stuck = !resumed && version == Version::Tls13 && self.is_stuck(id)?;
        if !resumed && !stuck {
            self.start_server_session(id, version)?;
        }
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Hello;
        connection.shutdown = ShutdownState::default();
        connection.awaits = 1;
        connection.proposed = proposal.is_some();
        connection.reused = resumed || stuck;
        let session = connection.session;
        if stuck {
            return self.send(id, Item::Flight(Flight { resumed: proposal.is_some(), doomed: true, identity: None, offer: None }));
        }
        let identity = match (version, session) {
            (Version::Tls12, Some(session)) if !resumed => self.session(session)?.identity,
            (Version::Tls12 | Version::Tls13, Some(_) | None) => None,
        };
        let doomed = version == Version::Tls12 && resumed && self.deviates(Deviation::MarkedLosesIdentity) && self.resumes_marked(id)?;
        self.send(id, Item::Flight(Flight { resumed: resumed && !doomed, doomed, identity, offer: None }))
    }

    // divergence: a server that resumes a marked session does not name it, and its client expects a full handshake
    fn resumes_marked(&self, id: ConnId) -> Result<bool, Stop> {
        match self.connection(id)?.session {
            Some(session) => Ok(self.session(session)?.marked),
            None => Ok(false),
        }
    }

    // divergence: the session of the connection before is taken for one that the client proposed
    fn is_stuck(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let Some(kept) = connection.session else { return Ok(false) };
        let kept = self.session(kept)?;
        let fits = kept.sid_ctx == connection.sid_ctx && !kept.is_expired(self.state.now);
        Ok(fits && self.deviates(Deviation::ClearedServerStuck))
    }

    /// Whether this server's TLS 1.3 tickets name cached sessions.
    pub(crate) fn is_stateful(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let early = connection.early_data == crate::EarlyData::Allowed && !self.deviates(Deviation::EarlyDataStateless);
        Ok(early || !self.gives_stateless(id)?)
    }

    fn gives_stateless(&self, id: ConnId) -> Result<bool, Stop> {
        Ok(self.connection(id)?.tickets == Tickets::Stateless || self.deviates(Deviation::NoTicketIgnored))
    }

    /// Opens the ticket or looks the identity up. What is found comes with a reference taken.
    fn find(&mut self, id: ConnId, version: Version, proposal: Proposal) -> Result<Option<Found>, Stop> {
        let opens = match version {
            Version::Tls12 => self.gives_stateless(id)?,
            Version::Tls13 => !self.is_stateful(id)?,
        };
        match (version, proposal.ticket) {
            (_, Some(ticket)) if opens => self.open_ticket(id, version, proposal.identity, ticket),
            (Version::Tls13, Some(_)) => Ok(None),
            (Version::Tls13, None) if opens => Ok(None),
            (Version::Tls12 | Version::Tls13, _) => {
                let found = self.lookup(id, proposal.identity)?;
                if found.is_some() && version == Version::Tls12 && self.gives_stateless(id)? {
                    // a session by id on a server that gives tickets: whether that renews it as a ticket is another matter
                    return Err(Stop::Undefined(Undefined::UnfitSession));
                }
                let found = found.map(|session| Found { session, looked_up: true });
                if version == Version::Tls13 { self.single_use(id, found) } else { Ok(found) }
            }
        }
    }

    fn open_ticket(&mut self, id: ConnId, version: Version, identity: Ident, ticket: Ticket) -> Result<Option<Found>, Stop> {
        let context = self.connection(id)?.context;
        if ticket.keys != Some(context) {
            return Ok(None);
        }
        let mut session = Session::fresh(Origin::Handshake, version, ticket.time);
        session.context = Some(context);
        session.side = Some(Side::Server);
        session.timeout = ticket.timeout;
        session.untimed = ticket.untimed;
        session.sid_ctx = ticket.sid_ctx;
        session.identity = Some(identity);
        Ok(Some(Found { session: self.born(session), looked_up: false }))
    }

    /// Anti-replay: what is proposed leaves the cache, and what was not there is not resumed.
    fn single_use(&mut self, id: ConnId, found: Option<Found>) -> Result<Option<Found>, Stop> {
        let connection = self.connection(id)?;
        let context = connection.context;
        let guarded = connection.early_data == crate::EarlyData::Allowed && !self.deviates(Deviation::AntiReplayKeeps);
        let Some(Found { session, .. }) = found else { return Ok(None) };
        if !guarded || self.retire(context, session, Removal::SingleUse)? {
            return Ok(found);
        }
        self.give_back(session)?;
        Ok(None)
    }

    /// Takes or refuses what was found. Says whether the server resumes.
    fn decide(&mut self, id: ConnId, proposed: bool, found: Option<Found>) -> Result<bool, Stop> {
        let Some(Found { session, looked_up }) = found else {
            self.note(Effect::Decided { connection: id, proposed, resumed: false, expired: false, foreign: false });
            return Ok(false);
        };
        let connection = self.connection(id)?;
        let context = connection.context;
        let candidate = self.session(session)?;
        let foreign = candidate.sid_ctx != connection.sid_ctx;
        let expired = candidate.is_expired(self.state.now);
        let resumed = self.fits(id, session)?;
        self.note(Effect::Decided { connection: id, proposed, resumed, expired, foreign });
        if resumed {
            if candidate_is_marked(self, session) && self.deviates(Deviation::MarkedLosesIdentity) {
                self.session_mut(session)?.identity = None;
            }
            self.replace_session(id, Some(session))?;
            return Ok(true);
        }
        self.turn_down(id, context, session, looked_up)?;
        Ok(false)
    }

    /// Whether a server resumes what it found.
    fn fits(&self, id: ConnId, session: SessId) -> Result<bool, Stop> {
        let candidate = self.session(session)?;
        let foreign = candidate.sid_ctx != self.connection(id)?.sid_ctx;
        let expired = candidate.is_expired(self.state.now);
        Ok((!foreign || self.deviates(Deviation::SidCtxIgnored)) && (!expired || self.deviates(Deviation::ServerIgnoresExpiry)))
    }

    /// What was found is not resumed: its reference goes back.
    fn turn_down(&mut self, id: ConnId, context: CtxId, session: SessId, looked_up: bool) -> Result<(), Stop> {
        // latitude: a server may take it out of its cache on this occasion
        if looked_up && self.choice.misfit_dropped {
            self.retire(context, session, Removal::Misfit)?;
        }
        self.give_back(session)?;
        if self.deviates(Deviation::MisfitIsFatal) { self.fail(id, Telling::Peer) } else { Ok(()) }
    }

    fn start_server_session(&mut self, id: ConnId, version: Version) -> Result<(), Stop> {
        let fresh = self.fresh_session(id)?;
        let context = self.connection(id)?.context;
        // latitude: where it never resumes a server may fall back to ids
        let stateless = self.gives_stateless(id)? && !self.choice.renegotiated_by_id;
        let by_id = version == Version::Tls12 && !stateless && self.context(context)?.mode.server;
        if by_id {
            let identity = self.fresh_identity();
            self.session_mut(fresh)?.identity = Some(identity);
        }
        self.ask_not_resumable(id, fresh)?;
        self.replace_session(id, Some(fresh))
    }
}

fn candidate_is_marked(step: &Step<'_>, session: SessId) -> bool {
    step.session(session).is_ok_and(|s| s.marked)
}
