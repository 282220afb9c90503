//! What native was seen doing during a call: births, deaths and callbacks, in order. Names are given when the call is over, since a
//! session that nobody saw has none.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use sessck_model::{Act, Callback, ConnId, CtxId, Hook, SessId};

use crate::native::{Session, SessionKey, WeakContext, WeakSession};

/// One session that was born in this case.
pub(super) struct Life {
    pub(super) session: WeakSession,
    pub(super) name: Option<SessId>,
    alive: bool,
    /// Something pointed the application to it before the call was over.
    shown: bool,
    /// The references that the application holds.
    pub(super) handles: Vec<Session>,
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
    Acted {
        act: Act,
        context: CtxId,
        session: Serial,
        answer: i32,
        left: u32,
    },
}

/// All that is known of this case's sessions, and what happened in the call that runs.
#[derive(Default)]
pub(super) struct Witness {
    pub(super) lives: Vec<Life>,
    pub(super) happened: Vec<Happening>,
    /// The connection that is being driven, and its context.
    pub(super) driven: Option<(ConnId, CtxId)>,
    /// What a callback of a context does besides answering.
    pub(super) acts: HashMap<CtxId, (Callback, Act)>,
    /// The contexts whose ticket callback passes over what it is shown.
    pub(super) ignoring: HashSet<CtxId>,
    /// Where the server-name callback of a context moves connections to.
    pub(super) hosts: HashMap<CtxId, WeakContext>,
    /// Ids that the application made up.
    pub(super) ids_made: u32,
    /// A callback is at that.
    pub(super) acting: bool,
    names: Vec<Serial>,
    latest: HashMap<SessionKey, Serial>,
    unnamed_from: Serial,
}

/// Looks into or adds to the witness. Nothing inside may drop a session, or call native but to look at one.
pub(super) fn look<T>(witness: &Mutex<Witness>, look: impl FnOnce(&mut Witness) -> T) -> T {
    look(&mut witness.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The references that the application holds; it has none afterwards.
pub(super) fn take_handles(witness: &Mutex<Witness>) -> Vec<Session> {
    look(witness, |witness| witness.lives.iter_mut().flat_map(|life| std::mem::take(&mut life.handles)).collect())
}

/// Forgets the case.
pub(super) fn restart(witness: &Mutex<Witness>) {
    let before = look(witness, std::mem::take);
    drop(before);
}

impl Witness {
    pub(super) fn born(&mut self, session: &Session) {
        let serial = self.lives.len();
        let (key, home) = (session.key(), self.driven.map(|(_, context)| context));
        let session = session.downgrade();
        self.lives.push(Life { session, name: None, alive: true, shown: false, handles: Vec::new(), empty: false, home });
        self.latest.insert(key, serial);
        self.happened.push(Happening::Born(serial));
    }

    pub(super) fn died(&mut self, key: SessionKey) {
        if let Some(serial) = self.latest.get(&key).copied().filter(|&serial| self.lives[serial].alive) {
            self.lives[serial].alive = false;
            self.happened.push(Happening::Died(serial));
        }
    }

    /// The last session that had this key, living or dead.
    pub(super) fn serial(&self, key: SessionKey) -> Option<Serial> {
        self.latest.get(&key).copied()
    }

    /// A session that something has just shown to the application: it gets a name.
    pub(super) fn show(&mut self, key: SessionKey) -> Option<Serial> {
        let serial = self.serial(key)?;
        self.lives[serial].shown = true;
        Some(serial)
    }

    /// Names what the call leaves behind, in order of birth.
    pub(super) fn name_survivors(&mut self) {
        for serial in self.unnamed_from..self.lives.len() {
            let life = &mut self.lives[serial];
            if life.alive || life.shown {
                life.name = Some(SessId(u32::try_from(self.names.len()).unwrap_or(u32::MAX)));
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

    /// Whether the ticket callback of a context passes over what it is shown.
    pub(super) fn ignores_tickets(&self, context: CtxId) -> bool {
        self.ignoring.contains(&context)
    }

    /// The application got a reference.
    pub(super) fn own(&mut self, session: Session) {
        if let Some(serial) = self.serial(session.key()) {
            self.lives[serial].handles.push(session);
        }
    }

    /// The named sessions that live, in order of birth.
    pub(super) fn living(&self) -> impl Iterator<Item = (SessId, &Life)> {
        self.lives.iter().filter(|life| life.alive).filter_map(|life| Some((life.name?, life)))
    }

    /// The sessions of this context that live and to which the application holds a reference, oldest first. Where any will do, those that
    /// were used with no context yet are among them, and those that were never negotiated are not.
    pub(super) fn owned(&self, home: CtxId, any: bool) -> impl Iterator<Item = (Serial, &Session)> {
        let fits = move |life: &Life| life.home == Some(home) || (any && life.home.is_none());
        let held = self.lives.iter().enumerate().filter(move |(_, life)| fits(life) && !(any && life.empty));
        held.filter_map(|(serial, life)| Some((serial, life.handles.first()?)))
    }
}
