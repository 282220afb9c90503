//! Tickets: what a server seals and sends, and what a client makes of it.

use crate::step::{Answer, Step, Stop};
use crate::ticket_callbacks::Sealing;
use crate::wire::Telling;
use crate::{
    Challenge, ConnId, Deviation, Effect, Ident, Item, Offer, Origin, Outcome, Outlet, Phase, Removal, Renewal, Sealer, SessId, Side,
    Ticket, Undefined, Version, Wire,
};

/// Whether the session of a ticket gets an identity. Without one it is of no use to the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Naming {
    Fresh,
    None,
}

impl Step<'_> {
    /// The session as it travels in a stateless TLS 1.2 ticket, under a new identity; none where there are no keys for one, or where the
    /// connection has failed.
    pub(crate) fn seal(&mut self, id: ConnId, session: SessId, made: Sealing) -> Result<Option<Offer>, Stop> {
        let sealer = match made {
            Sealing::Sealed(sealer) => sealer,
            Sealing::NoKeys => return Ok(None),
            Sealing::Failed => {
                self.fail(id, Telling::Peer)?;
                return Ok(None);
            }
        };
        let identity = self.fresh_identity();
        Ok(Some(self.offer(id, session, identity, Some(sealer))?))
    }

    /// Sends the tickets that follow a TLS 1.3 handshake.
    pub(crate) fn send_tickets(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (all, reused) = (connection.num_tickets, connection.reused);
        let number = match connection.renewal {
            _ if reused && self.deviates(Deviation::ResumptionSendsAll) => all,
            Renewal::Preset | Renewal::Due if !reused => all,
            Renewal::Due => all.min(1),
            // latitude: never more than one, perhaps none
            Renewal::Preset if self.choice.ticket_after_resumption => all.min(1),
            Renewal::Preset | Renewal::Spared => 0,
        };
        self.renew(id, Renewal::Preset)?;
        let left = self.connection(id)?.left_over;
        // divergence: requests that outlived SSL_clear are answered here, by tickets without an identity
        if number > 0 && left > 0 {
            self.connection_mut(id)?.left_over = 0;
            return self.send_each(id, number.max(left.into()), Naming::None);
        }
        self.send_each(id, number, Naming::Fresh)
    }

    /// Sends the tickets that were asked for.
    pub(crate) fn send_asked(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let asked = connection.pending();
        if asked == 0 {
            return Ok(());
        }
        let withheld = if connection.reused || connection.ticketed > 0 { 0 } else { connection.num_tickets };
        let number = if self.deviates(Deviation::AskedBringsWithheld) { asked.max(withheld) } else { asked };
        let connection = self.connection_mut(id)?;
        (connection.asked, connection.left_over) = (0, 0);
        self.send_each(id, if self.deviates(Deviation::RequestsCountOnce) { 1 } else { number }, Naming::Fresh)
    }

    fn send_each(&mut self, id: ConnId, number: u32, naming: Naming) -> Result<(), Stop> {
        for _ in 0..number {
            self.send_ticket(id, naming)?;
            if self.connection(id)?.phase == Phase::Failed {
                break;
            }
        }
        Ok(())
    }

    fn send_ticket(&mut self, id: ConnId, naming: Naming) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (first, own) = (connection.ticketed == 0, connection.session.filter(|_| !connection.reused && connection.ticketed == 0));
        let current = connection.session;
        let stateless = !self.is_stateful(id)?;
        let session = match (own, current) {
            (Some(own), _) => own,
            (None, Some(current)) => {
                let next = self.successor(current)?;
                // what the application gave it to resume may have been a client's
                self.session_mut(next)?.side = Some(Side::Server);
                next
            }
            (None, None) => self.fresh_session(id)?,
        };
        let sealing = self.sealing(id, session, stateless)?;
        let sealer = match sealing {
            Sealing::Sealed(sealer) => sealer,
            Sealing::Failed => return self.fail_sealing(id, session, own),
            Sealing::NoKeys if self.deviates(Deviation::EmptyTicketSent) => Sealer::Application,
            Sealing::NoKeys => return self.leave_unsent(id, session, own, naming),
        };
        self.name_ticket(session, naming)?;
        let connection = self.connection_mut(id)?;
        connection.ticketed = (connection.ticketed + 1).min(2);
        self.note(Effect::TicketSent { connection: id, session, stateless });
        let shown = first || !self.deviates(Deviation::ServerKeepsFirstTicket);
        if own.is_none() && shown {
            self.succeed(id, session)?;
        }
        // latitude: what travels in a stateless ticket may be kept besides
        self.established(id, session, !stateless || self.choice.stateless_stored)?;
        let empty = sealing == Sealing::NoKeys || (naming == Naming::None && !stateless);
        let item = if empty {
            // divergence: a client takes an empty ticket for a broken message
            Item::Garbage
        } else {
            let identity = match self.session(session)?.identity {
                Some(identity) => identity,
                None => self.fresh_identity(),
            };
            let asked = self.connection(id)?.phase == Phase::Open;
            Item::Ticket(Offer { asked, ..self.offer(id, session, identity, stateless.then_some(sealer))? })
        };
        if !shown {
            self.give_back(session)?;
        }
        self.send(id, item)
    }

    /// The session of a ticket is new from now on.
    fn name_ticket(&mut self, session: SessId, naming: Naming) -> Result<(), Stop> {
        let identity = match naming {
            Naming::Fresh => Some(self.fresh_identity()),
            Naming::None => None,
        };
        let now = self.state.now;
        let session = self.session_mut(session)?;
        session.identity = identity;
        session.own = None;
        session.time = now.into();
        Ok(())
    }

    /// A callback fails while a ticket is made: its session is the connection's, and the connection fails.
    fn fail_sealing(&mut self, id: ConnId, session: SessId, own: Option<SessId>) -> Result<(), Stop> {
        self.name_ticket(session, Naming::Fresh)?;
        if own.is_none() {
            self.replace_session(id, Some(session))?;
        }
        self.fail(id, Telling::Peer)
    }

    /// There are no keys for a ticket: none is sent.
    fn leave_unsent(&mut self, id: ConnId, session: SessId, own: Option<SessId>, naming: Naming) -> Result<(), Stop> {
        if self.deviates(Deviation::UnsentTicketShown) {
            self.name_ticket(session, naming)?;
            let connection = self.connection_mut(id)?;
            connection.ticketed = (connection.ticketed + 1).min(2);
            return if own.is_none() { self.replace_session(id, Some(session)) } else { Ok(()) };
        }
        if own.is_none() { self.give_back(session) } else { Ok(()) }
    }

    fn offer(&self, id: ConnId, session: SessId, identity: Ident, sealer: Option<Sealer>) -> Result<Offer, Stop> {
        let keys = Some(self.connection(id)?.context);
        let session = self.session(session)?;
        let (time, timeout, untimed, sid_ctx) = (session.time, session.timeout, session.untimed, session.sid_ctx);
        let inside = sealer.map(|sealer| Ticket { keys, time, timeout, untimed, sid_ctx, sealer });
        let hint = self.hint(session.version, timeout);
        Ok(Offer { identity, hint, asked: false, untimed, inside })
    }

    /// A new session that continues another: sessions that may be shared are never changed in place.
    pub(crate) fn successor(&mut self, of: SessId) -> Result<SessId, Stop> {
        let mut session = self.session(of)?.copied(Origin::Handshake);
        session.marked = session.marked && self.deviates(Deviation::TicketInheritsMark);
        session.ticket = None;
        (session.hint, session.hinted) = (0, false);
        session.owner = if self.deviates(Deviation::DupKeepsOwner) { self.session(of)?.owner } else { None };
        Ok(self.born(session))
    }

    /// A client reads a TLS 1.3 ticket: a session is established.
    pub(crate) fn receive_ticket(&mut self, id: ConnId, offer: Offer) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let kept = connection.ticketed > 0 && self.deviates(Deviation::ClientKeepsFirstTicket);
        let session = match connection.session {
            Some(current) => self.successor(current)?,
            None => self.fresh_session(id)?,
        };
        let now = self.state.now;
        let established = self.session_mut(session)?;
        established.marked = false;
        established.identity = Some(offer.identity);
        established.own = None;
        established.ticket = offer.inside;
        established.hint = offer.hint;
        established.hinted = !offer.untimed;
        established.time = now.into();
        let connection = self.connection_mut(id)?;
        connection.ticketed = (connection.ticketed + 1).min(2);
        if !kept {
            self.succeed(id, session)?;
        }
        self.established(id, session, true)?;
        if kept { self.give_back(session) } else { Ok(()) }
    }

    /// A TLS 1.2 client reads a ticket while it resumes: a new session takes the place of the one that it resumed.
    pub(crate) fn take_renewed(&mut self, id: ConnId, offer: Offer) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (context, Some(resumed)) = (connection.context, connection.session) else { return Ok(()) };
        let session = self.successor(resumed)?;
        let now = self.state.now;
        let renewed = self.session_mut(session)?;
        renewed.marked = false;
        renewed.identity = Some(offer.identity);
        renewed.ticket = offer.inside;
        renewed.hint = offer.hint;
        renewed.hinted = !offer.untimed;
        renewed.time = now.into();
        // latitude: the session whose ticket was replaced may be taken out of use
        if self.choice.used_session_retired && self.context(context)?.mode.client {
            self.retire(context, resumed, Removal::Used)?;
        }
        self.replace_session(id, Some(session))?;
        if self.deviates(Deviation::RenewedNotEstablished) { Ok(()) } else { self.established(id, session, true) }
    }

    pub(crate) fn ask_ticket(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        let context = self.context(connection.context)?;
        let may_ask = context.side == Side::Server && context.version == Version::Tls13 && connection.phase == Phase::Open;
        if !may_ask {
            let settled = connection.phase != Phase::Failed;
            return if settled { Ok(Outcome::Number(0)) } else { Err(Stop::Undefined(Undefined::WrongPhase)) };
        }
        if connection.error || connection.shutdown.sent || connection.asked == u8::MAX || connection.outlet == Outlet::Blocked {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        // how these add up with the tickets that a certificate brings, and what a ticket is of a session never to be resumed, is not written
        if connection.challenge == Challenge::Open || self.is_forbidden(id)? {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.connection_mut(id)?.asked += 1;
        if self.deviates(Deviation::AskedSentAtOnce) {
            self.send_asked(id)?;
        }
        Ok(Outcome::Number(1))
    }

    pub(crate) fn handshake_again(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Open || connection.again || connection.error || connection.shutdown.sent {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if matches!(connection.wire, Wire::None | Wire::Broken) || connection.outlet == Outlet::Blocked {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        self.send_asked(id)?;
        let failed = self.connection(id)?.phase == Phase::Failed;
        Ok(Outcome::Number(if failed { -1 } else { 1 }))
    }

    pub(crate) fn set_connection_num_tickets(&mut self, id: ConnId, number: u32) -> Answer {
        if self.connection(id)?.phase != Phase::Idle {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if !self.deviates(Deviation::ConnectionNumTicketsIgnored) {
            self.connection_mut(id)?.num_tickets = number;
        }
        Ok(Outcome::Done)
    }
}
