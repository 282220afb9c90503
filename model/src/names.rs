//! The objects that a call is about.

use crate::{Call, ConnId, CtxId, Named, SessId};

/// The objects that a call is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// No object, or one that has no name yet.
    Nothing,
    /// A context that is to be made.
    NewContext(CtxId),
    /// A context.
    Context(CtxId),
    /// Two contexts.
    Contexts(CtxId, CtxId),
    /// A context and a session.
    ContextSession(CtxId, SessId),
    /// A connection that is to be made, and its context.
    NewConnection(ConnId, CtxId),
    /// A connection that is to be made, and the one that it is made from.
    Duplicate(ConnId, ConnId),
    /// A connection.
    Connection(ConnId),
    /// A client's and a server's connection, both idle.
    Pair(ConnId, ConnId),
    /// Two connections.
    Connections(ConnId, ConnId),
    /// A connection and a context.
    ConnectionContext(ConnId, CtxId),
    /// A connection and a session.
    ConnectionSession(ConnId, SessId),
    /// A session.
    Session(SessId),
    /// Two sessions.
    Sessions(SessId, SessId),
}

impl Call {
    /// The objects that it is about.
    #[must_use]
    pub fn about(&self) -> About {
        match *self {
            Self::ContextNew(x, ..) => return About::NewContext(x),
            Self::ConnectionNew(c, x) => return About::NewConnection(c, x),
            Self::ConnectionDup(new, of) => return About::Duplicate(new, of),
            Self::Join(c, d) => return About::Pair(c, d),
            _ => {}
        }
        let Named { contexts, connections, sessions } = self.named();
        match (contexts, connections, sessions) {
            ([Some(x), Some(y)], ..) => About::Contexts(x, y),
            (_, [Some(c), Some(d)], _) => About::Connections(c, d),
            (.., [Some(s), Some(t)]) => About::Sessions(s, t),
            ([Some(x), None], [Some(c), None], _) => About::ConnectionContext(c, x),
            ([Some(x), None], _, [Some(s), None]) => About::ContextSession(x, s),
            (_, [Some(c), None], [Some(s), None]) => About::ConnectionSession(c, s),
            ([Some(x), None], ..) => About::Context(x),
            (_, [Some(c), None], _) => About::Connection(c),
            (.., [Some(s), None]) => About::Session(s),
            ([None, _], [None, _], [None, _]) => About::Nothing,
        }
    }
}
