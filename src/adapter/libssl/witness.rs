//! What the library was seen doing during a call: births, deaths and callbacks, in order, by address and serial number. Names are
//! given when the call is over, since a session that nobody saw has none.
//!
//! There is one witness for a thread, because the library's callbacks bring no pointer of ours. It is never borrowed while the
//! library runs.

use std::cell::RefCell;
use std::collections::HashMap;

use sessck_model::{
    Act, Callback, ConnId, CtxId, DecryptAnswer, GenerateAnswer, GetCallback, NewCallback, RemoveCallback, ServerNameCallback,
    TicketKeyCallback,
};

use super::api::Api;
use crate::adapter::roll::Roll;

/// What is known of a session besides.
pub(super) struct Known {
    pub(super) address: usize,
    /// References that the application holds.
    pub(super) references: u32,
    /// It died, and its memory is kept.
    kept: bool,
}

/// What the callbacks of one context answer.
#[derive(Clone, Copy)]
pub(super) struct Answers {
    pub(super) new: NewCallback,
    pub(super) remove: RemoveCallback,
    pub(super) get: GetCallback,
    pub(super) server_name: ServerNameCallback,
    pub(super) key: Option<TicketKeyCallback>,
    pub(super) generate: Option<GenerateAnswer>,
    pub(super) decrypt: Option<DecryptAnswer>,
}

impl Answers {
    /// No callback is set.
    pub(super) const UNSET: Self = Self {
        new: NewCallback::Unset,
        remove: RemoveCallback::Unset,
        get: GetCallback::Unset,
        server_name: ServerNameCallback::Unset,
        key: None,
        generate: None,
        decrypt: None,
    };
}

/// All that is known of this case's objects by address, and what happened in the call that runs.
#[derive(Default)]
pub(super) struct Witness {
    pub(super) api: Option<&'static Api>,
    /// The sessions by address, and what happened.
    pub(super) roll: Roll<usize, Known>,
    pub(super) contexts: HashMap<usize, CtxId>,
    pub(super) connections: HashMap<usize, (ConnId, CtxId)>,
    pub(super) answers: HashMap<CtxId, Answers>,
    /// Where the server-name callback of a context moves connections to, by address.
    pub(super) hosts: Vec<(CtxId, usize)>,
    /// The context of the connection that is being driven.
    pub(super) driven: Option<CtxId>,
    /// What a callback of a context does besides answering.
    pub(super) acts: HashMap<CtxId, (Callback, Act)>,
    /// A callback is at that.
    pub(super) acting: bool,
    /// What a callback was given that this case does not know.
    pub(super) confusion: Option<String>,
    /// Ids that the application made up.
    pub(super) ids_made: u32,
}

thread_local! {
    static WITNESS: RefCell<Witness> = RefCell::default();
}

/// More than happens in any call that comes to an end.
const ENDLESS: usize = 100_000;

/// Looks into or adds to this thread's witness. Nothing inside may call the library. Where a library goes round in circles and calls
/// back each time, this process ends.
pub(super) fn with<R>(look: impl FnOnce(&mut Witness) -> R) -> R {
    WITNESS.with_borrow_mut(|witness| {
        let seen = look(witness);
        if witness.roll.much() > ENDLESS {
            eprintln!("{ENDLESS} things happened in one call, and no end of it");
            std::process::abort();
        }
        seen
    })
}

impl Witness {
    /// Forgets the case. Sessions that are still in memory are strangers from now on.
    pub(super) fn restart(&mut self) {
        *self = Self { api: self.api, ..Self::default() };
    }

    pub(super) fn born(&mut self, address: usize) {
        self.roll.born(address, self.driven, Known { address, references: 0, kept: false });
    }

    pub(super) fn died(&mut self, address: usize) {
        // memory that is kept is no other session's: a second death is one, its last reference was given back twice
        if let Some(serial) = self.roll.serial(&address).filter(|&serial| self.roll[serial].alive || self.roll[serial].own.kept) {
            self.roll[serial].own.kept = super::memory::keeps();
            self.roll.died(serial);
        }
    }
}
