//! The handshake: what a client proposes, what a server makes of it, and what each end has afterwards.

mod client;
mod search;
mod server;

use super::connection::{Connection, Phase};
use super::context::Base;
use super::error::Error;
use super::settings::Side;
use super::statistics::Counter;
use super::tls::{Completed, Decided, Engine, Event};
use super::wire::Arrival;

/// After so many good handshakes on a context, expired sessions leave its cache, unless its mode says otherwise.
const FLUSHED_EVERY: u64 = 255;

/// A callback, or this library itself, ended the connection: there is nothing to go on with.
pub(super) struct Over;

impl Connection {
    /// Goes on with the handshake, `SSL_do_handshake`, until it is over or the transport gives nothing more. What comes after the handshake
    /// is left unread.
    ///
    /// # Errors
    /// [`Error::Blocked`] where the peer is to be waited for: call again. Else the connection has failed, or has no transport.
    pub fn do_handshake(&mut self) -> Result<(), Error> {
        match self.phase {
            Phase::Open => return Ok(()),
            Phase::Failed => return Err(Error::Failed),
            Phase::Idle | Phase::Handshake if self.line.is_none() => return Err(Error::NotOpen),
            Phase::Idle | Phase::Handshake => self.begin()?,
        }
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
        self.send_output();
        Ok(())
    }

    /// The first step of a handshake, once.
    fn begin(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        match self.side() {
            Side::Client => {
                self.context.count(Counter::Connect);
                self.say_hello()
            }
            Side::Server => {
                self.context.count(Counter::Accept);
                let Base::Server(base) = self.context.base() else { return Err(Error::NotOpen) };
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
                return Err(Error::Alerted(alert.0));
            }
            (Event::Failed(failure), _) => {
                self.fail();
                return Err(Error::Protocol(failure.to_string()));
            }
            // a second hello is the engine's affair, and nothing else belongs here
            (Event::Retry | Event::Ticket(_) | Event::Data(_) | Event::CloseNotify | Event::End, _) => Ok(()),
            (Event::Hello(_) | Event::TicketDue, Side::Client) => Ok(()),
        };
        went_on.map_err(|Over| Error::Failed)
    }

    /// The handshake is over, well.
    fn open(&mut self, completed: &Completed) {
        self.phase = Phase::Open;
        let good = match self.side() {
            Side::Client => Counter::ConnectGood,
            Side::Server => Counter::AcceptGood,
        };
        let before = self.context.count(good);
        if self.side() == Side::Client && completed.resumed {
            self.context.count(Counter::Hits);
            if let Some(session) = self.session.clone() {
                self.used(&session);
            }
        }
        let mode = self.context.cache().mode();
        if (before + 1).is_multiple_of(FLUSHED_EVERY) && mode.covers(self.side()) && !mode.no_auto_clear {
            self.context.cache().flush(self.context.now());
        }
    }

    /// A session is resumed: where the cache mode says so, its timeout counts from now.
    fn used(&self, session: &super::Session) {
        if self.context.cache().mode().update_time && session.is_cached() {
            session.set_time(self.context.now());
        }
    }
}
