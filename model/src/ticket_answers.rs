//! What the ticket callbacks of a server's context answer, and what follows for the tickets of a connection.

/// What the ticket key callback answers where a ticket is to be sealed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SealAnswer {
    /// 1: the keys are set. They are the application's own, one set for a context.
    Use,
    /// 0: there are none.
    None,
    /// -1: an error.
    Fail,
}

impl SealAnswer {
    /// What it returns.
    #[must_use]
    pub fn value(self) -> i8 {
        match self {
            Self::Use => 1,
            Self::None => 0,
            Self::Fail => -1,
        }
    }
}

/// What the ticket key callback answers where a ticket was presented. A ticket that its own keys did not seal it cannot open: unless it fails, it
/// returns 0 for one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OpenAnswer {
    /// 1: the keys are set.
    Use,
    /// 2: the keys are set, and the ticket is to be renewed.
    Renew,
    /// 0: it cannot find them.
    Cannot,
    /// -1: an error.
    Fail,
}

impl OpenAnswer {
    /// What it returns.
    #[must_use]
    pub fn value(self) -> i8 {
        match self {
            Self::Use => 1,
            Self::Renew => 2,
            Self::Cannot => 0,
            Self::Fail => -1,
        }
    }
}

/// What the session ticket callback answers before a ticket is made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GenerateAnswer {
    /// 1.
    Go,
    /// 1, after it set the session's timeout to 0.
    Expire,
    /// 0.
    Stop,
}

impl GenerateAnswer {
    /// What it returns.
    #[must_use]
    pub fn value(self) -> i8 {
        match self {
            Self::Go | Self::Expire => 1,
            Self::Stop => 0,
        }
    }
}

/// What the session ticket callback answers after a ticket was opened, or could not be. Where there is nothing to use, an answer
/// that would use it becomes `SSL_TICKET_RETURN_IGNORE_RENEW`, as the page advises; all but the last, which is careless.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DecryptAnswer {
    /// `SSL_TICKET_RETURN_ABORT`.
    Abort,
    /// `SSL_TICKET_RETURN_IGNORE`.
    Ignore,
    /// `SSL_TICKET_RETURN_IGNORE_RENEW`.
    IgnoreRenew,
    /// `SSL_TICKET_RETURN_USE`.
    Use,
    /// `SSL_TICKET_RETURN_USE_RENEW`.
    UseRenew,
    /// `SSL_TICKET_RETURN_USE`, whether or not the ticket could be opened.
    UseBlindly,
}

impl DecryptAnswer {
    /// What it comes to where a ticket was opened or was not.
    #[must_use]
    pub fn wise(self, opened: bool) -> Self {
        match self {
            Self::Use | Self::UseRenew if !opened => Self::IgnoreRenew,
            Self::UseBlindly if opened => Self::Use,
            Self::Abort | Self::Ignore | Self::IgnoreRenew | Self::Use | Self::UseRenew | Self::UseBlindly => self,
        }
    }

    /// What it returns.
    #[must_use]
    pub fn value(self) -> i8 {
        match self {
            Self::Abort => 0,
            Self::Ignore => 1,
            Self::IgnoreRenew => 2,
            Self::Use | Self::UseBlindly => 3,
            Self::UseRenew => 4,
        }
    }
}

/// The ticket key callback of a context: what it answers, sealing and opening.
pub type TicketKeyCallback = (SealAnswer, OpenAnswer);

/// Whether a new ticket follows, as far as callbacks had a say in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Renewal {
    /// They had none: tickets follow a full handshake, and in TLS 1.3 perhaps a resumption.
    Preset,
    /// One is to be sent.
    Due,
    /// None is to be sent.
    Spared,
}

/// Whose keys sealed a ticket.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sealer {
    /// The library's own.
    Library,
    /// Those that the ticket key callback gave.
    Application,
}
