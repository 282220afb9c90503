//! What is a server's own.

use std::sync::Arc;

use rustls::ContentType;

use super::{End, Engine};
use crate::native::tls::base::ServerBase;
use crate::native::tls::bytes::put_vector;
use crate::native::tls::desk::Desk;
use crate::native::tls::hello::EARLY_DATA;
use crate::native::tls::link::Link;
use crate::native::tls::records::{self, CHANGE_CIPHER_SPEC, CLIENT_HELLO, HANDSHAKE, Messages, NEW_SESSION_TICKET, alert_record};
use crate::native::tls::tap::Tap;
use crate::native::tls::value::ServerValue;
use crate::native::tls::{
    Alert, Answer, ClientCertificate, ClientHello, Error, Event, FreshTicket, Gives, Phase, Resume, Sealing, Version,
};

/// A server, besides what both ends have.
pub(super) struct Server {
    base: ServerBase,
    desk: Arc<Desk>,
    tap: Arc<Tap>,
    stage: Stage,
    /// The records of a ClientHello that rustls has not read.
    held: Vec<u8>,
    hello: Messages,
    /// How many tickets of TLS 1.3 were made.
    made: u64,
    early_data_left: u32,
}

/// What a server does next.
enum Stage {
    /// It waits for a ClientHello.
    Listening,
    /// It waits to be told what it answers.
    Asked(Box<ClientHello>),
    /// It leaves the rest to rustls.
    Running,
    /// The same, and before the client's Finished it asks for a ticket.
    Promising(Promise),
    /// It waits for a ticket.
    TicketDue,
}

/// How far a client is before the ticket that it was promised.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    BeforeChange,
    AfterChange,
}

/// A ClientHello is not longer than this.
const LONGEST_HELLO: usize = 1 << 16;
/// How much a server passes over of what a client writes early in vain.
const PASSED_OVER: u32 = 1 << 14;

impl Server {
    /// Whether what it writes travels in clear.
    pub(super) fn speaks_in_clear(&self) -> bool {
        match self.stage {
            Stage::Listening | Stage::Asked(_) | Stage::TicketDue | Stage::Promising(_) => true,
            Stage::Running => false,
        }
    }
}

impl Engine {
    /// A server, which waits for a ClientHello.
    pub(crate) fn server(base: &ServerBase) -> Self {
        let (desk, tap) = (Arc::new(Desk::new(base.version())), Arc::default());
        let (held, hello) = (Vec::new(), Messages::default());
        let server = Server { base: base.clone(), desk, tap, stage: Stage::Listening, held, hello, made: 0, early_data_left: 0 };
        Self::new(base.version(), End::Server(server))
    }

    /// A server answers a ClientHello. The certificate is that of the base given, all else goes by the base that the engine was made of.
    pub(crate) fn answer(&mut self, base: &ServerBase, answer: Answer) -> Result<(), Error> {
        let version = self.version;
        let server = self.waiting_server()?;
        let Stage::Asked(hello) = std::mem::replace(&mut server.stage, Stage::Running) else { return Err(Error::NotNow) };
        let welcome = hello.ticket.is_some();
        let promises = version == Version::Tls12 && answer.gives == Gives::Ticket && welcome;
        {
            let mut laid_out = server.desk.laid_out();
            laid_out.certificate = Some(base.certificate());
            laid_out.resume = answer.resume.and_then(|resume| laid_out_for(version, &hello, resume));
            laid_out.gives = if answer.gives == Gives::Ticket && !welcome { Gives::Nothing } else { answer.gives };
            laid_out.sealing = answer.renewal.filter(|_| welcome);
        }
        server.early_data_left = answer.early_data_limit;
        server.tap.state().asks = answer.certificate == ClientCertificate::Asked;
        if let Err(error) = self.hand_over() {
            self.break_down();
            return Err(error);
        }
        let full = self.decided.as_ref().is_some_and(|decided| !decided.resumed);
        if let End::Server(server) = &mut self.end
            && promises
            && full
        {
            server.stage = Stage::Promising(Promise::BeforeChange);
        }
        Ok(())
    }

    /// A TLS 1.2 server that answers begins to resume, and fails after its ServerHello.
    pub(crate) fn answer_and_fail(&mut self, base: &ServerBase, answer: Answer, alert: Alert) -> Result<(), Error> {
        if self.version != Version::Tls12 {
            return Err(Error::NotNow);
        }
        let before = self.output.len();
        self.answer(base, answer)?;
        if self.phase == Phase::Failed {
            return Ok(());
        }
        let hello = records::record_length(&self.output[before..]).unwrap_or_default();
        self.output.truncate(before + hello);
        self.output.extend(alert_record(alert.0));
        self.break_down();
        Ok(())
    }

    /// A TLS 1.2 server makes the ticket that is due. `None`: there are no keys for one, and the client is sent an empty one.
    pub(crate) fn give_ticket(&mut self, sealing: Option<Sealing>) -> Result<(), Error> {
        let server = self.waiting_server()?;
        let Stage::TicketDue = server.stage else { return Err(Error::NotNow) };
        server.stage = Stage::Running;
        server.desk.laid_out().sealing = sealing;
        Ok(())
    }

    /// A TLS 1.3 server makes a ticket, which nothing was sent of.
    pub(crate) fn make_ticket(&mut self) -> Result<FreshTicket, Error> {
        self.open()?;
        let End::Server(server) = &mut self.end else { return Err(Error::NotNow) };
        if self.version != Version::Tls13 {
            return Err(Error::NotNow);
        }
        let nonce = server.made.to_be_bytes().to_vec();
        server.made += 1;
        let age_add = server.base.random()?;
        let pattern = server.desk.laid_out().kept.clone().ok_or(Error::TicketsUnwelcome)?;
        let psk = server.tap.ticket_psk(&nonce).ok_or(Error::TicketsUnwelcome)?;
        let value = pattern.sibling(&psk, server.base.now(), age_add);
        let value = value.ok_or_else(|| Error::Refused("what a ticket is made like has another form".to_owned()))?;
        Ok(FreshTicket { value, nonce, age_add, early_data_limit: 0 })
    }

    /// A TLS 1.3 server sends a ticket: the bytes that a client will present, and for how long it is told that they are good.
    pub(crate) fn send_ticket(&mut self, fresh: FreshTicket, ticket: &[u8], lifetime_s: u32) -> Result<(), Error> {
        let link = self.open()?;
        if ticket.is_empty() || ticket.len() > usize::from(u16::MAX) {
            return Err(Error::TicketLength(ticket.len()));
        }
        let mut body = lifetime_s.to_be_bytes().to_vec();
        body.extend_from_slice(&fresh.age_add.to_be_bytes());
        put_vector(&mut body, 1, &fresh.nonce);
        put_vector(&mut body, 2, ticket);
        put_vector(&mut body, 2, &early_data_extension(fresh.early_data_limit));
        let mut message = vec![NEW_SESSION_TICKET];
        put_vector(&mut message, 3, &body);
        link.write_as(ContentType::Handshake, &message)?;
        self.flush();
        Ok(())
    }

    /// What came of a TLS 1.2 handshake.
    pub(super) fn server_value(&mut self) -> Option<ServerValue> {
        match &self.end {
            End::Server(server) if self.version == Version::Tls12 => server.desk.laid_out().kept.take(),
            End::Server(_) | End::Client(_) => None,
        }
    }

    /// Whether the layer above is asked for something.
    pub(super) fn is_waiting(&self) -> bool {
        match &self.end {
            End::Server(server) => matches!(server.stage, Stage::Asked(_) | Stage::TicketDue),
            End::Client(_) => false,
        }
    }

    /// Whether the client's Finished is next and a ticket is to be made for it. It is asked for.
    pub(super) fn ticket_is_due(&mut self) -> bool {
        let End::Server(server) = &mut self.end else { return false };
        let Stage::Promising(promise) = server.stage else { return false };
        match (promise, self.incoming.next_kind()) {
            (Promise::BeforeChange, Some(CHANGE_CIPHER_SPEC)) => server.stage = Stage::Promising(Promise::AfterChange),
            (Promise::AfterChange, Some(HANDSHAKE)) => {
                server.stage = Stage::TicketDue;
                return true;
            }
            (Promise::BeforeChange | Promise::AfterChange, _) => {}
        }
        false
    }

    /// A server that listens takes a record that may be of a ClientHello. Whether it did.
    pub(super) fn listen(&mut self, record: &[u8]) -> bool {
        let End::Server(server) = &mut self.end else { return false };
        let Stage::Listening = server.stage else { return false };
        // the ChangeCipherSpec of a client in its middlebox disguise, and what it wrote early, are passed over by rustls
        if self.retried && record[0] != HANDSHAKE {
            return false;
        }
        server.held.extend_from_slice(record);
        if record[0] == HANDSHAKE {
            server.hello.add(record.get(5..).unwrap_or_default());
        }
        let message = server.hello.next();
        let unfinished = record[0] == HANDSHAKE && message.is_none() && server.hello.pending() < LONGEST_HELLO;
        if unfinished {
            return true;
        }
        let hello = message.filter(|(kind, _)| *kind == CLIENT_HELLO).and_then(|(_, body)| ClientHello::parse(&body));
        let hello = hello.filter(|hello| hello.speaks(server.base.version()));
        self.hear(hello);
        true
    }

    /// A server has heard a ClientHello of its version, or something that is for rustls to refuse.
    fn hear(&mut self, hello: Option<ClientHello>) {
        let End::Server(server) = &mut self.end else { return };
        let hello = hello.map(|hello| hello.with_repeated(self.retried));
        let Some(hello) = hello.filter(|hello| self.version == Version::Tls12 || !hello.wants_retry(server.base.groups())) else {
            server.stage = Stage::Running;
            server.desk.laid_out().certificate = Some(server.base.certificate());
            if let Err(error) = self.hand_over() {
                self.break_down();
                self.events.push_back(Event::Failed(super::Failure(error.to_string())));
            }
            return;
        };
        server.stage = Stage::Asked(Box::new(hello.clone()));
        self.events.push_back(Event::Hello(Box::new(hello)));
    }

    /// Whether a client may write so much more early.
    pub(super) fn allows_early(&mut self, length: usize) -> bool {
        let End::Server(server) = &mut self.end else { return false };
        let left = u32::try_from(length).ok().and_then(|length| server.early_data_left.checked_sub(length));
        server.early_data_left = left.unwrap_or_default();
        left.is_some()
    }

    /// A server that asked for another ClientHello listens again.
    pub(super) fn expect_another(&mut self) {
        if let End::Server(server) = &mut self.end {
            server.stage = Stage::Listening;
        }
    }

    /// Gives rustls the records that were held back.
    fn hand_over(&mut self) -> Result<(), Error> {
        let End::Server(server) = &mut self.end else { return Err(Error::NotNow) };
        let held = std::mem::take(&mut server.held);
        if self.link.is_none() {
            let mut config = server.base.config();
            // rustls passes over as much as it takes, and counts in what encryption adds
            config.max_early_data_size = if server.early_data_left > 0 { server.early_data_left.max(PASSED_OVER) } else { 0 };
            config.session_storage = Arc::clone(&server.desk) as _;
            config.ticketer = Arc::clone(&server.desk) as _;
            config.cert_resolver = Arc::clone(&server.desk) as _;
            self.link = Some(Link::server(config, Arc::clone(&server.tap))?);
        }
        self.process(&held);
        Ok(())
    }

    /// The server, where it waits for the layer above.
    fn waiting_server(&mut self) -> Result<&mut Server, Error> {
        match &mut self.end {
            _ if self.phase == Phase::Failed => Err(Error::Failed),
            End::Server(server) if matches!(server.stage, Stage::Asked(_) | Stage::TicketDue) => Ok(server),
            End::Server(_) | End::Client(_) => Err(Error::NotNow),
        }
    }
}

/// The extensions of a ticket, RFC 8446 section 4.6.1.
fn early_data_extension(limit: u32) -> Vec<u8> {
    let mut extensions = Vec::new();
    if limit > 0 {
        extensions.extend_from_slice(&EARLY_DATA.to_be_bytes());
        put_vector(&mut extensions, 2, &limit.to_be_bytes());
    }
    extensions
}

/// A resumption as rustls finds it: by what was presented, with the host name of now.
fn laid_out_for(version: Version, hello: &ClientHello, resume: Resume) -> Option<(Vec<u8>, Vec<u8>)> {
    let presented = match version {
        Version::Tls12 => hello.ticket.as_ref().filter(|ticket| !ticket.is_empty()).unwrap_or(&hello.session_id),
        Version::Tls13 => hello.identities.get(resume.identity)?,
    };
    Some((presented.clone(), resume.value.for_rustls(hello.host_name.as_deref())))
}
