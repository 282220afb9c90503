//! What native was seen doing during a call: births, deaths and callbacks, in order. Names are given when the call is over, since a
//! session that nobody saw has none.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use sessck_model::{Act, Callback, ConnId, CtxId};

use crate::adapter::roll::{Life, Roll, Serial};
use crate::native::{Session, SessionKey, WeakContext, WeakSession};

/// What is known of a session besides.
pub(super) struct Known {
    pub(super) session: WeakSession,
    /// The references that the application holds.
    pub(super) handles: Vec<Session>,
}

/// All that is known of this case's sessions, and what happened in the call that runs.
#[derive(Default)]
pub(super) struct Witness {
    /// The sessions by their keys, and what happened.
    pub(super) roll: Roll<SessionKey, Known>,
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
}

/// Looks into or adds to the witness. Nothing inside may drop a session, or call native but to look at one.
pub(super) fn look<T>(witness: &Mutex<Witness>, look: impl FnOnce(&mut Witness) -> T) -> T {
    look(&mut witness.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The references that the application holds; it has none afterwards.
pub(super) fn take_handles(witness: &Mutex<Witness>) -> Vec<Session> {
    look(witness, |witness| witness.roll.iter_mut().flat_map(|life| std::mem::take(&mut life.own.handles)).collect())
}

/// Forgets the case.
pub(super) fn restart(witness: &Mutex<Witness>) {
    let before = look(witness, std::mem::take);
    drop(before);
}

impl Witness {
    pub(super) fn born(&mut self, session: &Session) {
        let known = Known { session: session.downgrade(), handles: Vec::new() };
        self.roll.born(session.key(), self.driven.map(|(_, context)| context), known);
    }

    pub(super) fn died(&mut self, key: SessionKey) {
        if let Some(serial) = self.roll.serial(&key).filter(|&serial| self.roll[serial].alive) {
            self.roll.died(serial);
        }
    }

    /// Whether the ticket callback of a context passes over what it is shown.
    pub(super) fn ignores_tickets(&self, context: CtxId) -> bool {
        self.ignoring.contains(&context)
    }

    /// The application got a reference.
    pub(super) fn own(&mut self, session: Session) {
        if let Some(serial) = self.roll.serial(&session.key()) {
            self.roll[serial].own.handles.push(session);
        }
    }

    /// The sessions of this context that live and to which the application holds a reference, oldest first. Where any will do, those that
    /// were used with no context yet are among them, and those that were never negotiated are not.
    pub(super) fn owned(&self, home: CtxId, any: bool) -> impl Iterator<Item = (Serial, &Session)> {
        let fits = move |life: &Life<Known>| life.home == Some(home) || (any && life.home.is_none());
        let held = self.roll.iter().filter(move |(_, life)| fits(life) && !(any && life.empty));
        held.filter_map(|(serial, life)| Some((serial, life.own.handles.first()?)))
    }
}
