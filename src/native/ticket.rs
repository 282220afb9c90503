//! Tickets: what a server seals and sends.

use super::connection::{Connection, Phase, Stored};
use super::error::Error;
use super::faults::Fault;
use super::handshake::Over;
use super::seal::{Sealed, TicketKeys, id_of_ticket, random};
use super::session::{MAX_ID_BYTES, Secret, Session, SessionId};
use super::settings::{Side, Version};
use super::ticket_callbacks::{Renewal, Seals};
use super::tls::{self, Alert, Engine, Sealing, ServerValue};
use super::transport::Writing;

/// The longest lifetime that a TLS 1.3 ticket may have, seconds: a week.
const WEEK_S: u32 = 7 * 24 * 60 * 60;

impl Connection {
    /// Asks for one more ticket on a server of TLS 1.3 that is open, `SSL_new_session_ticket`. It is sent by the next call that writes: by
    /// [`Connection::write`], or by [`Connection::do_handshake`].
    ///
    /// # Errors
    /// Where no ticket can be sent on this connection.
    pub fn ask_ticket(&mut self) -> Result<(), Error> {
        if (self.side(), self.version(), self.phase) != (Side::Server, Version::Tls13, Phase::Open) || self.shutdown.sent {
            return Err(Error::NotOpen);
        }
        self.asked += 1;
        Ok(())
    }

    /// Makes the tickets that were asked for, ready to be sent.
    pub(super) fn make_asked(&mut self) -> Result<(), Error> {
        for _ in 0..std::mem::take(&mut self.asked) {
            self.send_ticket()?;
        }
        Ok(())
    }

    /// Sends the last flight of a handshake, or tickets that were asked for. A TLS 1.3 server whose client has left before these came is
    /// done all the same: what that sent before can still be read.
    pub(super) fn send_last(&mut self) -> Result<(), Error> {
        let tickets_only = (self.side(), self.version()) == (Side::Server, Version::Tls13);
        match self.send_output() {
            Writing::Done => Ok(()),
            Writing::Blocked => Err(Error::Blocked),
            Writing::Broken => match &mut self.line {
                Some(line) if tickets_only && line.is_deserted() => {
                    line.forget_outgoing();
                    Ok(())
                }
                Some(_) | None => {
                    self.fail();
                    Err(Error::Transport)
                }
            },
        }
    }

    /// How a TLS 1.2 ticket for this session is made; none where there are no keys for one.
    pub(super) fn sealing(&self, session: &Session) -> Result<Option<Sealing>, Over> {
        let seals = self.ask_for_ticket(session, true)?;
        let (home, sealed) = (self.home.clone(), sealed(session));
        let lifetime_s = hint(Version::Tls12, sealed.timeout);
        let with = move |keys: &TicketKeys, value: &ServerValue| keys.seal(&Sealed { value: value.as_bytes().to_vec(), ..sealed });
        Ok(match seals {
            Seals::Own => Some(Sealing { lifetime_s, seal: Box::new(move |value| with(home.keys(), value)) }),
            Seals::Application(keys) => Some(Sealing { lifetime_s, seal: Box::new(move |value| with(&keys, value)) }),
            Seals::Nothing => None,
        })
    }

    /// Sends the tickets that follow a TLS 1.3 handshake.
    pub(super) fn send_tickets(&mut self) -> Result<(), Over> {
        let all = self.settings.num_tickets;
        let number = match std::mem::take(&mut self.renewal) {
            _ if self.reused && self.has(Fault::ResumptionSendsAll) => all,
            Renewal::Preset | Renewal::Due if !self.reused => all,
            // after a resumption one is enough to go on
            Renewal::Preset | Renewal::Due => all.min(1),
            Renewal::Spared => 0,
        };
        (0..number).try_for_each(|_| self.send_ticket())
    }

    /// Sends one. Its session is the connection's own the first time, and one of its own afterwards.
    fn send_ticket(&mut self) -> Result<(), Over> {
        let own = self.session.clone().filter(|_| !self.reused && self.ticketed == 0);
        let is_own = own.is_some();
        let session = own.unwrap_or_else(|| self.next_session());
        let seals = self.ask_for_ticket(&session, !self.settings.is_stateful(Version::Tls13));
        let seals = seals.map_err(|over| self.fail_sealing(&session, over))?;
        let keys = match seals {
            Seals::Own => None,
            Seals::Application(keys) => Some(keys),
            Seals::Nothing => return Ok(()),
        };
        let fresh = self.engine.as_mut().map_or(Err(tls::Error::NotNow), Engine::make_ticket);
        let fresh = fresh.map_err(|error| self.end_internally(error))?;
        let fresh = fresh.allowing_early_data(self.settings.max_early_data);
        let (ticket, stored) = self.make_ticket(&session, fresh.value(), keys.as_deref());
        self.ticketed += 1;
        if !is_own {
            self.succeed(session.clone());
        }
        self.established(&session, stored);
        let lifetime_s = hint(Version::Tls13, session.timeout());
        drop(session);
        let sent = self.engine.as_mut().map_or(Err(tls::Error::NotNow), |engine| engine.send_ticket(fresh, &ticket, lifetime_s));
        sent.map_err(|error| self.end_internally(error))
    }

    /// A session that continues the current one.
    fn next_session(&self) -> Session {
        match &self.session {
            Some(current) => current.successor(|content| {
                content.side = Some(Side::Server);
                content.marked = content.marked && self.has(Fault::TicketInheritsMark);
                content.hint = 0;
            }),
            None => self.fresh_session(),
        }
    }

    /// A callback fails while a ticket is made: its session is the connection's, and the connection fails.
    fn fail_sealing(&mut self, session: &Session, over: Over) -> Over {
        let now = self.home.now();
        let name: [u8; MAX_ID_BYTES] = random();
        session.change(|content| {
            content.time = now;
            (content.id, content.own) = (SessionId::new(&name), None);
        });
        self.session = Some(session.clone());
        self.end_with(Alert::INTERNAL_ERROR, over)
    }

    /// The session of a ticket is new from now on, and known by that ticket: a name, or itself under seal.
    fn make_ticket(&self, session: &Session, value: &ServerValue, keys: Option<&TicketKeys>) -> (Vec<u8>, Stored) {
        let now = self.home.now();
        session.change(|content| {
            content.time = now;
            content.secret = Some(Secret::Server(value.clone()));
        });
        if self.settings.is_stateful(Version::Tls13) {
            let name: [u8; MAX_ID_BYTES] = random();
            session.change(|content| (content.id, content.own) = (SessionId::new(&name), None));
            return (name.to_vec(), Stored::Inside);
        }
        let keys = keys.unwrap_or(self.home.keys());
        let ticket = keys.seal(&Sealed { value: value.as_bytes().to_vec(), ..sealed(session) });
        session.change(|content| (content.id, content.own) = (id_of_ticket(&ticket), None));
        (ticket, Stored::InTicket)
    }
}

/// What of a session travels in its ticket, besides what rustls needs.
fn sealed(session: &Session) -> Sealed {
    session.look(|content| Sealed {
        version: content.version,
        time: content.time,
        timeout: content.timeout,
        sid_ctx: content.sid_ctx,
        value: Vec::new(),
    })
}

/// The lifetime hint of a ticket: the timeout of the session, within the limits of the protocol.
fn hint(version: Version, timeout_s: i64) -> u32 {
    let longest = match version {
        Version::Tls12 => u32::MAX,
        Version::Tls13 => WEEK_S,
    };
    u32::try_from(timeout_s.clamp(0, longest.into())).unwrap_or(longest)
}
