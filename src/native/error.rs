//! What can go wrong in the hands of the application, and on the wire.

use super::tls::{self, Alert};

/// A session was used with a second context: its secrets are good for the first one only.
///
/// OpenSSL says that this must not be done, and does not notice. Here it is noticed before anything changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the session belongs to another context")]
pub struct OtherContext;

/// Why `SSL_set_session` is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnfitSession {
    /// It belongs to another context.
    #[error(transparent)]
    OtherContext(#[from] OtherContext),
    /// It was negotiated for the other end of connections.
    #[error("the session was negotiated for the other end")]
    OtherSide,
}

/// Why a session's id cannot be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnfitId {
    /// It is longer than [`MAX_ID_BYTES`](super::MAX_ID_BYTES).
    #[error("a session's id has at most {max} bytes", max = super::MAX_ID_BYTES)]
    TooLong,
    /// The session is in a cache, which finds it by its id.
    #[error("the session is in a cache")]
    Cached,
}

/// Why a call on a connection did not do what it is for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// The transport gives or takes nothing for now: the same call is to be made again.
    #[error("the transport is not ready")]
    Blocked,
    /// The transport failed, or ended without a close_notify.
    #[error("the transport ended or failed")]
    Transport,
    /// The peer sent a fatal alert.
    #[error("the peer sent a fatal alert: {}", .0.0)]
    Alerted(Alert),
    /// What the peer sent is at fault, or the two ends have nothing in common: this end gave the connection up, in whose own words it is.
    #[error("the handshake or a record is at fault: {0}")]
    Protocol(String),
    /// A callback of the application ended the handshake, or failed where a ticket was to be made or opened.
    #[error("a callback ended the connection")]
    Callback,
    /// What this end was to say cannot be said, whatever the peer does.
    #[error(transparent)]
    Refused(tls::Error),
    /// The connection is not in a state in which this can be done, is not of the end that does it, or has no transport.
    #[error("the connection is not open for this")]
    NotOpen,
    /// A fatal error came before: the call that met it has said which.
    #[error("the connection failed before")]
    Failed,
}

impl From<tls::Error> for Error {
    fn from(error: tls::Error) -> Self {
        match error {
            tls::Error::NotNow | tls::Error::ShutDown => Self::NotOpen,
            tls::Error::Failed => Self::Failed,
            tls::Error::Credentials(_)
            | tls::Error::HostName(_)
            | tls::Error::NoGroups
            | tls::Error::TicketLength(_)
            | tls::Error::TicketsUnwelcome
            | tls::Error::Refused(_) => Self::Refused(error),
        }
    }
}
