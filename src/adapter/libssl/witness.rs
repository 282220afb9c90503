//! What the library was seen doing during a call: births, deaths and callbacks, in order, by address and serial number. Names are
//! given when the call is over, since a session that nobody saw has none.
//!
//! There is one witness for a thread, because the library's callbacks bring no pointer of ours. It is never borrowed while the
//! library runs.

use std::cell::RefCell;
use std::collections::HashMap;

use sessck_model::{
    Act, Callback, ConnId, CtxId, DecryptAnswer, GenerateAnswer, GetCallback, Hook, NewCallback, RemoveCallback, ServerNameCallback,
    SessId, TicketKeyCallback,
};

use super::api::Api;

/// One session that was born in this case.
pub(super) struct Life {
    pub(super) address: usize,
    pub(super) name: Option<SessId>,
    pub(super) alive: bool,
    /// It died, and its memory is kept.
    kept: bool,
    /// Something pointed the application to it before the call was over.
    shown: bool,
    /// References that the application holds.
    pub(super) owned: u32,
    /// It was never negotiated.
    pub(super) empty: bool,
    /// The context that it was made or first used with: an application's own store is one context's.
    pub(super) home: Option<CtxId>,
}

/// The place of a session in the order of birth, named or not.
pub(super) type Serial = usize;

/// Something that happened, before sessions have names.
#[derive(Clone, Copy)]
pub(super) enum Happening {
    Born(Serial),
    Died(Serial),
    New {
        connection: ConnId,
        session: Serial,
        resumable: bool,
        kept: bool,
    },
    Removed {
        context: CtxId,
        session: Serial,
    },
    Asked {
        connection: ConnId,
        answer: Option<Serial>,
    },
    Hook {
        hook: Hook,
        connection: ConnId,
        answer: i8,
    },
    /// What was to fail in the call failed.
    Failed,
    /// A callback called back.
    Acted {
        act: Act,
        context: CtxId,
        session: Serial,
        answer: i32,
        left: u32,
    },
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
    pub(super) lives: Vec<Life>,
    pub(super) happened: Vec<Happening>,
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
    /// How much had happened when each stroke of a half began.
    strokes: Vec<usize>,
    names: Vec<Serial>,
    latest: HashMap<usize, Serial>,
    unnamed_from: Serial,
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
        if witness.happened.len() > ENDLESS {
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

    /// One stroke of a half begins.
    pub(super) fn begin_stroke(&mut self) {
        self.strokes.push(self.happened.len());
    }

    /// The stroke that has just begun was not made.
    pub(super) fn forget_stroke(&mut self) {
        self.strokes.pop();
    }

    /// What happened since this was last asked for, and how much of it had when each stroke began.
    pub(super) fn take_happened(&mut self) -> (Vec<Happening>, Vec<usize>) {
        (std::mem::take(&mut self.happened), std::mem::take(&mut self.strokes))
    }

    pub(super) fn born(&mut self, address: usize) {
        let serial = self.lives.len();
        self.lives.push(Life { address, name: None, alive: true, kept: false, shown: false, owned: 0, empty: false, home: self.driven });
        self.latest.insert(address, serial);
        self.happened.push(Happening::Born(serial));
    }

    pub(super) fn died(&mut self, address: usize) {
        // memory that is kept is no other session's: a second death is one, its last reference was given back twice
        if let Some(serial) = self.serial(address).filter(|&serial| self.lives[serial].alive || self.lives[serial].kept) {
            self.lives[serial].alive = false;
            self.lives[serial].kept = super::memory::keeps();
            self.happened.push(Happening::Died(serial));
        }
    }

    /// The last session that was born at this address, living or dead.
    pub(super) fn serial(&self, address: usize) -> Option<Serial> {
        self.latest.get(&address).copied()
    }

    /// The session at this address, which something has just shown to the application: it gets a name.
    pub(super) fn show(&mut self, address: usize) -> Option<Serial> {
        let serial = self.serial(address)?;
        self.lives[serial].shown = true;
        Some(serial)
    }

    /// Names what the call leaves behind, in order of birth.
    pub(super) fn name_survivors(&mut self) {
        for serial in self.unnamed_from..self.lives.len() {
            let life = &mut self.lives[serial];
            if life.alive || life.shown {
                life.name = Some(SessId(self.names.len() as u32));
                self.names.push(serial);
            }
        }
        self.unnamed_from = self.lives.len();
    }

    /// A session is used with a context; the first one is its home.
    pub(super) fn used_with(&mut self, name: SessId, context: CtxId) {
        if let Some(serial) = self.named(name) {
            self.lives[serial].home.get_or_insert(context);
        }
    }

    /// The session of this name.
    pub(super) fn named(&self, name: SessId) -> Option<Serial> {
        self.names.get(name.0 as usize).copied()
    }

    /// The named sessions that live, in order of birth.
    pub(super) fn living(&self) -> impl Iterator<Item = (SessId, &Life)> {
        self.lives.iter().filter(|life| life.alive).filter_map(|life| Some((life.name?, life)))
    }
}
