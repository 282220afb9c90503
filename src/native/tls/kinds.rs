//! The small words of the engine.

use std::fmt;

/// The one version that a context speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Version {
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// Which end of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// It says hello.
    Client,
    /// It answers.
    Server,
}

/// A group of the key exchange. In a list the best comes first: a client sends a key share of that one only, and a TLS 1.3 server whose
/// list lacks it asks for another ClientHello.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Group {
    /// Curve25519.
    X25519,
    /// NIST P-256.
    P256,
}

impl Group {
    /// What is preset: both, X25519 first.
    pub const PRESET: &[Self] = &[Self::X25519, Self::P256];

    /// Its number on the wire.
    pub(super) fn code(self) -> u16 {
        match self {
            Self::X25519 => 29,
            Self::P256 => 23,
        }
    }
}

/// Where time comes from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Seconds since a moment of its own choosing; certificates are only judged by it where a client trusts roots.
    fn now(&self) -> u64;
}

/// The code of a fatal alert, RFC 8446 section 6.2.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Alert(
    /// The code on the wire.
    pub u8,
);

impl Alert {
    /// `close_notify`, which is fatal in the middle of a TLS 1.3 handshake.
    pub const CLOSE_NOTIFY: Self = Self(0);
    /// `unexpected_message`.
    pub const UNEXPECTED_MESSAGE: Self = Self(10);
    /// `bad_record_mac`.
    pub const BAD_RECORD_MAC: Self = Self(20);
    /// `handshake_failure`.
    pub const HANDSHAKE_FAILURE: Self = Self(40);
    /// `illegal_parameter`.
    pub const ILLEGAL_PARAMETER: Self = Self(47);
    /// `access_denied`.
    pub const ACCESS_DENIED: Self = Self(49);
    /// `decrypt_error`.
    pub const DECRYPT_ERROR: Self = Self(51);
    /// `protocol_version`.
    pub const PROTOCOL_VERSION: Self = Self(70);
    /// `internal_error`.
    pub const INTERNAL_ERROR: Self = Self(80);
    /// `unrecognized_name`.
    pub const UNRECOGNIZED_NAME: Self = Self(112);
}

/// How far a connection is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Phase {
    /// Its handshake is not over.
    Handshake,
    /// Its handshake is over, and nothing fatal came since.
    Open,
    /// Something fatal came: nothing is read or written any more.
    Failed,
}

/// What the engine below cannot do. Contexts come to `Credentials`, `NoGroups`, `NotNow` and `Refused` alone.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// A certificate or a key cannot be read or used.
    #[error("the certificate or its key is of no use: {0}")]
    Credentials(String),
    /// No host name.
    #[error("`{0}` is no host name")]
    HostName(String),
    /// The groups leave nothing to exchange keys with.
    #[error("no group is left for the key exchange")]
    NoGroups,
    /// The call is for the other end, for the other version, or for another moment.
    #[error("this is not the moment for it")]
    NotNow,
    /// Our close_notify was sent before.
    #[error("the connection was shut down")]
    ShutDown,
    /// A fatal error came before.
    #[error("the connection has failed")]
    Failed,
    /// No client takes a ticket of this length.
    #[error("a ticket has 1 to 65535 bytes, and this one {0}")]
    TicketLength(usize),
    /// The client cannot resume with tickets.
    #[error("the client has no use for tickets")]
    TicketsUnwelcome,
    /// rustls refuses.
    #[error("{0}")]
    Refused(String),
}

impl From<rustls::Error> for Error {
    fn from(error: rustls::Error) -> Self {
        Self::Refused(error.to_string())
    }
}
