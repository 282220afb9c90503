//! A server's half of the handshake.

use super::Over;
use super::search::Search;
use crate::native::callbacks::Resumption;
use crate::native::connection::{Connection, Phase, Stored};
use crate::native::context::Base;
use crate::native::faults::Fault;
use crate::native::session::{Secret, SessionId};
use crate::native::settings::{ShutdownState, Tickets, Verify, Version};
use crate::native::ticket_callbacks::Renewal;
use crate::native::tls::{self, Alert, Answer, ClientCertificate, ClientHello, Completed, Gives, Resume, Sealing};

impl Connection {
    /// A ClientHello is here: what it proposes is taken or refused, and the answer made.
    pub(super) fn hear_hello(&mut self, hello: &ClientHello) -> Result<(), Over> {
        let search = self.find(hello)?;
        let found = !matches!(search, Search::Nothing);
        let value = match search {
            Search::Found(found) => self.decide(found),
            Search::Unfit | Search::Nothing => None,
        };
        if found && value.is_none() && self.has(Fault::MisfitIsFatal) {
            return Err(self.end_with(Alert::HANDSHAKE_FAILURE, Over::Engine(tls::Error::Failed)));
        }
        let resumed = value.is_some();
        if !resumed {
            self.session = Some(self.fresh_session());
        }
        self.phase = Phase::Handshake;
        self.shutdown = ShutdownState::default();
        self.proposed = Self::proposes(hello);
        self.reused = resumed;
        self.ask_server_name(hello.host_name.as_deref())?;
        self.forbidden = !resumed && self.is_never_to_be_resumed();
        let renewed = resumed && self.version() == Version::Tls12 && std::mem::take(&mut self.renewal) == Renewal::Due;
        let renewal = if renewed { self.renewed() } else { Ok(None) };
        let (renewal, broken_off) = match renewal {
            Ok(sealing) => (sealing, None),
            Err(over) => (None, Some(over)),
        };
        let answer = Answer {
            resume: value.map(|value| Resume { identity: 0, value }),
            gives: self.gives(),
            renewal,
            certificate: match self.settings.verify {
                Verify::None => ClientCertificate::Ignored,
                Verify::Peer => ClientCertificate::Asked,
            },
            early_data_limit: if self.version() == Version::Tls13 { self.settings.max_early_data } else { 0 },
        };
        self.answer(answer, broken_off)
    }

    fn answer(&mut self, answer: Answer, broken_off: Option<Over>) -> Result<(), Over> {
        let Base::Server(base) = self.context().base() else { return Err(self.end_internally(tls::Error::NotNow)) };
        let Some(engine) = &mut self.engine else { return Err(Over::Engine(tls::Error::NotNow)) };
        let answered = match broken_off {
            Some(_) => engine.answer_and_fail(&base, answer, Alert::INTERNAL_ERROR),
            None => engine.answer(&base, answer),
        };
        match (answered, broken_off) {
            (Ok(()), Some(over)) => {
                self.fail();
                Err(over)
            }
            (Ok(()), None) => Ok(()),
            (Err(error), _) => Err(self.end_internally(error)),
        }
    }

    /// The ticket that comes with a resumption of TLS 1.2.
    fn renewed(&self) -> Result<Option<Sealing>, Over> {
        match &self.session {
            Some(session) => self.sealing(session),
            None => Ok(None),
        }
    }

    /// Asks the not-resumable callback about the session that was just made.
    fn is_never_to_be_resumed(&self) -> bool {
        let forbids = self.settings.not_resumable.as_ref().is_some_and(|callback| callback(self) == Resumption::Forbidden);
        if let (Some(session), true) = (&self.session, forbids) {
            session.mark();
        }
        forbids
    }

    /// What a full TLS 1.2 handshake gives the client.
    fn gives(&self) -> Gives {
        match self.settings.tickets {
            _ if self.forbidden => Gives::Nothing,
            Tickets::Stateless if self.renewal != Renewal::Spared => Gives::Ticket,
            Tickets::Stateless | Tickets::Stateful if self.home.cache().mode().server => Gives::Id,
            Tickets::Stateless | Tickets::Stateful => Gives::Nothing,
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
        self.renewal = Renewal::Preset;
        let Some(session) = self.session.clone() else { return Err(Over::Engine(tls::Error::NotNow)) };
        let sealing = self.sealing(&session);
        drop(session);
        let sealing = sealing.map_err(|over| self.end_with(Alert::INTERNAL_ERROR, over))?;
        let given = self.engine.as_mut().map_or(Err(tls::Error::NotNow), |engine| engine.give_ticket(sealing));
        given.map_err(|error| self.end_internally(error))
    }

    /// The handshake is over, well: tickets follow in TLS 1.3, a session with an id is established in TLS 1.2.
    pub(super) fn server_is_done(&mut self, completed: &Completed) -> Result<(), Over> {
        match self.version() {
            Version::Tls13 if self.forbidden => {}
            Version::Tls13 => self.send_tickets()?,
            Version::Tls12 if !completed.resumed => {
                self.renewal = Renewal::Preset;
                if let Some(session) = self.session.clone() {
                    let value = completed.server_value.clone();
                    session.change(|content| content.secret = value.map(Secret::Server));
                    self.established(&session, Stored::Inside);
                }
            }
            Version::Tls12 => {}
        }
        self.open(completed, None);
        Ok(())
    }

    /// This end gives the connection up.
    pub(in crate::native) fn end_with(&mut self, alert: Alert, over: Over) -> Over {
        self.fail_with(alert);
        over
    }

    /// The same, where the engine does not do what it should.
    pub(in crate::native) fn end_internally(&mut self, error: tls::Error) -> Over {
        self.end_with(Alert::INTERNAL_ERROR, Over::Engine(error))
    }
}
