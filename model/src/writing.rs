//! Writing application data, and a transport that takes nothing for now.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, Deviation, Item, Outcome, Outlet, Phase, Undefined, Unsent, Wire};

impl Step<'_> {
    pub(crate) fn write(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Open || connection.error {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let (wire, shutdown, blocked) = (connection.wire, connection.shutdown, connection.outlet == Outlet::Blocked);
        if wire == Wire::None {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        let connection = self.connection(id)?;
        let peer_again = connection.peer.is_some_and(|peer| self.connection(peer).is_ok_and(|c| c.again));
        if connection.again || peer_again {
            // where application data may come in the midst of a renegotiation is not written
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if shutdown.sent && !self.deviates(Deviation::WritesAfterShutdown) {
            self.connection_mut(id)?.error = true;
            return Ok(Outcome::Number(-1));
        }
        if wire == Wire::Broken && self.connection(id)?.pending() > 0 {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        if blocked && self.connection(id)?.pending() > 0 {
            // how much of a ticket goes out over a transport that takes nothing is the library's own affair
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        if wire == Wire::Broken {
            self.ended(id)?;
            return Ok(Outcome::Number(-1));
        }
        if shutdown.received && self.deviates(Deviation::ReceivedStopsWriting) {
            return Ok(Outcome::Number(-1));
        }
        if blocked {
            return self.hold_back(id, Unsent::Data);
        }
        self.send_asked(id)?;
        if self.connection(id)?.phase == Phase::Failed {
            return Ok(Outcome::Number(-1));
        }
        self.connection_mut(id)?.unsent = None;
        self.send(id, Item::Data)?;
        Ok(Outcome::Number(1))
    }

    pub(crate) fn block(&mut self, id: ConnId) -> Answer {
        self.set_outlet(id, Outlet::Blocked)
    }

    pub(crate) fn unblock(&mut self, id: ConnId) -> Answer {
        self.set_outlet(id, Outlet::Free)
    }

    /// A transport that is full while a handshake goes on is not modelled: how far each end comes then is the library's own affair.
    fn set_outlet(&mut self, id: ConnId, outlet: Outlet) -> Answer {
        let connection = self.connection(id)?;
        let carries = matches!(connection.wire, Wire::Whole | Wire::Cut);
        // how much of a ticket goes out over a transport that takes nothing is the library's own affair
        let asked = outlet == Outlet::Blocked && connection.pending() > 0;
        if connection.phase != Phase::Open || connection.again || !carries || asked || connection.outlet == outlet {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        self.connection_mut(id)?.outlet = outlet;
        Ok(Outcome::Done)
    }
}
