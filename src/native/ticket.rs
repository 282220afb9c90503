//! Tickets: what a server seals and sends.

use super::connection::{Connection, Stored};
use super::handshake::Over;
use super::seal::{Sealed, id_of_ticket, random};
use super::session::{Secret, Session, SessionId};
use super::settings::{Side, Tickets, Version};
use super::tls::{Alert, Sealing, ServerValue};

/// The longest lifetime that a TLS 1.3 ticket may have, seconds: a week.
const WEEK_S: u32 = 7 * 24 * 60 * 60;

impl Connection {
    /// How a TLS 1.2 ticket for this session is made.
    pub(super) fn sealing(&self, session: &Session) -> Sealing {
        let (context, session) = (self.context.clone(), session.look(Clone::clone));
        let lifetime_s = hint(Version::Tls12, session.timeout);
        let seal = move |value: &ServerValue| {
            context.keys().seal(&Sealed {
                version: session.version,
                time: session.time,
                timeout: session.timeout,
                sid_ctx: session.sid_ctx,
                value: value.as_bytes().to_vec(),
            })
        };
        Sealing { lifetime_s, seal: Box::new(seal) }
    }

    /// Sends the tickets that follow a TLS 1.3 handshake.
    pub(super) fn send_tickets(&mut self) -> Result<(), Over> {
        let all = self.settings.num_tickets;
        // after a resumption one is enough to go on
        let number = if self.reused { all.min(1) } else { all };
        (0..number).try_for_each(|_| self.send_ticket())
    }

    /// Sends one. Its session is the connection's own the first time, and one of its own afterwards.
    fn send_ticket(&mut self) -> Result<(), Over> {
        let own = self.session.clone().filter(|_| !self.reused && self.ticketed == 0);
        let is_own = own.is_some();
        let session = own.unwrap_or_else(|| match &self.session {
            Some(current) => current.successor(|content| {
                content.side = Some(Side::Server);
                content.marked = false;
                content.hint = 0;
            }),
            None => self.fresh_session(),
        });
        let Some(Ok(fresh)) = self.engine.as_mut().map(super::tls::Engine::make_ticket) else {
            return self.end_with(Alert::INTERNAL_ERROR);
        };
        let (ticket, stored) = self.make_ticket(&session, fresh.value());
        self.ticketed += 1;
        if !is_own {
            self.succeed(session.clone());
        }
        self.established(&session, stored);
        let lifetime_s = hint(Version::Tls13, session.timeout());
        let sent = self.engine.as_mut().map(|engine| engine.send_ticket(fresh, &ticket, lifetime_s));
        if matches!(sent, Some(Ok(()))) { Ok(()) } else { self.end_with(Alert::INTERNAL_ERROR) }
    }

    /// The session of a ticket is new from now on, and known by that ticket: a name, or itself under seal.
    fn make_ticket(&self, session: &Session, value: &ServerValue) -> (Vec<u8>, Stored) {
        let now = self.context.now();
        session.change(|content| {
            content.time = now;
            content.secret = Some(Secret::Server(value.clone()));
        });
        match self.settings.tickets {
            Tickets::Stateful => {
                let name: [u8; super::MAX_ID_BYTES] = random();
                session.change(|content| (content.id, content.own) = (SessionId::new(&name), None));
                (name.to_vec(), Stored::Inside)
            }
            Tickets::Stateless => {
                let Sealing { seal, .. } = self.sealing(session);
                let ticket = seal(value);
                session.change(|content| (content.id, content.own) = (id_of_ticket(&ticket), None));
                (ticket, Stored::InTicket)
            }
        }
    }
}

/// The lifetime hint of a ticket: the timeout of the session, within the limits of the protocol.
fn hint(version: Version, timeout_s: i64) -> u32 {
    let longest = match version {
        Version::Tls12 => u32::MAX,
        Version::Tls13 => WEEK_S,
    };
    u32::try_from(timeout_s.clamp(0, longest.into())).unwrap_or(longest)
}
