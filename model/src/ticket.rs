//! Tickets: what a server seals and sends, and what a client makes of it.

use crate::step::{Step, Stop};
use crate::{ConnId, Deviation, Effect, Item, Offer, Origin, SessId, Ticket};

impl Step<'_> {
    /// The session as it travels in a stateless ticket, under a new identity.
    pub(crate) fn seal(&mut self, id: ConnId, session: SessId) -> Result<Offer, Stop> {
        let identity = self.fresh_identity();
        let keys = Some(self.connection(id)?.context);
        let session = self.session(session)?;
        let inside = Ticket { keys, time: session.time, timeout: session.timeout, untimed: session.untimed, sid_ctx: session.sid_ctx };
        Ok(Offer { identity, hint: session.timeout, inside: Some(inside) })
    }

    /// Sends the tickets that follow a TLS 1.3 handshake.
    pub(crate) fn send_tickets(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let all = connection.num_tickets;
        let number = if !connection.reused || self.deviates(Deviation::ResumptionSendsAll) {
            all
        } else if self.choice.ticket_after_resumption {
            // latitude: never more than one, perhaps none
            all.min(1)
        } else {
            0
        };
        for _ in 0..number {
            self.send_ticket(id)?;
        }
        Ok(())
    }

    fn send_ticket(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (first, own) = (connection.ticketed == 0, connection.session.filter(|_| !connection.reused && connection.ticketed == 0));
        let current = connection.session;
        let stateless = !self.is_stateful(id)?;
        let session = match (own, current) {
            (Some(own), _) => own,
            (None, Some(current)) => self.successor(current)?,
            (None, None) => self.fresh_session(id)?,
        };
        let identity = self.fresh_identity();
        let now = self.state.now;
        let sealed = self.session_mut(session)?;
        sealed.identity = Some(identity);
        sealed.time = now;
        let connection = self.connection_mut(id)?;
        connection.ticketed = (connection.ticketed + 1).min(2);
        self.note(Effect::TicketSent { connection: id, session, stateless });
        let shown = first || !self.deviates(Deviation::ServerKeepsFirstTicket);
        if own.is_none() && shown {
            self.replace_session(id, Some(session))?;
        }
        // latitude: what travels in a stateless ticket may be kept besides
        self.established(id, session, !stateless || self.choice.stateless_stored)?;
        let offer = self.offer(id, session, stateless)?;
        if !shown {
            self.give_back(session)?;
        }
        self.send(id, Item::Ticket(offer))
    }

    fn offer(&self, id: ConnId, session: SessId, stateless: bool) -> Result<Offer, Stop> {
        let keys = Some(self.connection(id)?.context);
        let session = self.session(session)?;
        let inside = Ticket { keys, time: session.time, timeout: session.timeout, untimed: session.untimed, sid_ctx: session.sid_ctx };
        let identity = session.identity.unwrap_or(crate::Ident(u32::MAX));
        Ok(Offer { identity, hint: session.timeout, inside: stateless.then_some(inside) })
    }

    /// A new session that continues another: sessions that may be shared are never changed in place.
    pub(crate) fn successor(&mut self, of: SessId) -> Result<SessId, Stop> {
        let mut session = self.session(of)?.copied(Origin::Handshake);
        session.marked = session.marked && self.deviates(Deviation::TicketInheritsMark);
        session.ticket = None;
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
        established.ticket = offer.inside;
        established.hint = offer.hint;
        established.time = now;
        let connection = self.connection_mut(id)?;
        connection.ticketed = (connection.ticketed + 1).min(2);
        if !kept {
            self.replace_session(id, Some(session))?;
        }
        self.established(id, session, true)?;
        if kept { self.give_back(session) } else { Ok(()) }
    }
}
