//! What the application can have called. No lock is held while a callback runs, so it may call whatever it likes.

use super::connection::Connection;
use super::session::{Session, SessionId};
use super::sync::Arc;
use super::ticket_callbacks::{DecryptCallback, GenerateCallback, TicketKeyring};

/// What the new-session callback says of a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NewSession {
    /// It is welcome: in OpenSSL's words the callback returns 1. Whoever wants to keep the session clones the handle.
    Taken,
    /// It is not: the callback returns 0. The session leaves the internal cache, and is as good as before otherwise.
    Refused,
}

/// The new-session callback: the connection on which a session was established, and the session.
pub type NewCallback = dyn Fn(&Connection, &Session) -> NewSession + Send + Sync;

/// The get-session callback: the connection to which a client proposes a session, and the id of that. The handle that it returns is the
/// library's from then on: a clone of one that the application keeps (in OpenSSL `copy` is 1), or the application's own (`copy` is 0). A
/// session of another context, or one that cannot be resumed, is passed over.
pub type GetCallback = dyn Fn(&Connection, &SessionId) -> Option<Session> + Send + Sync;

/// What becomes of the session of a full handshake.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Resumption {
    /// It can be resumed: the callback returns 0.
    Allowed,
    /// It is never to be resumed: the callback returns 1. The client is given neither an id nor a ticket.
    Forbidden,
}

/// The not-resumable callback: the server's connection that has just begun a new session.
pub type NotResumableCallback = dyn Fn(&Connection) -> Resumption + Send + Sync;

/// What the server-name callback says of the name that a client asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ServerName {
    /// It is one of ours: `SSL_TLSEXT_ERR_OK`.
    Accepted,
    /// It is not, and never mind: `SSL_TLSEXT_ERR_NOACK`.
    Refused,
    /// The handshake is to fail: `SSL_TLSEXT_ERR_ALERT_FATAL`.
    Fatal,
}

/// The server-name callback: the server's connection, which it may move to another context ([`Connection::set_context`]), and the name.
pub type ServerNameCallback = dyn Fn(&mut Connection, &str) -> ServerName + Send + Sync;

/// The callbacks of a context, but for the one that its cache runs.
#[derive(Clone, Default)]
pub(super) struct Callbacks {
    pub(super) new: Option<Arc<NewCallback>>,
    pub(super) get: Option<Arc<GetCallback>>,
    pub(super) server_name: Option<Arc<ServerNameCallback>>,
    pub(super) keyring: Option<Arc<dyn TicketKeyring>>,
    pub(super) generate: Option<Arc<GenerateCallback>>,
    pub(super) decrypt: Option<Arc<DecryptCallback>>,
}
