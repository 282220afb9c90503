//! What the application can have called. No lock is held while a callback runs, so it may call whatever it likes.

use super::connection::Connection;
use super::session::{Session, SessionId};
use super::sync::Arc;

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
/// library's from then on: a clone of one that the application keeps (in OpenSSL `copy` is 1), or the application's own (`copy` is 0).
pub type GetCallback = dyn Fn(&Connection, &SessionId) -> Option<Session> + Send + Sync;

/// The callbacks of a context, but for the one that its cache runs.
#[derive(Clone, Default)]
pub(super) struct Callbacks {
    pub(super) new: Option<Arc<NewCallback>>,
    pub(super) get: Option<Arc<GetCallback>>,
}
