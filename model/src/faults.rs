//! What the network does to a transport, at any moment of a connection's life.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, Item, Outcome, Outlet, Phase, Side, Undefined, Wire};

/// The most that is on its way to one connection before further faults are refused.
const INBOX_FULL: usize = 64;

impl Step<'_> {
    /// A transport that can still be tampered with.
    fn tamperable(&self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let busy = connection.phase != Phase::Failed && connection.inbox.len() < INBOX_FULL;
        if busy && connection.wire == Wire::Whole { Ok(()) } else { Err(Stop::Undefined(Undefined::NoTransport)) }
    }

    pub(crate) fn corrupt(&mut self, id: ConnId) -> Answer {
        self.tamperable(id)?;
        let connection = self.connection(id)?;
        // a client speaks first: what comes before it spoke belongs to no handshake
        if connection.phase == Phase::Idle && self.context(connection.context)?.side == Side::Client {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.connection_mut(id)?.inbox.push(Item::Garbage);
        Ok(Outcome::Done)
    }

    pub(crate) fn cut(&mut self, id: ConnId) -> Answer {
        self.tamperable(id)?;
        let peer = self.connection(id)?.peer;
        for end in [Some(id), peer].into_iter().flatten() {
            if self.connection(end)?.wire == Wire::Whole {
                let connection = self.connection_mut(end)?;
                connection.wire = Wire::Cut;
                connection.inbox.push(Item::End);
            }
        }
        Ok(Outcome::Done)
    }

    pub(crate) fn break_wire(&mut self, id: ConnId) -> Answer {
        self.tamperable(id)?;
        let connection = self.connection_mut(id)?;
        connection.wire = Wire::Broken;
        connection.outlet = Outlet::Free;
        connection.inbox.clear();
        Ok(Outcome::Done)
    }
}
