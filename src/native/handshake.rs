//! The handshake: what a client proposes, what a server makes of it, and what each end has afterwards.

mod client;
mod search;
mod server;

use super::connection::{Connection, Phase};
use super::context::Base;
use super::error::Error;
use super::session::Session;
use super::settings::Side;
use super::statistics::Counter;
use super::tls::{self, Completed, Decided, Engine, Event};
use super::wire::Arrival;

/// After so many good handshakes on a context, expired sessions leave its cache, unless its mode says otherwise.
const FLUSHED_EVERY: u64 = 255;

/// What ended the connection: there is nothing to go on with.
pub(super) enum Over {
    /// A callback.
    Callback,
    /// This library itself.
    Engine(tls::Error),
}

impl From<Over> for Error {
    fn from(over: Over) -> Self {
        match over {
            Over::Callback => Self::Callback,
            Over::Engine(error) => error.into(),
        }
    }
}

impl Connection {
    /// Goes on with the handshake, `SSL_do_handshake`, until it is over and this end's last flight has left, or the transport gives or takes
    /// nothing more. What comes after the handshake is left unread. On a connection that is open, tickets are sent that were asked for
    /// ([`Connection::ask_ticket`]), and what is left of the last flight. A TLS 1.3 server whose client has left before its tickets came is done.
    ///
    /// # Errors
    /// [`Error::Blocked`] where the transport is to be waited for: call again. What for, [`Connection::wants_write`] says. Else the connection
    /// has failed, or has no transport.
    pub fn do_handshake(&mut self) -> Result<(), Error> {
        match self.phase {
            Phase::Open => {
                self.carried()?;
                self.make_asked()?;
                return self.send_last();
            }
            Phase::Failed => return Err(Error::Failed),
            Phase::Idle | Phase::Handshake if self.line.is_none() => return Err(Error::NotOpen),
            Phase::Idle | Phase::Handshake => self.begin()?,
        }
        self.carried()?;
        while self.phase != Phase::Open {
            match self.arrival() {
                Arrival::Nothing => return Err(Error::Blocked),
                Arrival::End => {
                    self.heard();
                    self.closed();
                    return Err(Error::Transport);
                }
                Arrival::Broken => {
                    self.heard();
                    self.fail();
                    return Err(Error::Transport);
                }
                Arrival::Event(event) => self.advance(event)?,
            }
        }
        // what the last event had to say
        self.send_last()
    }

    /// The first step of a handshake, once.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        match self.side() {
            Side::Client => {
                self.home.count(Counter::Connect);
                self.say_hello()
            }
            Side::Server => {
                self.home.count(Counter::Accept);
                let Base::Server(base) = &self.base else { return Err(Error::NotOpen) };
                self.engine = Some(Engine::server(base));
                Ok(())
            }
        }
    }

    /// Something happened in the handshake.
    fn advance(&mut self, event: Event) -> Result<(), Error> {
        let went_on = match (event, self.side()) {
            (Event::Hello(hello), Side::Server) => self.hear_hello(&hello),
            (Event::TicketDue, Side::Server) => self.ticket_due(),
            (Event::Decided(Decided { resumed, session_id }), Side::Client) => {
                self.answered(resumed, &session_id);
                Ok(())
            }
            (Event::Decided(Decided { resumed, session_id }), Side::Server) => {
                self.decided(resumed, &session_id);
                Ok(())
            }
            (Event::Completed(completed), Side::Client) => {
                self.client_is_done(&completed);
                Ok(())
            }
            (Event::Completed(completed), Side::Server) => self.server_is_done(&completed),
            (Event::Alert(alert), _) => {
                self.alerted();
                return Err(Error::Alerted(alert));
            }
            (Event::Failed(failure), _) => {
                self.fail();
                return Err(Error::Protocol(failure.to_string()));
            }
            // a second hello is the engine's affair, and nothing else belongs here
            (Event::Retry, Side::Server) => {
                self.session = None;
                Ok(())
            }
            (Event::Retry | Event::Ticket(_) | Event::Data(_) | Event::CloseNotify | Event::End, _) => Ok(()),
            (Event::EarlyData(data), _) => {
                self.early.extend(data);
                Ok(())
            }
            (Event::Hello(_) | Event::TicketDue, Side::Client) => Ok(()),
        };
        went_on.map_err(Error::from)
    }

    /// The handshake is over, well. `resumed`: what a client proposed and the server took.
    fn open(&mut self, completed: &Completed, resumed: Option<&Session>) {
        self.phase = Phase::Open;
        // what was to be written early goes before whatever is written now
        self.unsent = None;
        self.early_taken = completed.early_data_taken;
        let good = match self.side() {
            Side::Client => Counter::ConnectGood,
            Side::Server => Counter::AcceptGood,
        };
        let before = self.home.count(good);
        if let Some(session) = resumed {
            self.home.count(Counter::Hits);
            self.used(session);
        }
        let mode = self.home.cache().mode();
        if (before + 1).is_multiple_of(FLUSHED_EVERY) && mode.covers(self.side()) && !mode.no_auto_clear {
            self.home.cache().flush(self.home.now());
        }
    }

    /// A session is resumed: where the cache mode says so, its timeout counts from now.
    fn used(&self, session: &Session) {
        if self.home.cache().mode().update_time && session.is_cached() {
            session.set_time(self.home.now());
        }
    }
}
