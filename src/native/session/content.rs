//! What is in a session object.

use super::{SessionId, SessionIdContext};
use crate::native::settings::{Side, Version};
use crate::native::tls;

/// Where a session object comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::native) enum Origin {
    /// `SSL_SESSION_new` made it.
    Empty,
    /// A handshake or a ticket made it, or made what it is a copy of.
    Negotiated,
}

/// What a handshake that resumes needs.
#[derive(Clone)]
pub(in crate::native) enum Secret {
    /// A client's.
    Client(tls::ClientValue),
    /// A server's.
    Server(tls::ServerValue),
}

/// What is in a session object. What it is a copy of is another's.
#[derive(Clone)]
pub(in crate::native) struct Content {
    pub(in crate::native) origin: Origin,
    pub(in crate::native) version: Version,
    pub(in crate::native) side: Option<Side>,
    pub(in crate::native) id: Option<SessionId>,
    /// The id by which the other end knows it, where it was given another.
    pub(in crate::native) own: Option<SessionId>,
    pub(in crate::native) marked: bool,
    pub(in crate::native) time: i64,
    pub(in crate::native) timeout: i64,
    pub(in crate::native) sid_ctx: SessionIdContext,
    pub(in crate::native) hint: u32,
    pub(in crate::native) secret: Option<Secret>,
}

impl Content {
    /// What was never negotiated.
    pub(in crate::native) fn empty(time: i64, timeout: i64) -> Self {
        Self {
            origin: Origin::Empty,
            version: Version::Tls12,
            side: None,
            id: None,
            own: None,
            marked: false,
            time,
            timeout,
            sid_ctx: SessionIdContext::default(),
            hint: 0,
            secret: None,
        }
    }

    /// Whether it is strictly past its time.
    pub(in crate::native) fn is_expired(&self, now: i64) -> bool {
        now > self.time.saturating_add(self.timeout)
    }

    /// Whether a server can find it by what clients propose: it was negotiated, and is named as servers name sessions. In TLS 1.3 the two
    /// ends name a session differently.
    pub(in crate::native) fn is_proposable(&self) -> bool {
        self.origin == Origin::Negotiated && (self.version == Version::Tls12 || self.side != Some(Side::Client))
    }
}
