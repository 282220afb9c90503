//! Renegotiation in TLS 1.2: a further handshake on a connection that is open, which may replace its session.

use crate::handshake::Hearing;
use crate::step::{Answer, Step, Stop};
use crate::wire::Telling;
use crate::{
    Again, ConnId, Connection, CtxId, Deviation, Flight, Item, Outcome, Outlet, Phase, Proposal, Renegotiation, Side, Undefined, Version,
    Wire,
};

impl Step<'_> {
    pub(crate) fn renegotiate(&mut self, id: ConnId) -> Answer {
        self.begin_renegotiation(id, Again::Full)
    }

    pub(crate) fn renegotiate_abbreviated(&mut self, id: ConnId) -> Answer {
        self.begin_renegotiation(id, Again::Abbreviated)
    }

    fn begin_renegotiation(&mut self, id: ConnId, again: Again) -> Answer {
        let connection = self.connection(id)?;
        let open = connection.is_open() && !connection.shutdown.received && !connection.error;
        let quiet = connection.inbox.is_empty() && !connection.again && connection.unsent.is_none() && connection.pending() == 0;
        if !open || !quiet {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if connection.wire != Wire::Whole || connection.peer.is_none() || connection.outlet == Outlet::Blocked {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        let settings = self.context(connection.context)?;
        match (settings.version, settings.side) {
            (Version::Tls13, _) => Ok(Outcome::Number(self.deviates(Deviation::Tls13Renegotiates).into())),
            (Version::Tls12, Side::Client) => {
                let full = match again {
                    Again::Full => !self.deviates(Deviation::RenegotiationResumes),
                    Again::Abbreviated => self.deviates(Deviation::AbbreviatedIsFull),
                };
                self.client_hello_again(id, full)?;
                // divergence: what was not to be proposed is
                self.connection_mut(id)?.proposed &= again == Again::Abbreviated;
                Ok(Outcome::Number(1))
            }
            (Version::Tls12, Side::Server) => {
                // divergence: how a server asks is no matter to the pages
                let matters = again == Again::Abbreviated && self.deviates(Deviation::AbbreviatedRequestResumes);
                let connection = self.connection_mut(id)?;
                connection.again = true;
                connection.abbreviated = matters;
                self.send(id, Item::Request)?;
                Ok(Outcome::Number(1))
            }
        }
    }

    fn client_hello_again(&mut self, id: ConnId, full: bool) -> Result<(), Stop> {
        self.count_renegotiation_start(id)?;
        self.remember(id)?;
        let proposal = self.client_hello(id)?.filter(|_| !full);
        let connection = self.connection_mut(id)?;
        connection.again = true;
        connection.proposed = proposal.is_some();
        connection.reused = false;
        self.send(id, Item::Hello(proposal))
    }

    /// A client reads that its server would renegotiate.
    pub(crate) fn asked_to_renegotiate(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Open || connection.shutdown.sent {
            return Ok(());
        }
        self.client_hello_again(id, self.deviates(Deviation::RequestIsFull))
    }

    /// A client reads that its server does not renegotiate.
    pub(crate) fn renegotiation_refused(&mut self, id: ConnId) -> Result<(), Stop> {
        let ignored = self.deviates(Deviation::NoRenegotiationIgnored);
        if self.connection(id)?.renegotiates() && !ignored { self.fail(id, Telling::Peer) } else { Ok(()) }
    }

    /// A server reads a ClientHello on a connection that is open.
    pub(crate) fn hello_again(&mut self, id: ConnId, proposal: Option<Proposal>) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Open || connection.shutdown.sent {
            return Ok(());
        }
        let Renegotiation { by_client, always_full } = connection.renegotiation;
        let abbreviated = connection.abbreviated;
        if !connection.again && !by_client && !self.deviates(Deviation::ClientRenegotiationAllowed) {
            return self.send(id, Item::NoRenegotiation);
        }
        self.count_renegotiation_start(id)?;
        self.remember(id)?;
        self.connection_mut(id)?.again = true;
        let deaf = always_full && !abbreviated && !self.deviates(Deviation::AlwaysFullIgnored);
        self.server_hello(id, Version::Tls12, proposal, if deaf { Hearing::Deaf } else { Hearing::Only })
    }

    /// A session that this connection established is still its affair when another takes its place.
    fn remember(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let established = connection.session.filter(|s| !connection.reused && !connection.earlier.contains(s));
        match established {
            Some(session) => {
                self.connection_mut(id)?.earlier.push(session);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// A flight of a handshake after the first.
    pub(crate) fn flight_again(&mut self, id: ConnId, flight: Flight) -> Result<(), Stop> {
        if self.connection(id)?.renegotiates() { self.read_flight(id, flight) } else { Ok(()) }
    }

    pub(crate) fn set_renegotiation(&mut self, id: CtxId, change: impl FnOnce(&mut Renegotiation)) -> Answer {
        self.held_context(id)?;
        change(&mut self.context_mut(id)?.renegotiation);
        Ok(Outcome::Done)
    }
}

impl Connection {
    /// Whether it is in a handshake after its first.
    #[must_use]
    pub fn renegotiates(&self) -> bool {
        self.phase == Phase::Hello && self.again
    }
}
