//! Why a call is not made: it is misuse, or no page says what it does.

use crate::{ConnId, CtxId, SessId};

/// How an application broke an obligation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Misuse {
    /// A pointer from get0 is used after something ended it.
    EndedBorrow(SessId),
    /// A reference is given back that the application does not own.
    NotOwned(SessId),
    /// A get callback gives a reference away that the application does not own.
    GivesBorrowed(SessId),
    /// The application's reference is lost without having been given back.
    Forgotten(SessId),
    /// A session is used with a second context.
    SecondContext {
        /// The session.
        session: SessId,
        /// The context that it was used with before.
        first: CtxId,
        /// The context that it is now to be used with.
        second: CtxId,
    },
    /// A reference to a context is given back that the application does not own.
    ContextNotOwned(CtxId),
    /// `SSL_shutdown` after a fatal error.
    ShutdownAfterError(ConnId),
    /// A reference to a connection is given back that the application does not own.
    ConnectionNotOwned(ConnId),
    /// A session is freed that a connection had lent and gave back itself.
    FreedIndirectly(SessId),
    /// A server verifies its peers, has no session id context, and a session is proposed to it.
    NoSessionIdContext(ConnId),
    /// A session id context is set after it was decided whether the connection resumes.
    LateSessionIdContext(ConnId),
    /// The decrypt callback has a ticket used that could not be opened.
    UnopenedTicketUsed(ConnId),
    /// A session that is not as `SSL_SESSION_new` made it is decoded into.
    NotNew(SessId),
    /// A session in a cache is given another id.
    RenamedInCache(SessId),
}

/// Why no page says what a call does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Undefined {
    /// An object of this name does not exist, or one that is to be made exists.
    NoSuchObject,
    /// The connection is not in a phase in which the call is described.
    WrongPhase,
    /// The connection has no transport that could carry it.
    NoTransport,
    /// A session is of a kind for which no page says anything here.
    UnfitSession,
    /// A setting is changed after connections took a copy of it.
    TooLate,
}
