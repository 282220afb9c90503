//! The handshake, flight by flight: what a client proposes and what a server makes of it. What each end has afterwards is in `finish`.

mod finish;
mod retry;
mod search;

use self::search::Search;
use crate::step::{Answer, Step, Stop};
use crate::ticket_callbacks::Sealing;
use crate::wire::Telling;
use crate::{
    ConnId, Connection, Counter, CtxId, Deviation, EarlyData, Flight, Groups, Ident, Item, Offer, Origin, Outcome, Phase, Proposal,
    Renewal, SessId, Session, ShutdownState, Side, Tickets, Undefined, Version, Wire,
};

/// What a server has decided to answer.
#[derive(Clone, Copy, Debug)]
struct Reply {
    resumed: bool,
    /// It answers a ClientHello that was sent again.
    repeated: bool,
    /// What it resumes is not the session that was proposed.
    stranger: bool,
    proposed: Option<Ident>,
}

/// Which ClientHello it is that a server reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hearing {
    /// One that it answers.
    Only,
    /// One that it will want again, with another group.
    First,
    /// That one, sent again.
    Repeated,
    /// One in a renegotiation that never resumes.
    Deaf,
}

impl Step<'_> {
    pub(crate) fn hello(&mut self, client: ConnId) -> Answer {
        if self.connection(client)?.foreign {
            return self.hello_abroad(client);
        }
        let server = self.ready_pair(client)?;
        self.count_start(client)?;
        let proposal = self.client_hello(client)?;
        self.turn_to(server)?;
        self.count_start(server)?;
        let version = self.version(client)?;
        let arrives = self.connection(client)?.wire == Wire::Whole && self.connection(server)?.wire == Wire::Whole;
        self.turn_to(client)?;
        self.meets_fault(client)?;
        self.turn_to(server)?;
        if self.is_disturbed(server)? {
            let connection = self.connection_mut(server)?;
            connection.phase = Phase::Hello;
            connection.shutdown = ShutdownState::default();
            self.meets_fault(server)?;
        } else if arrives && self.version(server)? != version {
            self.fail(server, Telling::Peer)?;
        } else if arrives {
            self.learn_consent(server)?;
            if self.retries(server, version)? {
                self.hello_retry(server, proposal)?;
            } else {
                self.server_hello(server, version, proposal, Hearing::Only)?;
            }
        }
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
            if end.phase != Phase::Idle || end.wire == Wire::None {
                return Err(Stop::Undefined(Undefined::WrongPhase));
            }
        }
        Ok(server)
    }

    /// Whether something else comes to this connection before its peer's first flight.
    fn is_disturbed(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        Ok(connection.wire == Wire::Broken || !connection.inbox.is_empty())
    }

    /// What was done to the transport before the first flight shows when that is sent or waited for.
    fn meets_fault(&mut self, id: ConnId) -> Result<(), Stop> {
        if self.connection(id)?.wire == Wire::Broken {
            return self.ended(id);
        }
        match self.next_item(id)? {
            Some(Item::End) => self.closed(id),
            Some(Item::Garbage) => self.fail(id, Telling::Peer),
            Some(_) | None => Ok(()),
        }
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
        let (version, untimed, side) = (settings.version, settings.untimed, settings.side);
        let timeout = self.given_timeout(context)?;
        // in TLS 1.3 it is tickets that have identities
        let origin = if version == Version::Tls12 { Origin::Begun } else { Origin::Handshake };
        let mut session = Session::fresh(origin, version, self.state.now.into());
        session.context = Some(context);
        session.side = Some(side);
        session.timeout = timeout;
        session.untimed = untimed;
        session.other_group = version == Version::Tls13 && self.server_groups(id)? == Some(Groups::Other);
        session.sid_ctx = sid_ctx;
        Ok(self.born(session))
    }

    /// The groups that the server of this connection takes, where that is known.
    fn server_groups(&self, id: ConnId) -> Result<Option<Groups>, Stop> {
        let connection = self.connection(id)?;
        Ok(match self.context(connection.context)?.side {
            Side::Server => Some(connection.groups),
            Side::Client => connection.peer.and_then(|peer| self.state.connections.get(peer)).map(|peer| peer.groups),
        })
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
        let negotiated = session.origin != Origin::Empty;
        Ok(negotiated && (session.is_resumable() || (session.identity.is_some() && self.deviates(Deviation::ClientOffersMarked))))
    }

    /// What a client says of the session it has; nothing where that is expired.
    fn proposal(&self, session: SessId) -> Result<Option<Proposal>, Stop> {
        let now = self.state.now;
        let session = self.session(session)?;
        let too_old = match session.version {
            Version::Tls12 => false,
            Version::Tls13 => i64::from(now) > session.time.saturating_add(session.hint.into()).saturating_add(1),
        };
        let expired = if self.deviates(Deviation::ClientIgnoresExpiry) { too_old } else { session.is_expired(now) };
        let real = |identity| session.real().unwrap_or(identity);
        let proposal = session.identity.map(|identity| Proposal { identity, real: real(identity), ticket: session.ticket });
        // latitude: no page says what a session is that was established later than now
        let withheld = session.time > now.into() && self.choice.future_not_offered;
        Ok(if expired || withheld { None } else { proposal })
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
            self.session_mut(fresh)?.named(identity);
        }
        self.replace_session(id, Some(fresh))?;
        Ok(None)
    }

    pub(crate) fn server_hello(&mut self, id: ConnId, version: Version, proposal: Option<Proposal>, hearing: Hearing) -> Result<(), Stop> {
        self.may_be_proposed_to(id, proposal.is_some())?;
        if self.deviates(Deviation::ServerNameFirst) {
            self.ask_server_name(id)?;
        }
        let found = match self.find(id, version, proposal, hearing)? {
            Search::Found(found) => Some(found),
            Search::Nothing => None,
            Search::Failed => return self.move_failed_start(id, hearing),
        };
        let stranger = found.is_some_and(|found| found.stranger);
        let resumed = self.decide(id, proposal.is_some(), found, hearing)?;
        if self.connection(id)?.phase == Phase::Failed {
            return self.move_failed_start(id, hearing);
        }
        let stuck = found.is_none() && version == Version::Tls13 && self.is_stuck(id)?;
        if self.connection(id)?.phase == Phase::Failed {
            return self.move_failed_start(id, hearing);
        }
        if !resumed && !stuck {
            self.start_server_session(id, version)?;
        }
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Hello;
        connection.shutdown = ShutdownState::default();
        connection.awaits = 1;
        connection.proposed = proposal.is_some();
        connection.reused = resumed || stuck;
        let before = connection.switched;
        if !self.deviates(Deviation::ServerNameFirst) {
            self.ask_server_name(id)?;
        }
        let connection = self.connection(id)?;
        if !connection.again && hearing != Hearing::Repeated {
            self.move_start(id, before)?;
        }
        if !resumed && !stuck {
            self.name_by_current_context(id, version)?;
            self.ask_not_resumable(id)?;
        }
        let repeated = hearing == Hearing::Repeated;
        if stuck {
            let flight = Flight { resumed: proposal.is_some(), doomed: true, repeated, ..Flight::default() };
            return if self.connection(id)?.phase == Phase::Failed { Ok(()) } else { self.send(id, Item::Flight(flight)) };
        }
        self.answer_hello(id, version, Reply { resumed, repeated, stranger, proposed: proposal.map(|p| p.identity) })
    }

    /// A server's first flight, unless something ended the handshake.
    fn answer_hello(&mut self, id: ConnId, version: Version, reply: Reply) -> Result<(), Stop> {
        let Reply { resumed, repeated, stranger, .. } = reply;
        let connection = self.connection(id)?;
        if connection.phase == Phase::Failed {
            return Ok(());
        }
        let session = connection.session;
        let nameless = version == Version::Tls12 && resumed && self.deviates(Deviation::MarkedLosesIdentity) && self.resumes_marked(id)?;
        let identity = match (version, session) {
            (Version::Tls12, Some(session)) if !resumed || stranger => self.session(session)?.identity,
            (Version::Tls12 | Version::Tls13, Some(_) | None) => None,
        };
        let offer = match session {
            Some(session) if resumed && version == Version::Tls12 => self.renewed(id, session)?,
            Some(_) | None => None,
        };
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(());
        }
        let renamed = resumed && stranger && identity != reply.proposed;
        let taken = resumed && !nameless && !renamed;
        let doomed = nameless || (resumed && stranger);
        self.send(
            id,
            Item::Flight(Flight { repeated, resumed: taken, doomed, broken_off: false, identity: identity.filter(|_| !taken), offer }),
        )
    }

    /// The ticket that a TLS 1.2 server sends with a resumption, if one is due.
    fn renewed(&mut self, id: ConnId, session: SessId) -> Result<Option<Offer>, Stop> {
        let due = self.connection(id)?.renewal == Renewal::Due;
        self.renew(id, Renewal::Preset)?;
        if !due {
            return Ok(None);
        }
        let made = self.sealing(id, session, true)?;
        if made == Sealing::Failed {
            // the client has read of the resumption before it learns of the failure
            self.send(id, Item::Flight(Flight { resumed: true, broken_off: true, ..Flight::default() }))?;
        }
        let offer = self.seal(id, session, made)?;
        // no page says what hint a ticket has that is renewed in TLS 1.2, where a hint may be left out
        Ok(offer.map(|offer| Offer { untimed: true, ..offer }))
    }

    // divergence: a server that resumes a marked session does not name it, and its client expects a full handshake
    fn resumes_marked(&self, id: ConnId) -> Result<bool, Stop> {
        match self.connection(id)?.session {
            Some(session) => Ok(self.session(session)?.marked),
            None => Ok(false),
        }
    }

    // divergence: the session of the connection before is taken for one that the client proposed
    fn is_stuck(&mut self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let (Some(kept), context) = (connection.session, connection.context) else { return Ok(false) };
        let kept = self.session(kept)?;
        if kept.sid_ctx != connection.sid_ctx || !self.deviates(Deviation::ClearedServerStuck) {
            return Ok(false);
        }
        let expired = kept.is_expired(self.state.now);
        if connection.lacks_session_id_context() {
            self.replace_session(id, None)?;
            self.fail(id, Telling::Peer)?;
            return Ok(false);
        }
        self.count(context, if expired { Counter::Timeouts } else { Counter::Hits })?;
        Ok(!expired)
    }

    /// Whether this server's TLS 1.3 tickets name cached sessions.
    pub(crate) fn is_stateful(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let early = self.is_guarded(connection) && !self.deviates(Deviation::EarlyDataStateless);
        Ok(early || !self.gives_stateless(id)?)
    }

    fn is_guarded(&self, connection: &Connection) -> bool {
        let told_not_to = connection.early_data == EarlyData::Allowed && self.deviates(Deviation::NoAntiReplayIgnored);
        connection.is_guarded() || told_not_to
    }

    pub(crate) fn gives_stateless(&self, id: ConnId) -> Result<bool, Stop> {
        Ok(self.connection(id)?.tickets == Tickets::Stateless || self.deviates(Deviation::NoTicketIgnored))
    }

    fn start_server_session(&mut self, id: ConnId, version: Version) -> Result<(), Stop> {
        let fresh = self.fresh_session(id)?;
        let context = self.connection(id)?.context;
        if self.names_session(id, context, version)? {
            let identity = self.fresh_identity();
            self.session_mut(fresh)?.named(identity);
        }
        self.replace_session(id, Some(fresh))
    }

    /// Whether a server gives the client an id for a new session, by the cache mode of this context.
    fn names_session(&self, id: ConnId, context: CtxId, version: Version) -> Result<bool, Stop> {
        // latitude: where it never resumes a server may fall back to ids
        let by_ticket = self.gives_stateless(id)? && self.connection(id)?.renewal != Renewal::Spared && !self.choice.renegotiated_by_id;
        Ok(version == Version::Tls12 && !by_ticket && self.context(context)?.mode.server)
    }

    // latitude: no page says whose cache mode counts for a server that was moved to another context
    fn name_by_current_context(&mut self, id: ConnId, version: Version) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (current, session) = (connection.current_context(), connection.session);
        let (Some(session), true) = (session, self.choice.id_by_current_context) else { return Ok(()) };
        let named = self.names_session(id, current, version)?;
        if named != self.session(session)?.identity.is_some() {
            let identity = self.fresh_identity();
            let session = self.session_mut(session)?;
            if named { session.named(identity) } else { session.identity = None }
        }
        Ok(())
    }
}
