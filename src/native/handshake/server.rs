//! A server's half of the handshake.

use super::Over;
use crate::native::connection::{Connection, Phase, Stored};
use crate::native::context::Base;
use crate::native::session::{Secret, SessionId};
use crate::native::settings::{ShutdownState, Tickets, Verify, Version};
use crate::native::tls::{Alert, Answer, ClientCertificate, ClientHello, Completed, Gives, Resume};

impl Connection {
    /// A ClientHello is here: what it proposes is taken or refused, and the answer made.
    pub(super) fn hear_hello(&mut self, hello: &ClientHello) -> Result<(), Over> {
        let value = self.find(hello).and_then(|found| self.decide(found));
        let resumed = value.is_some();
        if !resumed {
            self.session = Some(self.fresh_session());
        }
        self.phase = Phase::Handshake;
        self.shutdown = ShutdownState::default();
        self.proposed = Self::is_proposed(hello);
        self.reused = resumed;
        let answer = Answer {
            resume: value.map(|value| Resume { identity: 0, value }),
            gives: self.gives(),
            renewal: None,
            certificate: match self.settings.verify {
                Verify::None => ClientCertificate::Ignored,
                Verify::Peer => ClientCertificate::Asked,
            },
        };
        let Base::Server(base) = self.context.base() else { return Err(Over) };
        let answered = self.engine.as_mut().is_some_and(|engine| engine.answer(base, answer).is_ok());
        if answered { Ok(()) } else { self.end_with(Alert::INTERNAL_ERROR) }
    }

    /// What a full TLS 1.2 handshake gives the client.
    fn gives(&self) -> Gives {
        match self.settings.tickets {
            Tickets::Stateless => Gives::Ticket,
            Tickets::Stateful if self.context.cache().mode().server => Gives::Id,
            Tickets::Stateful => Gives::Nothing,
        }
    }

    /// The ServerHello was made.
    pub(super) fn decided(&mut self, resumed: bool, session_id: &[u8]) {
        if self.reused && !resumed {
            // the two ends agree on another suite now: the session cannot be resumed
            self.reused = false;
            self.session = Some(self.fresh_session());
        }
        let id = SessionId::new(session_id).filter(|_| !session_id.is_empty() && self.version() == Version::Tls12);
        if let (Some(session), Some(id), false) = (&self.session, id, resumed) {
            session.change(|content| content.id = Some(id));
        }
    }

    /// A ticket follows a full TLS 1.2 handshake.
    pub(super) fn ticket_due(&mut self) -> Result<(), Over> {
        let sealing = self.session.clone().map(|session| self.sealing(&session));
        let given = self.engine.as_mut().is_some_and(|engine| engine.give_ticket(sealing).is_ok());
        if given { Ok(()) } else { self.end_with(Alert::INTERNAL_ERROR) }
    }

    /// The handshake is over, well: tickets follow in TLS 1.3, a session with an id is established in TLS 1.2.
    pub(super) fn server_is_done(&mut self, completed: &Completed) -> Result<(), Over> {
        match self.version() {
            Version::Tls13 => self.send_tickets()?,
            Version::Tls12 if !completed.resumed => {
                if let Some(session) = self.session.clone() {
                    let value = completed.server_value.clone();
                    session.change(|content| content.secret = value.map(Secret::Server));
                    self.established(&session, Stored::Inside);
                }
            }
            Version::Tls12 => {}
        }
        self.open(completed);
        Ok(())
    }

    /// This end gives the handshake up.
    pub(in crate::native) fn end_with(&mut self, alert: Alert) -> Result<(), Over> {
        self.fail_with(alert);
        Err(Over)
    }
}
