//! The rest of the handshake: each end reads what has come, and what it has afterwards.

use crate::step::{Answer, Step, Stop};
use crate::wire::Telling;
use crate::{
    Challenge, ConnId, Counter, Deviation, Effect, Flight, Item, Origin, Outcome, Phase, Removal, Renewal, SessId, Side, Undefined,
    Version, Wire,
};

impl Step<'_> {
    pub(crate) fn complete(&mut self, client: ConnId) -> Answer {
        let connection = self.connection(client)?;
        let alone = connection.foreign;
        let leads = alone || self.context(connection.context)?.side == Side::Client;
        if !leads || connection.wire == Wire::None {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let server = connection.peer;
        let under_way = |id: ConnId| self.connection(id).is_ok_and(|c| c.phase == Phase::Hello && !c.again && !c.error);
        if !under_way(client) && !server.is_some_and(under_way) {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        loop {
            let moved = self.advance(client)?;
            let answered = match server {
                Some(server) => self.advance(server)?,
                None => false,
            };
            if !moved && !answered {
                return Ok(Outcome::Done);
            }
        }
    }

    /// One end reads what has come, as long as its handshake is under way. Says whether anything had.
    fn advance(&mut self, id: ConnId) -> Result<bool, Stop> {
        self.turn_to(id)?;
        let mut moved = false;
        loop {
            let connection = self.connection(id)?;
            if connection.phase != Phase::Hello || connection.error {
                return Ok(moved);
            }
            if connection.wire == Wire::Broken {
                // nothing of this reaches the peer
                self.ended(id)?;
                return Ok(moved);
            }
            let Some(item) = self.next_item(id)? else { return Ok(moved) };
            let before = std::mem::replace(&mut moved, true);
            match item {
                Item::Flight(flight) => self.read_flight(id, flight)?,
                Item::Alert => self.alerted(id)?,
                Item::Garbage => self.fail(id, Telling::Peer)?,
                Item::End => {
                    self.closed(id)?;
                    return Ok(before);
                }
                Item::Retry => self.hello_retried(id)?,
                Item::Hello(proposal) => self.hello_after_retry(id, proposal)?,
                Item::Ticket(_) | Item::Data | Item::CloseNotify | Item::CertificateRequest | Item::Certificate => {}
                Item::Request | Item::NoRenegotiation => {}
            }
        }
    }

    pub(crate) fn read_flight(&mut self, id: ConnId, flight: Flight) -> Result<(), Stop> {
        let context = self.connection(id)?.context;
        let settings = self.context(context)?;
        match (settings.side, settings.version) {
            (Side::Server, version) => self.server_finishes(id, version),
            (Side::Client, Version::Tls12) if self.connection(id)?.awaits == 1 => self.client_takes_last_flight(id, flight),
            (Side::Client, version) => self.client_takes_answer(id, version, flight),
        }
    }

    /// A client learns whether the server resumes.
    fn client_takes_answer(&mut self, id: ConnId, version: Version, flight: Flight) -> Result<(), Stop> {
        let tried = self.connection(id)?.session.filter(|_| self.connection(id).is_ok_and(|c| c.proposed));
        let reused = flight.resumed || (self.deviates(Deviation::ReusedWhereProposed) && tried.is_some());
        self.connection_mut(id)?.reused = reused;
        if !flight.repeated && !self.connection(id)?.again {
            self.client_was_moved(id)?;
        }
        if flight.broken_off {
            return Ok(());
        }
        if flight.resumed && self.deviates(Deviation::ClientSidCtxFatal) && self.is_foreign_to_client(id)? {
            return self.fail(id, Telling::Peer);
        }
        if !flight.resumed {
            self.declined(id)?;
            if let (Some(session), Some(identity)) = (self.connection(id)?.session, flight.identity)
                && !self.deviates(Deviation::Tls12SessionWithoutIdentity)
            {
                self.session_mut(session)?.named(identity);
            }
        }
        if flight.doomed {
            return self.fail(id, Telling::Peer);
        }
        self.connection_mut(id)?.awaits -= 1;
        if version == Version::Tls12 && !flight.resumed {
            return self.send(id, Item::Flight(Flight::default()));
        }
        if let Some(offer) = flight.offer {
            self.take_renewed(id, offer)?;
        }
        self.open(id, tried, flight.resumed)?;
        self.send(id, Item::Flight(Flight::default()))?;
        self.client_is_done_in_tls13(id, version, flight.resumed)
    }

    // divergence: a client that was moved to another context moves an accept from the one to the other
    fn client_was_moved(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (home, Some(moved)) = (connection.context, connection.switched) else { return Ok(()) };
        if !self.deviates(Deviation::MovedClientCountsAccepts) {
            return Ok(());
        }
        self.uncount(home, Counter::Accept)?;
        self.count(moved, Counter::Accept)
    }

    // divergence: session id contexts are the server's affair, but a client compares its own as well
    fn is_foreign_to_client(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let Some(session) = connection.session else { return Ok(false) };
        Ok(self.session(session)?.sid_ctx != connection.sid_ctx)
    }

    /// A client's session that was not resumed makes way for a fresh one.
    fn declined(&mut self, id: ConnId) -> Result<(), Stop> {
        let Some(attached) = self.connection(id)?.session else { return Ok(()) };
        let kept = self.session(attached)?.identity.is_some() && self.session(attached)?.origin != Origin::Empty;
        if !kept || self.deviates(Deviation::EarlyObjectResumable) {
            return Ok(());
        }
        // divergence: a statistic of servers
        if self.deviates(Deviation::ClientCountsMisses) {
            self.count(self.connection(id)?.context, Counter::Misses)?;
        }
        let fresh = self.fresh_session(id)?;
        if self.deviates(Deviation::DeclinedKeepsReference) {
            self.take(attached)?;
        }
        self.replace_session(id, Some(fresh))
    }

    fn client_takes_last_flight(&mut self, id: ConnId, flight: Flight) -> Result<(), Stop> {
        let session = self.connection(id)?.session;
        let nameless = self.deviates(Deviation::Tls12SessionWithoutIdentity);
        if let (Some(session), Some(offer), false) = (session, flight.offer, nameless) {
            let now = self.state.now;
            let session = self.session_mut(session)?;
            session.identity = Some(offer.identity);
            session.time = now.into();
            session.hinted = !offer.untimed;
            session.ticket = offer.inside;
            session.hint = offer.hint;
        }
        self.connection_mut(id)?.awaits = 0;
        self.open(id, None, false)?;
        match session {
            Some(session) if self.session(session)?.identity.is_some() => self.established(id, session, true),
            Some(_) | None => Ok(()),
        }
    }

    fn client_is_done_in_tls13(&mut self, id: ConnId, version: Version, resumed: bool) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (Version::Tls13, Some(session)) = (version, connection.session) else { return Ok(()) };
        let context = connection.context;
        if self.deviates(Deviation::NewCallbackEarly) && !resumed {
            let callback = self.context(context)?.new_callback;
            self.announce_new(id, session, callback)?;
        }
        // latitude: the advice to use a TLS 1.3 session once may be taken by the library itself
        if resumed && self.choice.used_session_retired && self.context(context)?.mode.client {
            self.retire(context, session, Removal::Used)?;
        }
        Ok(())
    }

    fn open(&mut self, id: ConnId, tried: Option<SessId>, resumed: bool) -> Result<(), Stop> {
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Open;
        connection.abbreviated = false;
        let (again, session) = (std::mem::take(&mut connection.again), connection.session);
        if let Some(session) = session
            && self.session(session)?.origin == Origin::Begun
        {
            self.session_mut(session)?.settle();
        }
        if again {
            self.count_renegotiation(id, resumed)?;
        } else {
            self.count_completion(id, resumed)?;
        }
        let context = self.connection(id)?.context;
        if let Some(session) = tried.filter(|_| resumed)
            && self.context(context)?.side == Side::Client
        {
            self.used(context, session)?;
        }
        self.note(Effect::Completed { connection: id, tried, resumed });
        Ok(())
    }

    fn server_finishes(&mut self, id: ConnId, version: Version) -> Result<(), Stop> {
        if version == Version::Tls13 && self.is_vexed(id)? {
            return self.fail(id, Telling::Peer);
        }
        let connection = self.connection_mut(id)?;
        connection.awaits = 0;
        let (session, resumed) = (connection.session, connection.reused);
        if version == Version::Tls13 && !self.is_forbidden(id)? {
            self.send_tickets(id)?;
        }
        if let (Version::Tls12, Some(session), false) = (version, session, resumed) {
            self.finish_full_tls12(id, session)?;
        }
        if self.connection(id)?.phase == Phase::Failed {
            // latitude: a TLS 1.3 handshake is over before its tickets are made; whether it was a good one is left open
            return if version == Version::Tls13 { self.count_in_doubt(self.counted_at(id)?, Counter::AcceptGood) } else { Ok(()) };
        }
        self.open(id, session.filter(|_| resumed), resumed)
    }

    // divergence: a server that once asked for a certificate expects the context of that request in every certificate
    fn is_vexed(&self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let asks = connection.challenge != Challenge::None && !connection.reused;
        Ok(asks && self.deviates(Deviation::ClearKeepsChallenge))
    }

    fn finish_full_tls12(&mut self, id: ConnId, session: SessId) -> Result<(), Stop> {
        let spared = self.connection(id)?.renewal == Renewal::Spared
            || self.choice.ticket_withheld
            || self.session(session)?.identity.is_some()
            || self.is_forbidden(id)?;
        self.renew(id, Renewal::Preset)?;
        let offer = if self.gives_stateless(id)? && !spared {
            let made = self.sealing(id, session, true)?;
            self.seal(id, session, made)?
        } else {
            None
        };
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(());
        }
        self.send(id, Item::Flight(Flight { offer, ..Flight::default() }))?;
        if self.session(session)?.identity.is_some() { self.established(id, session, true) } else { Ok(()) }
    }
}
