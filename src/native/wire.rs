//! What comes over the transport, and how a connection fails.

use super::connection::{Connection, Phase};
use super::error::Error;
use super::faults::Fault;
use super::settings::{Eof, ShutdownState};
use super::tls::{Alert, Event};
use super::transport::{Line, Reading, Writing};

/// What comes next to a connection.
pub(super) enum Arrival {
    /// Something happened.
    Event(Event),
    /// Nothing, for now.
    Nothing,
    /// The transport ended.
    End,
    /// The transport failed.
    Broken,
}

/// How far is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Until {
    /// As far as there is anything.
    Empty,
    /// Not beyond application data.
    Data,
}

impl Connection {
    /// Reads on until something happens. What there is to be sent goes out meanwhile.
    pub(super) fn arrival(&mut self) -> Arrival {
        loop {
            let Some(engine) = &mut self.engine else { return Arrival::Nothing };
            let event = engine.next();
            let sent = self.send_output();
            if let Some(event) = event {
                return Arrival::Event(event);
            }
            if sent == Writing::Broken {
                return Arrival::Broken;
            }
            let (Some(line), Some(engine)) = (&mut self.line, &mut self.engine) else { return Arrival::Nothing };
            match line.read_record() {
                Reading::Record(record) => engine.feed(&record),
                Reading::Nothing => return Arrival::Nothing,
                Reading::End => {
                    engine.feed_end();
                    return match engine.next() {
                        Some(Event::End) | None => Arrival::End,
                        Some(event) => Arrival::Event(event),
                    };
                }
                Reading::Broken => return Arrival::Broken,
            }
            self.heard();
        }
    }

    /// Something came to a server that waited for its first flight.
    pub(super) fn heard(&mut self) {
        if self.phase == Phase::Idle {
            self.phase = Phase::Handshake;
            self.shutdown = ShutdownState::default();
        }
    }

    /// Sends what the engine has made.
    pub(super) fn send_output(&mut self) -> Writing {
        match (&mut self.engine, &mut self.line) {
            (Some(engine), Some(line)) => line.write(&engine.output()),
            (_, _) => Writing::Done,
        }
    }

    /// Whether the transport has not taken all that is to be sent, `SSL_want_write`. Where a call was [`Error::Blocked`] and this is false, it
    /// waits for something to read.
    #[must_use]
    pub fn wants_write(&self) -> bool {
        self.line.as_ref().is_some_and(Line::has_outgoing)
    }

    /// A fatal error: the session is taken out of use. What tells the peer goes out, if it can.
    pub(super) fn fail(&mut self) {
        self.retire_sessions();
        self.phase = Phase::Failed;
        self.send_output();
        if let Some(line) = &mut self.line {
            line.forget_outgoing();
        }
        self.engine = None;
        self.unread.clear();
    }

    /// A fatal error that this end decides on.
    pub(super) fn fail_with(&mut self, alert: Alert) {
        if let Some(engine) = &mut self.engine {
            engine.fail(alert);
        }
        self.fail();
    }

    /// A fatal alert came in.
    pub(super) fn alerted(&mut self) {
        self.shutdown.received = true;
        self.fail();
    }

    /// The transport ended without a close_notify.
    pub(super) fn closed(&mut self) {
        match self.settings.eof {
            Eof::Error => self.fail(),
            Eof::Close => {
                let sent = self.shutdown.sent && !self.has(Fault::IgnoredEndClearsSent);
                self.shutdown = ShutdownState { sent, received: true };
            }
        }
    }

    /// Reads application data into `buffer`, `SSL_read`, and takes in whatever else has come before it: tickets, the peer's close_notify.
    /// 0 where the peer has closed.
    ///
    /// # Errors
    /// [`Error::Blocked`] where there is nothing for now; else the connection is not open, or fails.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        if self.phase != Phase::Open {
            return Err(if self.phase == Phase::Failed { Error::Failed } else { Error::NotOpen });
        }
        self.carried()?;
        if self.unread.is_empty() {
            self.take_in(Until::Data)?;
        } else if self.wants_write() {
            self.send_output();
        }
        if self.unread.is_empty() {
            return if self.shutdown.received { Ok(0) } else { Err(Error::Blocked) };
        }
        let length = buffer.len().min(self.unread.len());
        for (place, byte) in buffer.iter_mut().zip(self.unread.drain(..length)) {
            *place = byte;
        }
        Ok(length)
    }

    /// Takes in what is on its way, up to application data, a close_notify or an end.
    pub(super) fn take_in(&mut self, until: Until) -> Result<(), Error> {
        while !self.shutdown.received && (until == Until::Empty || self.unread.is_empty()) {
            match self.arrival() {
                Arrival::Nothing => return Ok(()),
                Arrival::End => {
                    self.closed();
                    return if self.phase == Phase::Failed { Err(Error::Transport) } else { Ok(()) };
                }
                Arrival::Broken => {
                    self.fail();
                    return Err(Error::Transport);
                }
                Arrival::Event(event) => self.happened(event)?,
            }
        }
        Ok(())
    }

    /// Something happened after the handshake.
    fn happened(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Ticket(value) => self.receive_ticket(value),
            Event::Data(data) => self.unread.extend(data),
            Event::EarlyData(data) => self.early.extend(data),
            Event::CloseNotify => self.shutdown.received = true,
            Event::Alert(alert) => {
                self.alerted();
                return Err(Error::Alerted(alert));
            }
            Event::Failed(failure) => {
                self.fail();
                return Err(Error::Protocol(failure.to_string()));
            }
            // these belong to a handshake, and the end is this layer's to see
            Event::Hello(_) | Event::Retry | Event::Decided(_) | Event::TicketDue | Event::Completed(_) | Event::End => {}
        }
        Ok(())
    }
}
