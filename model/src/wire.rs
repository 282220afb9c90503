//! What comes and goes over the transport after the handshake, and how it ends or fails.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, Deviation, Effect, Item, Outcome, Phase, Quiet, Removal, ShutdownState, Undefined, Wire};

/// The most that is on its way to one connection before further faults are refused.
const INBOX_FULL: usize = 64;

/// Whether an alert tells the peer of a fatal error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Telling {
    Peer,
    Nobody,
}

impl Step<'_> {
    /// Puts something on its way to the peer, if anything arrives there.
    pub(crate) fn send(&mut self, from: ConnId, item: Item) -> Result<(), Stop> {
        let connection = self.connection(from)?;
        let (Wire::Whole, Some(peer)) = (connection.wire, connection.peer) else { return Ok(()) };
        if self.connection(peer)?.wire == Wire::Whole {
            self.connection_mut(peer)?.inbox.push(item);
        }
        Ok(())
    }

    /// Takes the next thing that is on its way to a connection.
    pub(crate) fn next_item(&mut self, id: ConnId) -> Result<Option<Item>, Stop> {
        if self.connection(id)?.inbox.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.connection_mut(id)?.inbox.remove(0)))
    }

    /// A fatal error on a connection: its session is taken out of use.
    pub(crate) fn fail(&mut self, id: ConnId, telling: Telling) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (context, session, phase) = (connection.context, connection.session, connection.phase);
        // latitude: a session that was closed cleanly before may be spared
        let spared = self.choice.closed_session_spared && connection.shutdown.sent && phase == Phase::Open;
        if let Some(session) = session.filter(|_| !spared) {
            self.retire(context, session, Removal::Unclean)?;
            if phase == Phase::Hello && self.deviates(Deviation::FailureKeepsReference) {
                self.take(session)?;
            }
        }
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Failed;
        connection.error = true;
        connection.inbox.clear();
        self.note(Effect::Fatal(id));
        match telling {
            Telling::Peer => self.send(id, Item::Alert),
            Telling::Nobody => Ok(()),
        }
    }

    /// A fatal alert came in.
    pub(crate) fn alerted(&mut self, id: ConnId) -> Result<(), Stop> {
        self.connection_mut(id)?.shutdown.received = true;
        self.fail(id, Telling::Nobody)
    }

    /// The transport ended without a close_notify, or failed.
    pub(crate) fn ended(&mut self, id: ConnId) -> Result<(), Stop> {
        if self.deviates(Deviation::EndIsClean) {
            self.connection_mut(id)?.shutdown = ShutdownState { sent: true, received: true };
            return Ok(());
        }
        // latitude: the session suffers now or when the connection is freed or cleared
        if self.choice.end_is_fatal {
            return self.fail(id, Telling::Nobody);
        }
        self.connection_mut(id)?.error = true;
        Ok(())
    }

    pub(crate) fn read(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        if !(connection.phase == Phase::Open || connection.renegotiates()) || connection.error {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if connection.wire == Wire::None {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        self.take_in(id)?;
        if self.deviates(Deviation::ReadClearsSent) {
            self.connection_mut(id)?.shutdown.sent = false;
        }
        Ok(Outcome::Done)
    }

    /// Takes in all that is on its way, up to a close_notify or an end.
    fn take_in(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        if connection.shutdown.received {
            return Ok(());
        }
        if connection.shutdown.sent && connection.inbox.contains(&Item::CertificateRequest) {
            // what an end that has shut down answers is written nowhere
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if self.connection(id)?.wire == Wire::Broken {
            return self.ended(id);
        }
        while let Some(item) = self.next_item(id)? {
            match item {
                Item::Ticket(offer) => self.receive_ticket(id, offer)?,
                Item::Flight(flight) => self.flight_again(id, flight)?,
                Item::Hello(proposal) => self.hello_again(id, proposal)?,
                Item::Request => self.asked_to_renegotiate(id)?,
                Item::NoRenegotiation => self.renegotiation_refused(id)?,
                Item::CertificateRequest => self.asked_for_certificate(id)?,
                Item::Certificate => self.certificate_arrives(id)?,
                Item::Retry => {}
                Item::Alert => return self.alerted(id),
                Item::Garbage => return self.fail(id, Telling::Peer),
                Item::End => return self.ended(id),
                Item::CloseNotify => {
                    let connection = self.connection_mut(id)?;
                    connection.shutdown.received = true;
                    connection.inbox.clear();
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    pub(crate) fn shutdown(&mut self, id: ConnId) -> Answer {
        self.may_shut_down(id)?;
        let connection = self.connection(id)?;
        let (before, wire) = (connection.shutdown, connection.wire);
        if connection.quiet == Quiet::On {
            self.connection_mut(id)?.shutdown = ShutdownState { sent: true, received: true };
            return Ok(Outcome::Number(1));
        }
        if before.sent {
            self.take_in(id)?;
            let received = self.connection(id)?.shutdown.received && !self.connection(id)?.error;
            return Ok(Outcome::Number(if received { 1 } else { -1 }));
        }
        let undelivered = wire == Wire::Broken;
        let sent = !(undelivered && self.deviates(Deviation::ShutdownNeedsDelivery));
        let connection = self.connection_mut(id)?;
        connection.error |= undelivered;
        connection.shutdown.sent = sent;
        if undelivered {
            return Ok(Outcome::Number(-1));
        }
        self.send(id, Item::CloseNotify)?;
        Ok(Outcome::Number(before.received.into()))
    }

    /// A transport that can still be tampered with.
    fn tamperable(&self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let busy = matches!(connection.phase, Phase::Hello | Phase::Open) && connection.inbox.len() < INBOX_FULL;
        if busy && connection.wire == Wire::Whole { Ok(()) } else { Err(Stop::Undefined(Undefined::NoTransport)) }
    }

    pub(crate) fn corrupt(&mut self, id: ConnId) -> Answer {
        self.tamperable(id)?;
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
        connection.inbox.clear();
        Ok(Outcome::Done)
    }
}
