//! The words of the tests: two contexts, and two ends between which bytes are carried.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::native::tls::*;

/// The certificate of all servers here, and its key.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBCjCBsgIBATAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZzZXNzY2swIBcNMjAw
MTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBExDzANBgNVBAMMBnNlc3NjazBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABIEpPq8uqed5Qj3RAU2Zjm5FQPFUhTB3
Bvh5hl2SQYZLE8VIXNiHgrdr0nsu6i5D8fIThqEQeBkLkVcXmY0RM2AwCgYIKoZI
zj0EAwIDRwAwRAIgO12oxXVTaFPkbVc7fAVEECdb+36JIr1QSayF/4xi6EICIDcN
J0SgeJ9yb6B6z+kmdArvcG6cMCtcYJoisjA9BdS5
-----END CERTIFICATE-----
";
const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXbb3IBTApxs51Q3M
b3G5zQxlXXmIh1iXFBr7fpNwxAehRANCAASBKT6vLqnneUI90QFNmY5uRUDxVIUw
dwb4eYZdkkGGSxPFSFzYh4K3a9J7LuouQ/HyE4ahEHgZC5FXF5mNETNg
-----END PRIVATE KEY-----
";

/// A clock that the test turns.
#[derive(Debug)]
pub(super) struct Hand(pub(super) AtomicU64);

impl Clock for Hand {
    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

pub(in crate::native) fn credentials() -> Credentials {
    Credentials::from_pem(CERTIFICATE, KEY).expect("the certificate is ours")
}

/// A client context and a server context.
pub(super) struct World {
    pub(super) client: ClientBase,
    pub(super) server: ServerBase,
    pub(super) clock: Arc<Hand>,
}

impl World {
    pub(super) fn new(version: Version) -> Self {
        Self::with_groups(version, Group::PRESET)
    }

    /// The server takes these groups.
    pub(super) fn with_groups(version: Version, groups: &[Group]) -> Self {
        let clock = Arc::new(Hand(AtomicU64::new(1_000)));
        let trust = Trust::Certificate(credentials().certificate().to_vec());
        let client = ClientBase::new(version, clock.clone(), &trust, Group::PRESET).expect("a client");
        let server = ServerBase::new(version, clock.clone(), credentials(), groups).expect("a server");
        Self { client, server, clock }
    }

    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    pub(super) fn advance(&self, seconds: u64) {
        self.clock.0.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(super) fn turn_to(&self, seconds: u64) {
        self.clock.0.store(seconds, Ordering::Relaxed);
    }

    /// Two ends with nothing said.
    pub(super) fn pair(&self, setup: &ClientSetup<'_>) -> Pair {
        let client = Engine::client(&self.client, setup).expect("a client");
        Pair { client, server: Engine::server(&self.server), base: self.server.clone(), log: Vec::new() }
    }

    /// Two ends, the client of which offers this.
    pub(super) fn offering(&self, offer: Option<&ClientValue>) -> Pair {
        self.pair(&ClientSetup { offer, ..ClientSetup::default() })
    }
}

/// Two ends of a transport.
pub(super) struct Pair {
    pub(super) client: Engine,
    pub(super) server: Engine,
    base: ServerBase,
    /// What happened, without what was carried along.
    pub(super) log: Vec<(Side, Event)>,
}

impl Pair {
    /// Carries bytes both ways, and pulls events, until the server is asked something or nothing moves. The event that asks.
    pub(super) fn run(&mut self) -> Option<Event> {
        loop {
            let before = self.log.len();
            let sent = self.carry();
            while let Some(event) = self.client.next() {
                self.log.push((Side::Client, event));
            }
            while let Some(event) = self.server.next() {
                self.log.push((Side::Server, event.clone()));
                if matches!(event, Event::Hello(_) | Event::TicketDue) {
                    return Some(event);
                }
            }
            if sent == 0 && before == self.log.len() {
                return None;
            }
        }
    }

    /// Carries what is to be sent. How much that was.
    pub(super) fn carry(&mut self) -> usize {
        let (up, down) = (self.client.output(), self.server.output());
        self.server.feed(&up);
        self.client.feed(&down);
        up.len() + down.len()
    }

    /// Runs up to the ClientHello.
    #[track_caller]
    pub(super) fn hello(&mut self) -> ClientHello {
        match self.run() {
            Some(Event::Hello(hello)) => *hello,
            other => panic!("a ClientHello was to come, not {other:?}: {:?}", self.log),
        }
    }

    #[track_caller]
    pub(super) fn answer(&mut self, answer: Answer) {
        self.server.answer(&self.base, answer).expect("an answer is due");
    }

    #[track_caller]
    pub(super) fn answer_and_fail(&mut self, answer: Answer, alert: Alert) {
        self.server.answer_and_fail(&self.base, answer, alert).expect("an answer is due");
    }

    /// A whole handshake with this answer.
    #[track_caller]
    pub(super) fn complete(&mut self, answer: Answer) -> [Completed; 2] {
        self.hello();
        self.answer(answer);
        assert_eq!(self.run(), None);
        self.completed()
    }

    /// What came of the handshake at the client and at the server.
    #[track_caller]
    pub(super) fn completed(&self) -> [Completed; 2] {
        [Side::Client, Side::Server].map(|side| {
            let found = self.of(side).find_map(|event| if let Event::Completed(completed) = event { Some(completed) } else { None });
            *found.unwrap_or_else(|| panic!("{side:?} has not completed: {:?}", self.log)).clone()
        })
    }

    /// What happened at one end.
    pub(super) fn of(&self, side: Side) -> impl Iterator<Item = &Event> {
        self.log.iter().filter(move |(at, _)| *at == side).map(|(_, event)| event)
    }

    /// The tickets that a TLS 1.3 client has read.
    pub(super) fn tickets(&self) -> Vec<ClientValue> {
        self.of(Side::Client).filter_map(|event| if let Event::Ticket(value) = event { Some(value.clone()) } else { None }).collect()
    }

    /// The server sends a ticket with these bytes; what it keeps.
    #[track_caller]
    pub(super) fn send_ticket(&mut self, ticket: impl FnOnce(&ServerValue) -> Vec<u8>) -> ServerValue {
        let fresh = self.server.make_ticket().expect("the handshake is over");
        let value = fresh.value().clone();
        self.server.send_ticket(fresh, &ticket(&value), 300).expect("the connection is open");
        assert_eq!(self.run(), None);
        value
    }

    /// The last that happened at one end.
    #[track_caller]
    pub(super) fn last(&self, side: Side) -> &Event {
        self.of(side).last().expect("something happened there")
    }
}

/// What resumes the first proposal.
pub(super) fn resuming(value: &ServerValue) -> Answer {
    Answer { resume: Some(Resume { identity: 0, value: value.clone() }), ..Answer::default() }
}

/// Seals by turning each byte over.
pub(super) fn sealing() -> Sealing {
    Sealing { lifetime_s: 300, seal: Box::new(seal) }
}

pub(super) fn seal(value: &ServerValue) -> Vec<u8> {
    value.as_bytes().iter().map(|byte| !byte).collect()
}

pub(super) fn unseal(ticket: &[u8]) -> ServerValue {
    ServerValue::from_bytes(ticket.iter().map(|byte| !byte).collect())
}
