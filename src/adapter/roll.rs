//! The sessions that were born in a case, and what happened to them: what the adapters have in common. Names are given when a call is over,
//! since a session that nobody saw has none.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::{Index, IndexMut};

use sessck_model::{Act, ConnId, CtxId, Hook, SessId};

use crate::implementation::{Event, Name};

/// One session that was born in this case, with what an adapter has to know of it besides.
pub(super) struct Life<T> {
    pub(super) alive: bool,
    /// It was never negotiated.
    pub(super) empty: bool,
    /// The context that it was made or first used with: an application's own store is one context's.
    pub(super) home: Option<CtxId>,
    pub(super) own: T,
    name: Option<SessId>,
    /// Something pointed the application to it before the call was over.
    shown: bool,
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

/// The sessions of a case, in order of birth; living ones are told apart by keys of this type.
pub(super) struct Roll<K, T> {
    lives: Vec<Life<T>>,
    happened: Vec<Happening>,
    /// How much had happened when each stroke of a half began.
    strokes: Vec<usize>,
    names: Vec<Serial>,
    latest: HashMap<K, Serial>,
    unnamed_from: Serial,
}

impl<K, T> Default for Roll<K, T> {
    fn default() -> Self {
        let (lives, happened, strokes, names, latest) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        Self { lives, happened, strokes, names, latest, unnamed_from: 0 }
    }
}

impl<K, T> Index<Serial> for Roll<K, T> {
    type Output = Life<T>;

    fn index(&self, serial: Serial) -> &Life<T> {
        &self.lives[serial]
    }
}

impl<K, T> IndexMut<Serial> for Roll<K, T> {
    fn index_mut(&mut self, serial: Serial) -> &mut Life<T> {
        &mut self.lives[serial]
    }
}

impl<K: Hash + Eq, T> Roll<K, T> {
    /// A session is born.
    pub(super) fn born(&mut self, key: K, home: Option<CtxId>, own: T) {
        let serial = self.lives.len();
        self.lives.push(Life { alive: true, empty: false, home, own, name: None, shown: false });
        self.latest.insert(key, serial);
        self.happened.push(Happening::Born(serial));
    }

    /// A session is gone.
    pub(super) fn died(&mut self, serial: Serial) {
        self.lives[serial].alive = false;
        self.happened.push(Happening::Died(serial));
    }

    /// Something happens.
    pub(super) fn happens(&mut self, happening: Happening) {
        self.happened.push(happening);
    }

    /// Whether what was to fail in the call that runs has failed.
    pub(super) fn has_failed(&self) -> bool {
        self.happened.iter().any(|happening| matches!(happening, Happening::Failed))
    }

    /// How much has happened in this call.
    pub(super) fn much(&self) -> usize {
        self.happened.len()
    }

    /// One stroke of a half begins.
    pub(super) fn begin_stroke(&mut self) {
        self.strokes.push(self.happened.len());
    }

    /// The stroke that has just begun was not made.
    pub(super) fn forget_stroke(&mut self) {
        self.strokes.pop();
    }

    /// The last session that had this key, living or dead.
    pub(super) fn serial(&self, key: &K) -> Option<Serial> {
        self.latest.get(key).copied()
    }

    /// A session that something has just shown to the application: it gets a name.
    pub(super) fn show(&mut self, key: &K) -> Option<Serial> {
        let serial = self.serial(key)?;
        self.lives[serial].shown = true;
        Some(serial)
    }

    /// Names what the call leaves behind, in order of birth.
    fn name_survivors(&mut self) {
        for serial in self.unnamed_from..self.lives.len() {
            let life = &mut self.lives[serial];
            if life.alive || life.shown {
                life.name = Some(SessId(u32::try_from(self.names.len()).unwrap_or(u32::MAX)));
                self.names.push(serial);
            }
        }
        self.unnamed_from = self.lives.len();
    }

    /// The call is over: what happened in it, with names, and how many of these events had happened when each stroke began. What
    /// is about a session that nobody saw is left out.
    pub(super) fn tell(&mut self) -> (Vec<Event>, Vec<usize>) {
        self.name_survivors();
        let happened = std::mem::take(&mut self.happened);
        let told: Vec<Option<Event>> = happened.into_iter().map(|happening| self.told(happening)).collect();
        let strokes = std::mem::take(&mut self.strokes);
        let begins = strokes.into_iter().map(|at| told.iter().take(at).flatten().count()).collect();
        (told.into_iter().flatten().collect(), begins)
    }

    fn told(&self, happening: Happening) -> Option<Event> {
        let name = |serial: Serial| self.lives[serial].name.map(Name);
        Some(match happening {
            Happening::Born(session) => Event::Born(name(session)?),
            Happening::Died(session) => Event::Died(name(session)?),
            Happening::New { connection, session, resumable, kept } => {
                Event::New { connection: Name(connection), session: name(session)?, resumable, kept }
            }
            Happening::Removed { context, session } => Event::Removed { context: Name(context), session: name(session)? },
            Happening::Asked { connection, answer } => Event::Asked { connection: Name(connection), answer: answer.and_then(name) },
            Happening::Failed => Event::Failed,
            Happening::Acted { act, context, session, answer, left } => {
                Event::Acted { act: Name(act), context: Name(context), session: name(session)?, answer, left }
            }
            Happening::Hook { hook, connection, answer } => Event::Hook { hook: Name(hook), connection: Name(connection), answer },
        })
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

    /// The name of the last session that had this key, if it has one.
    pub(super) fn name_of(&self, key: &K) -> Option<Name<SessId>> {
        self.lives[self.serial(key)?].name.map(Name)
    }

    /// All sessions, in order of birth.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Serial, &Life<T>)> {
        self.lives.iter().enumerate()
    }

    /// The same, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Life<T>> {
        self.lives.iter_mut()
    }

    /// The named sessions that live, in order of birth.
    pub(super) fn living(&self) -> impl Iterator<Item = (SessId, &T)> {
        self.lives.iter().filter(|life| life.alive).filter_map(|life| Some((life.name?, &life.own)))
    }
}
