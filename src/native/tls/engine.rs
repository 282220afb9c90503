//! One end of a connection.

mod client;
mod server;

use std::collections::VecDeque;

use rustls::ContentType;

use self::client::Client;
pub(crate) use self::client::{ClientSetup, EarlyData, Tickets, check_host_name};
use self::server::Server;
use super::bytes::Bytes;
use super::hello::{session_id, takes_ticket};
use super::link::Link;
use super::records::{Clear, Incoming, NEW_SESSION_TICKET, SERVER_HELLO, alert_record, is_retry};
use super::{Alert, Completed, Decided, Error, Event, Failure, Phase, Version};

/// One end of a connection: bytes in, bytes out, and what happened in between, in order. It stops after each event and wherever the layer above
/// has a say, so nothing of that layer runs while rustls works.
pub(crate) struct Engine {
    version: Version,
    end: End,
    /// There is none before a server has heard its client, and none after a failure.
    link: Option<Link>,
    incoming: Incoming,
    output: Vec<u8>,
    events: VecDeque<Event>,
    phase: Phase,
    /// What travels in clear from the server to the client.
    clear: Clear,
    retried: bool,
    decided: Option<Decided>,
    /// The ticket of a TLS 1.2 handshake, and its hint.
    ticket: Option<(u32, Vec<u8>)>,
    ours: Closing,
    theirs: Closing,
    transport: Transport,
}

/// What each side has that the other has not.
enum End {
    Client(Client),
    Server(Server),
}

/// Whether a close_notify went by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closing {
    Open,
    Closed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    Up,
    /// It ended, and that is to be told.
    Ended,
    Told,
}

impl Engine {
    fn new(version: Version, end: End) -> Self {
        Self {
            version,
            end,
            link: None,
            incoming: Incoming::default(),
            output: Vec::new(),
            events: VecDeque::new(),
            phase: Phase::Handshake,
            clear: Clear::default(),
            retried: false,
            decided: None,
            ticket: None,
            ours: Closing::Open,
            theirs: Closing::Open,
            transport: Transport::Up,
        }
    }

    /// Takes bytes from the transport. They are read by [`Engine::next`].
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.incoming.add(bytes);
    }

    /// The transport has ended, after what it brought.
    pub(crate) fn feed_end(&mut self) {
        if self.transport == Transport::Up {
            self.transport = Transport::Ended;
        }
    }

    /// Reads on until something happens. `None` where more is to come first, where an answer is due, and where all is over.
    pub(crate) fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            if self.phase == Phase::Failed || self.theirs == Closing::Closed || self.is_waiting() {
                return None;
            }
            if self.ticket_is_due() {
                return Some(Event::TicketDue);
            }
            let Some(record) = self.incoming.next() else {
                let ended = self.transport == Transport::Ended;
                return ended.then(|| {
                    self.transport = Transport::Told;
                    Event::End
                });
            };
            if !self.listen(&record) {
                self.process(&record);
            }
        }
    }

    /// How many bytes were fed and are not read.
    #[cfg(test)]
    pub(crate) fn unread(&self) -> usize {
        self.incoming.len()
    }

    /// What is to be sent, in whole records. It is given once.
    pub(crate) fn output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// Writes application data. Not before the handshake is over, nor after a failure. What comes after our close_notify goes out, and no peer
    /// reads it.
    pub(crate) fn write(&mut self, data: &[u8]) -> Result<(), Error> {
        let link = self.open()?;
        link.write(data)?;
        self.flush();
        Ok(())
    }

    /// Sends a close_notify. Not before the handshake is over, nor twice, nor after a failure.
    pub(crate) fn close(&mut self) -> Result<(), Error> {
        if self.has_closed() {
            return Err(Error::ShutDown);
        }
        self.open()?.close();
        self.ours = Closing::Closed;
        self.flush();
        Ok(())
    }

    /// Fails the connection with a fatal alert, in any phase. In the middle of a handshake whose messages are encrypted, rustls says which alert it is.
    pub(crate) fn fail(&mut self, alert: Alert) {
        if self.phase == Phase::Failed {
            return;
        }
        let in_clear = self.speaks_in_clear();
        match &mut self.link {
            Some(link) if self.phase == Phase::Open && self.ours == Closing::Open => {
                // what cannot be written is not sent
                _ = link.write_as(ContentType::Alert, &[FATAL, alert.0]);
            }
            Some(link) if self.phase == Phase::Handshake && !in_clear => {
                // it fails, which is what it is for
                _ = link.feed(NONSENSE);
            }
            Some(_) | None if self.phase == Phase::Handshake => self.output.extend(alert_record(alert.0)),
            Some(_) | None => {}
        }
        self.flush();
        self.break_down();
    }

    /// How far it is.
    #[cfg(test)]
    pub(crate) fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether our close_notify was sent.
    pub(crate) fn has_closed(&self) -> bool {
        self.ours == Closing::Closed
    }

    /// Whether the peer's close_notify was read.
    #[cfg(test)]
    pub(crate) fn is_closed_by_peer(&self) -> bool {
        self.theirs == Closing::Closed
    }

    /// Past the handshake and not failed. Whether our close_notify went out is no matter: what comes after it is sent, and not read.
    fn open(&mut self) -> Result<&mut Link, Error> {
        match (self.phase, &mut self.link) {
            (Phase::Failed, _) => Err(Error::Failed),
            (Phase::Open, Some(link)) => Ok(link),
            (Phase::Handshake | Phase::Open, _) => Err(Error::NotNow),
        }
    }

    fn flush(&mut self) {
        if let Some(link) = &mut self.link {
            self.output.extend(link.output());
        }
    }

    fn break_down(&mut self) {
        self.phase = Phase::Failed;
        self.link = None;
    }

    /// Has rustls read these records, and notes what happened.
    fn process(&mut self, records: &[u8]) {
        let Some(link) = &mut self.link else { return };
        let outcome = link.feed(records);
        let written = link.output();
        let from_server = match self.end {
            End::Client(_) => records,
            End::Server(_) => &written,
        };
        for (kind, body) in self.clear.follow(from_server, self.version == Version::Tls13) {
            self.heard(kind, &body);
        }
        self.output.extend(written);
        self.take_tickets();
        self.take_early();
        if self.phase == Phase::Handshake && outcome.is_ok() {
            self.complete();
        }
        self.take_rest(outcome);
    }

    /// A handshake message of the server that travels in clear.
    fn heard(&mut self, kind: u8, body: &[u8]) {
        match kind {
            SERVER_HELLO if is_retry(body) => {
                self.retried = true;
                self.events.push_back(Event::Retry);
                self.expect_another();
            }
            SERVER_HELLO => {
                let decided = match self.version {
                    Version::Tls12 => Decided { resumed: self.link.as_ref().is_some_and(Link::is_resumed), session_id: session_id(body) },
                    Version::Tls13 => Decided { resumed: takes_ticket(body), session_id: Vec::new() },
                };
                self.decided = Some(decided.clone());
                self.events.push_back(Event::Decided(decided));
            }
            NEW_SESSION_TICKET => {
                let mut body = Bytes(body);
                let hint = body.u32();
                self.ticket = hint.zip(body.vector(2)).map(|(hint, ticket)| (hint, ticket.to_vec()));
            }
            _ => {}
        }
    }

    /// Notes that the handshake is over, if it is.
    fn complete(&mut self) {
        let Some(link) = self.link.as_ref().filter(|link| !link.is_handshaking()) else { return };
        let (suite, peer_chain, early_data_taken) = (link.suite(), link.peer_chain(), link.is_early_data_taken());
        let Decided { resumed, session_id } = self.decided.clone().unwrap_or(Decided { resumed: false, session_id: Vec::new() });
        self.phase = Phase::Open;
        let (client_value, server_value) = (self.client_value(), self.server_value());
        let retried = self.retried;
        let completed = Completed { resumed, retried, session_id, client_value, server_value, early_data_taken, suite, peer_chain };
        self.events.push_back(Event::Completed(Box::new(completed)));
    }

    /// Notes what a client wrote before it was answered.
    fn take_early(&mut self) {
        let early = self.link.as_mut().map(Link::early_data).unwrap_or_default();
        if early.is_empty() {
            return;
        }
        if self.allows_early(early.len()) {
            self.events.push_back(Event::EarlyData(early));
        } else {
            self.fail(Alert::UNEXPECTED_MESSAGE);
            self.events.push_back(Event::Failed(Failure("the client wrote more early than it may".to_owned())));
        }
    }

    /// Notes application data, and what ends a connection.
    fn take_rest(&mut self, outcome: Result<(), rustls::Error>) {
        let Some(link) = &mut self.link else { return };
        let data = link.data();
        let closed = link.is_closed_by_peer();
        if !data.is_empty() {
            self.events.push_back(Event::Data(data));
        }
        match outcome {
            Ok(()) if closed => {
                self.theirs = Closing::Closed;
                self.events.push_back(Event::CloseNotify);
            }
            Ok(()) => {}
            Err(rustls::Error::AlertReceived(alert)) => {
                self.break_down();
                self.events.push_back(Event::Alert(Alert(alert.into())));
            }
            Err(error) => {
                self.break_down();
                self.events.push_back(Event::Failed(Failure(error.to_string())));
            }
        }
    }

    /// Whether what this end writes travels in clear, in its handshake.
    fn speaks_in_clear(&self) -> bool {
        match &self.end {
            End::Client(_) => self.decided.is_none(),
            End::Server(server) => self.link.is_none() || server.speaks_in_clear(),
        }
    }
}

/// The level of an alert that ends a connection.
const FATAL: u8 = 2;
/// A record that nobody can make sense of in the middle of a handshake.
const NONSENSE: &[u8] = &[23, 3, 3, 0, 1, 0];
