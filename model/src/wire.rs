//! What comes over the transport after the handshake, and how a connection fails.

use crate::step::{Answer, Step, Stop};
use crate::{ConnId, Deviation, Effect, Eof, Item, Outcome, Outlet, Phase, Removal, ShutdownState, Undefined, Wire};

/// Whether an alert tells the peer of a fatal error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Telling {
    Peer,
    Nobody,
}

/// How far what is on its way is taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Until {
    /// All of it.
    Empty,
    /// Not application data.
    Data,
}

impl Step<'_> {
    /// Puts something on its way to the peer, if anything arrives there.
    pub(crate) fn send(&mut self, from: ConnId, item: Item) -> Result<(), Stop> {
        let connection = self.connection(from)?;
        let (Wire::Whole, Outlet::Free, Some(peer)) = (connection.wire, connection.outlet, connection.peer) else { return Ok(()) };
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
            self.retire_earlier(id)?;
            if phase == Phase::Hello && self.deviates(Deviation::FailureKeepsReference) {
                self.take(session)?;
            }
        }
        let connection = self.connection_mut(id)?;
        connection.phase = Phase::Failed;
        connection.error = true;
        connection.earlier.clear();
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

    /// The transport ended without a close_notify.
    pub(crate) fn closed(&mut self, id: ConnId) -> Result<(), Stop> {
        if self.connection(id)?.eof == Eof::Error || self.deviates(Deviation::IgnoredEndIsError) {
            return self.ended(id);
        }
        // divergence: the state is set, and not added to
        let forgets = self.deviates(Deviation::IgnoredEndClearsSent);
        let connection = self.connection_mut(id)?;
        connection.shutdown.received = true;
        connection.shutdown.sent &= !forgets;
        // whoever takes the state back reads the end again
        connection.inbox.clear();
        connection.inbox.push(Item::End);
        Ok(())
    }

    /// The transport ended and that is an error, or it failed.
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
        if connection.wire == Wire::Broken && connection.asked > 0 {
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        // latitude: what was asked for can go out on this occasion
        if self.choice.asked_sent_when_reading && connection.asked > 0 && !connection.shutdown.received {
            self.send_asked(id)?;
            if self.connection(id)?.phase == Phase::Failed {
                return Ok(Outcome::Done);
            }
        }
        self.take_in(id, Until::Empty)?;
        if self.deviates(Deviation::ReadClearsSent) {
            self.connection_mut(id)?.shutdown.sent = false;
        }
        Ok(Outcome::Done)
    }

    /// Takes in all that is on its way, up to a close_notify or an end, or to what is not for the call that takes it in.
    pub(crate) fn take_in(&mut self, id: ConnId, until: Until) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        if connection.shutdown.received {
            return Ok(());
        }
        if connection.shutdown.sent && connection.inbox.contains(&Item::CertificateRequest) {
            // what an end that has shut down answers is written nowhere
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let held_up = connection.outlet == Outlet::Blocked || connection.unsent.is_some();
        if held_up && connection.inbox.iter().any(Item::is_further) {
            // how far a further handshake comes over a transport that takes nothing is the library's own affair
            return Err(Stop::Undefined(Undefined::NoTransport));
        }
        if self.connection(id)?.wire == Wire::Broken {
            return self.ended(id);
        }
        loop {
            if until == Until::Data && self.connection(id)?.inbox.first() == Some(&Item::Data) {
                return self.meets_data(id);
            }
            let Some(item) = self.next_item(id)? else { return Ok(()) };
            match item {
                Item::Ticket(offer) => self.receive_ticket(id, offer)?,
                Item::Data => {}
                Item::Flight(flight) => self.flight_again(id, flight)?,
                Item::Hello(proposal) => self.hello_again(id, proposal)?,
                Item::Request => self.asked_to_renegotiate(id)?,
                Item::NoRenegotiation => self.renegotiation_refused(id)?,
                Item::CertificateRequest => self.asked_for_certificate(id)?,
                Item::Certificate => self.certificate_arrives(id)?,
                Item::Retry => {}
                Item::Alert => return self.alerted(id),
                Item::Garbage => return self.fail(id, Telling::Peer),
                Item::End => return self.closed(id),
                Item::CloseNotify => {
                    let connection = self.connection_mut(id)?;
                    connection.shutdown.received = true;
                    connection.inbox.clear();
                    return Ok(());
                }
            }
        }
    }
}
