//! What happened to one object in one step.

use sessck_model::{Act, ConnId, CtxId, Hook, Removal, SessId};

use crate::trace::call::Object;

/// Something that happened to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Happening {
    /// To whom.
    pub object: Object,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A context or connection was made.
    Made,
    /// A setting was changed.
    Set,
    /// A session was born.
    Born,
    /// The last reference went.
    Freed,
    /// The application got a pointer without a reference.
    Borrowed(ConnId),
    /// Such a pointer must not be used any more.
    BorrowEnded,
    /// The application got a reference.
    Obtained,
    /// The application gave a reference away.
    GivenBack,
    /// It became the current session of a connection.
    Attached(ConnId),
    /// It is no longer the current session of a connection.
    Detached(ConnId),
    /// It went into a cache.
    Linked(CtxId),
    /// It left a cache.
    Unlinked(CtxId, Removal),
    /// It was marked as not resumable.
    Marked,
    /// The new-session callback got it.
    Announced(ConnId, bool),
    /// The remove callback got it.
    Removed(CtxId),
    /// The get callback gave it.
    Given(ConnId),
    /// The get callback gave nothing.
    Missed,
    /// Another callback ran, and what it answered.
    Hook(Hook, i8),
    /// A handshake completed, and whether it resumed.
    Completed(bool),
    /// The connection failed.
    Failed,
    /// A callback called back with it: what, what that returned, and how many sessions the cache held then.
    Acted(Act, i32, u32),
    /// This end shut down.
    Shut,
}

impl Happening {
    /// What happened to a session.
    #[must_use]
    pub fn session(session: SessId, what: What) -> Self {
        Self { object: Object::Session(session), what }
    }

    /// What happened to a connection.
    #[must_use]
    pub fn connection(connection: ConnId, what: What) -> Self {
        Self { object: Object::Connection(connection), what }
    }

    /// For the margin of a report: `borrowed here`.
    #[must_use]
    pub fn here(&self) -> String {
        let object = self.object;
        match self.what {
            What::Made => format!("{object} made here"),
            What::Set => format!("{object} set up here"),
            What::Born => format!("{object} was born here"),
            What::Freed => format!("{object} was freed here"),
            What::Borrowed(_) => format!("{object} borrowed here"),
            What::BorrowEnded => format!("the borrow of {object} ended here"),
            What::Obtained => format!("a reference to {object} obtained here"),
            What::GivenBack => format!("a reference to {object} given back here"),
            What::Attached(c) => format!("{object} given to {c} here"),
            What::Detached(c) => format!("{object} left {c} here"),
            What::Linked(x) => format!("{object} entered the cache of {x} here"),
            What::Unlinked(x, why) => format!("{object} left the cache of {x} here: {}", removal(why)),
            What::Marked => format!("{object} marked as not resumable here"),
            What::Announced(..) => format!("{object} announced here"),
            What::Removed(x) => format!("{object} announced as removed from {x} here"),
            What::Given(c) => format!("{object} given to {c} by the get callback here"),
            What::Missed => format!("the get callback of {object} found nothing here"),
            What::Hook(hook, answer) => format!("the {hook} callback of {object} answered {answer} here"),
            What::Completed(true) => format!("{object} resumed here"),
            What::Completed(false) => format!("{object} did a full handshake here"),
            What::Failed => format!("{object} failed here"),
            What::Acted(act, answer, _) => format!("a callback calls {} with {object} here: {answer}", act.word()),
            What::Shut => format!("{object} shut down here"),
        }
    }

    /// For a story: `s0 is borrowed from c0`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let object = self.object;
        match self.what {
            What::Made => format!("{object} is made"),
            What::Set => format!("{object} is set up"),
            What::Born => format!("{object} is born"),
            What::Freed => format!("{object} is freed: nobody holds it any more"),
            What::Borrowed(c) => format!("{object} is borrowed from {c}; no reference is counted"),
            What::BorrowEnded => format!("the borrow of {object} ends: its pointer must not be used any more"),
            What::Obtained => format!("the application obtains a reference to {object}"),
            What::GivenBack => format!("the application gives a reference to {object} away"),
            What::Attached(c) => format!("{object} becomes the current session of {c}"),
            What::Detached(c) => format!("{c} lets go of {object}"),
            What::Linked(x) => format!("{object} enters the cache of {x}"),
            What::Unlinked(x, why) => format!("{object} leaves the cache of {x}: {}", removal(why)),
            What::Marked => format!("{object} is marked as not resumable"),
            What::Announced(c, true) => format!("the new-session callback runs on {c} with {object} and keeps the reference"),
            What::Announced(c, false) => format!("the new-session callback runs on {c} with {object} and refuses it"),
            What::Removed(x) => format!("the remove callback of {x} runs with {object}"),
            What::Given(c) => format!("the get callback runs on {c} and gives {object}"),
            What::Missed => format!("the get callback runs on {object} and finds nothing"),
            What::Hook(hook, answer) => format!("the {hook} callback runs on {object} and answers {answer}"),
            What::Completed(true) => format!("the handshake of {object} completes: resumed"),
            What::Completed(false) => format!("the handshake of {object} completes: full"),
            What::Failed => format!("{object} fails by a fatal error"),
            What::Acted(act, answer, left) => {
                format!("a callback calls {} with {object}, which answers {answer}; the cache holds {left} then", act.word())
            }
            What::Shut => format!("{object} has sent its shutdown: its session is closed"),
        }
    }
}

fn removal(why: Removal) -> &'static str {
    match why {
        Removal::ByHand => "taken out by hand",
        Removal::Unclean => "its connection did not end cleanly",
        Removal::Expired => "a flush found it expired",
        Removal::Size => "the cache was over its size",
        Removal::Displaced => "another of the same identity took its place",
        Removal::Refused => "the new-session callback refused it",
        Removal::ContextFreed => "the context was freed",
        Removal::SingleUse => "anti-replay: it was proposed once",
        Removal::Used => "a client resumed it",
        Removal::Misfit => "it was found unfit when it was proposed",
    }
}
