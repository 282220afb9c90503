//! The callbacks that have a say in tickets: where one is made, and where a client presents one.

use super::connection::Connection;
use super::faults::Fault;
use super::handshake::Over;
use super::seal::{KEY_NAME_BYTES, TicketKeys};
use super::session::{Session, SessionId};
use super::sync::Arc;
use super::tls::{self, Alert};

/// The keys of stateless tickets in the hands of the application, `SSL_CTX_set_tlsext_ticket_key_cb`.
pub trait TicketKeyring: Send + Sync {
    /// The keys to seal a ticket with that is about to be sent on this connection.
    fn seal(&self, connection: &Connection) -> SealWith;

    /// The keys of this name, by which a ticket was sealed that a client presents.
    fn open(&self, connection: &Connection, name: &[u8; KEY_NAME_BYTES]) -> OpenWith;
}

/// What a ticket is sealed with.
#[derive(Clone)]
pub enum SealWith {
    /// These keys: the callback returns 1.
    Keys(Arc<TicketKeys>),
    /// There are none, and so no ticket: 0.
    Nothing,
    /// An error, which ends the connection: -1.
    Failure,
}

/// What a ticket is opened with.
#[derive(Clone)]
pub enum OpenWith {
    /// These keys: the callback returns 1.
    Keys(Arc<TicketKeys>),
    /// These keys, and a new ticket is to follow: 2.
    KeysAndRenew(Arc<TicketKeys>),
    /// Keys of that name cannot be found, and the handshake is full: 0.
    Nothing,
    /// An error, which ends the connection: -1.
    Failure,
}

/// Whether a ticket is made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Generate {
    /// It is: the callback returns 1.
    Go,
    /// The connection is to fail: 0.
    Stop,
}

/// Called before a ticket is made, `SSL_CTX_set_session_ticket_cb`: the server's connection, and the session that the ticket is for.
pub type GenerateCallback = dyn Fn(&Connection, &Session) -> Generate + Send + Sync;

/// What was made of what a client presented.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TicketStatus {
    /// It presented none: `SSL_TICKET_EMPTY`.
    Empty,
    /// It could not be opened: `SSL_TICKET_NO_DECRYPT`.
    Unopened,
    /// It was opened: `SSL_TICKET_SUCCESS`.
    Opened,
    /// It was opened, and is due for renewal: `SSL_TICKET_SUCCESS_RENEW`.
    OpenedForRenewal,
}

/// What becomes of a ticket that a client presents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TicketUse {
    /// The handshake fails: `SSL_TICKET_RETURN_ABORT`.
    Abort,
    /// It is not used, and no new one follows: `SSL_TICKET_RETURN_IGNORE`.
    Ignore,
    /// It is not used: `SSL_TICKET_RETURN_IGNORE_RENEW`.
    IgnoreRenew,
    /// It is used, and no new one follows: `SSL_TICKET_RETURN_USE`. Where it could not be opened it is not used all the same.
    Use,
    /// It is used, and a new one follows: `SSL_TICKET_RETURN_USE_RENEW`. Where it could not be opened it is not used all the same.
    UseRenew,
}

/// Called after a ticket was opened or could not be, `SSL_CTX_set_session_ticket_cb`: the server's connection, the session that was in the
/// ticket, and what was made of it.
pub type DecryptCallback = dyn Fn(&Connection, Option<&Session>, TicketStatus) -> TicketUse + Send + Sync;

/// Whether a new ticket follows, as far as callbacks had a say in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Renewal {
    /// They had none.
    #[default]
    Preset,
    /// One is to be sent.
    Due,
    /// None is to be sent.
    Spared,
}

/// What a ticket is to be sealed with, once the callbacks have run.
pub(super) enum Seals {
    /// The keys of the context.
    Own,
    /// The keys of the application.
    Application(Arc<TicketKeys>),
    /// There are none.
    Nothing,
}

/// What came of what a client presented.
pub(super) enum Presented {
    /// A ticket was opened and is to be used.
    Opened(Session),
    /// A ticket that is of no use.
    Useless,
    /// No ticket, or one that is passed over: a session id may do instead.
    PassedOver,
}

impl Connection {
    /// Runs the callbacks by which a ticket for this session is made, the keys' only where the session travels in it.
    pub(super) fn ask_for_ticket(&self, session: &Session, stateless: bool) -> Result<Seals, Over> {
        let callbacks = self.home.callbacks();
        if callbacks.generate.is_some_and(|generate| generate(self, session) == Generate::Stop) {
            return Err(Over::Callback);
        }
        if stateless && session.timeout() == 0 && self.has(Fault::TimelessTicketFatal) {
            return Err(Over::Engine(tls::Error::Failed));
        }
        let Some(keyring) = callbacks.keyring.filter(|_| stateless) else { return Ok(Seals::Own) };
        match keyring.seal(self) {
            SealWith::Keys(keys) => Ok(Seals::Application(keys)),
            SealWith::Nothing => Ok(Seals::Nothing),
            SealWith::Failure => Err(Over::Callback),
        }
    }

    /// What a client presented, of which nothing where it presented no ticket: it is opened, and the callbacks are asked.
    pub(super) fn present(&mut self, ticket: Option<&[u8]>, id: Option<SessionId>) -> Result<Presented, Over> {
        let (opened, renewal) = match ticket {
            Some(ticket) => self.open_ticket(ticket, id)?,
            None => (None, Renewal::Preset),
        };
        let Some(callback) = self.home.callbacks().decrypt else {
            self.renewal = renewal;
            return Ok(match (opened, ticket) {
                (Some(session), _) => Presented::Opened(session),
                (None, Some(_)) => Presented::Useless,
                (None, None) => Presented::PassedOver,
            });
        };
        let status = match (&opened, ticket, renewal) {
            (Some(_), _, Renewal::Due) => TicketStatus::OpenedForRenewal,
            (Some(_), _, Renewal::Preset | Renewal::Spared) => TicketStatus::Opened,
            (None, Some(_), _) => TicketStatus::Unopened,
            (None, None, _) => TicketStatus::Empty,
        };
        let answer = callback(self, opened.as_ref(), status);
        self.renewal = match (answer, opened.is_some()) {
            (TicketUse::Ignore, _) | (TicketUse::Use, true) => Renewal::Spared,
            (TicketUse::Abort | TicketUse::IgnoreRenew | TicketUse::Use | TicketUse::UseRenew, _) => Renewal::Due,
        };
        match (answer, opened) {
            (TicketUse::Abort, opened) => {
                self.forget_aborted(opened);
                Err(self.end_with(Alert::HANDSHAKE_FAILURE, Over::Callback))
            }
            (TicketUse::Use | TicketUse::UseRenew, Some(session)) => Ok(Presented::Opened(session)),
            (TicketUse::Ignore, _) => Ok(Presented::PassedOver),
            (TicketUse::IgnoreRenew | TicketUse::Use | TicketUse::UseRenew, _) if ticket.is_none() => Ok(Presented::PassedOver),
            (TicketUse::IgnoreRenew | TicketUse::Use | TicketUse::UseRenew, _) => Ok(Presented::Useless),
        }
    }

    /// The session in a ticket, and what the keys say of a new one.
    fn open_ticket(&mut self, ticket: &[u8], id: Option<SessionId>) -> Result<(Option<Session>, Renewal), Over> {
        let Some(keyring) = self.home.callbacks().keyring else {
            return Ok((self.redeem(ticket, id, self.home.keys()), Renewal::Preset));
        };
        let Some(name) = ticket.first_chunk::<KEY_NAME_BYTES>() else { return Ok((None, Renewal::Preset)) };
        let (keys, renewal) = match keyring.open(self, name) {
            OpenWith::Keys(keys) => (keys, Renewal::Spared),
            OpenWith::KeysAndRenew(keys) => (keys, Renewal::Due),
            OpenWith::Nothing => return Ok((None, Renewal::Preset)),
            OpenWith::Failure => return Err(self.end_with(Alert::INTERNAL_ERROR, Over::Callback)),
        };
        let opened = self.redeem(ticket, id, &keys);
        let renewal = if opened.is_some() { renewal } else { Renewal::Preset };
        Ok((opened, renewal))
    }
}
