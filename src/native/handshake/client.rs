//! A client's half of the handshake.

use crate::native::connection::{Connection, Phase, Stored};
use crate::native::context::Base;
use crate::native::error::Error;
use crate::native::seal::id_of_ticket;
use crate::native::session::{Content, Origin, Secret, Session, SessionId};
use crate::native::settings::{ShutdownState, Tickets, Version};
use crate::native::tls::{self, ClientSetup, ClientValue, Completed, Engine};

impl Connection {
    /// Sends the ClientHello. A client without anything to propose begins with a session object that cannot be resumed.
    pub(super) fn say_hello(&mut self) -> Result<(), Error> {
        let version = self.version();
        let fits = |content: &Content| content.origin == Origin::Negotiated && content.version == version;
        let kept = self.session.clone().filter(|session| session.is_resumable() && session.look(fits));
        let id = kept.as_ref().and_then(Session::id);
        let offer = match &kept {
            Some(session) => self.offer(session),
            None => {
                self.session = Some(self.fresh_session());
                None
            }
        };
        self.phase = Phase::Handshake;
        self.shutdown = ShutdownState::default();
        self.proposed = offer.is_some();
        let welcome = match self.settings.tickets {
            Tickets::Stateless => tls::Tickets::Welcome,
            Tickets::Stateful => tls::Tickets::Unwelcome,
        };
        let early_data = if self.announces_early { tls::EarlyData::Announced } else { tls::EarlyData::Withheld };
        let session_id = id.as_ref().map(SessionId::as_bytes);
        let setup = ClientSetup { host_name: self.host_name.as_deref(), offer: offer.as_ref(), session_id, tickets: welcome, early_data };
        let Base::Client(base) = &self.base else { return Err(Error::NotOpen) };
        let engine = Engine::client(base, &setup).or_else(|error| {
            // what rustls cannot propose is not proposed, and the handshake is a full one
            let without = setup.offer.is_some().then_some(ClientSetup { offer: None, ..setup });
            self.proposed = false;
            without.map_or(Err(error), |without| Engine::client(base, &without))
        });
        match engine {
            Ok(engine) => {
                self.engine = Some(engine);
                Ok(())
            }
            Err(error) => {
                self.fail();
                Err(error.into())
            }
        }
    }

    /// What a client says of the session that it has; nothing where that is expired.
    fn offer(&self, session: &Session) -> Option<ClientValue> {
        let now = self.home.now();
        session.look(|content| match &content.secret {
            Some(Secret::Client(value)) if !content.is_expired(now) => Some(value.clone()),
            Some(Secret::Client(_) | Secret::Server(_)) | None => None,
        })
    }

    /// The server's answer is here.
    pub(super) fn answered(&mut self, resumed: bool, session_id: &[u8]) {
        // some servers take what was not proposed for resumed; that handshake fails
        let resumed = resumed && self.proposed;
        self.reused = resumed;
        if resumed {
            return;
        }
        // a session that was not resumed makes way
        let named = |session: &Session| session.id().is_some() && session.look(|content| content.origin == Origin::Negotiated);
        if self.session.as_ref().is_none_or(named) {
            self.session = Some(self.fresh_session());
        }
        let id = SessionId::new(session_id).filter(|_| self.version() == Version::Tls12 && !session_id.is_empty());
        if let (Some(session), Some(id)) = (&self.session, id) {
            session.change(|content| content.id = Some(id));
        }
    }

    /// The handshake is over, well.
    pub(super) fn client_is_done(&mut self, completed: &Completed) {
        let resumed = self.session.clone().filter(|_| completed.resumed);
        match (self.version(), &completed.client_value) {
            (Version::Tls12, Some(value)) if completed.resumed => {
                self.take_renewed(value);
                self.open(completed, resumed.as_ref());
            }
            (Version::Tls12, Some(value)) => {
                let session = self.session.clone();
                if let Some(session) = &session {
                    self.take_value(session, value);
                }
                self.open(completed, None);
                if let Some(session) = session {
                    self.established(&session, Stored::Inside);
                }
            }
            (Version::Tls12 | Version::Tls13, _) => self.open(completed, resumed.as_ref()),
        }
    }

    /// What came of a full TLS 1.2 handshake.
    fn take_value(&self, session: &Session, value: &ClientValue) {
        let now = self.home.now();
        session.change(|content| {
            if value.has_ticket() {
                content.id = id_of_ticket(value.identity());
                content.time = now;
                content.hint = value.lifetime_hint_s();
            }
            content.secret = Some(Secret::Client(value.clone()));
        });
    }

    /// A ticket came while a TLS 1.2 client resumed: a new session takes the place of the one that it resumed.
    fn take_renewed(&mut self, value: &ClientValue) {
        let Some(resumed) = self.session.clone() else { return };
        let session = resumed.successor(|content| take_ticket(content, value, self.home.now()));
        self.session = Some(session.clone());
        drop(resumed);
        self.established(&session, Stored::Inside);
    }

    /// A TLS 1.3 ticket came: a session is established.
    pub(in crate::native) fn receive_ticket(&mut self, value: ClientValue) {
        let now = self.home.now();
        let current = self.session.clone().unwrap_or_else(|| self.fresh_session());
        let session = current.successor(|content| take_ticket(content, &value, now));
        drop(current);
        self.ticketed += 1;
        self.succeed(session.clone());
        self.established(&session, Stored::Inside);
    }
}

/// The session of a ticket is new from now on.
fn take_ticket(content: &mut Content, value: &ClientValue, now: i64) {
    content.marked = false;
    (content.id, content.own) = (id_of_ticket(value.identity()), None);
    content.hint = value.lifetime_hint_s();
    content.time = now;
    content.secret = Some(Secret::Client(value.clone()));
}
