//! The internal cache of a context: adding, finding, removing, dropping for size, flushing.
//!
//! Each of these does its work on the list under the lock of the cache, one session at a time, and marks there what is taken out of use.
//! What follows from it (statistics, callbacks, handles that are dropped) comes after the lock was left. So a callback may call the cache that
//! it is about.

mod faults;
mod list;
mod nodes;

use self::list::List;
use super::context::Brand;
use super::error::OtherContext;
use super::faults::{Fault, Faults};
use super::session::Session;
use super::settings::{CACHE_SIZE_PRESET, CacheMode};
use super::statistics::{Counter, Statistics};
use super::sync::{Arc, AtomicU8, AtomicUsize, Guard, Ordering, RwLock, exchange, read, stands, write};
use super::{SessionId, Version};

/// The remove-session callback: what the cache that a session left, and the session. It is a handle of the cache that is dropped afterwards.
///
/// It may call the cache, but must not put back what it is told of: where that left for the size of the cache, it makes another leave,
/// of which the callback is told in turn, and so on without end. While the context is being dropped nothing is put in any more.
pub type RemoveCallback = dyn Fn(&Cache, &Session) + Send + Sync;

/// Which sessions are added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fitness {
    /// Whatever the application has.
    Any,
    /// What can be resumed.
    Resumable,
}

/// What putting a session in came to.
enum Put {
    /// This very object was there, or it was taken out of use, or the context is being dropped.
    Refused,
    /// Another object of the same name was taken out, or there was none; there are more sessions than may be, or not.
    Done { twin: Option<Session>, crowded: bool },
}

/// The internal cache of a context. Sessions are in the order in which they were added; what was added first is dropped first.
pub struct Cache {
    brand: Arc<Brand>,
    list: RwLock<List>,
    mode: AtomicU8,
    size: AtomicUsize,
    on_remove: RwLock<Option<Arc<RemoveCallback>>>,
    statistics: Statistics,
    faults: Faults,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache").field("length", &self.len()).field("mode", &self.mode()).finish_non_exhaustive()
    }
}

impl Cache {
    /// The empty cache of a context.
    pub(super) fn new(brand: Arc<Brand>) -> Self {
        Self {
            brand,
            list: RwLock::default(),
            mode: AtomicU8::new(CacheMode::SERVER.bits()),
            size: AtomicUsize::new(CACHE_SIZE_PRESET),
            on_remove: RwLock::default(),
            statistics: Statistics::default(),
            faults: Faults::default(),
        }
    }

    /// How many sessions it holds, `SSL_CTX_sess_number`.
    #[must_use]
    pub fn len(&self) -> usize {
        read(&self.list).len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What it does.
    #[must_use]
    pub fn mode(&self) -> CacheMode {
        CacheMode::of_bits(self.mode.load(Ordering::Acquire))
    }

    /// `SSL_CTX_set_session_cache_mode`. Returns the mode before.
    pub fn set_mode(&self, mode: CacheMode) -> CacheMode {
        CacheMode::of_bits(self.mode.swap(mode.bits(), Ordering::AcqRel))
    }

    /// How many sessions it may hold; 0 for no limit.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size.load(Ordering::Acquire)
    }

    /// `SSL_CTX_sess_set_cache_size`, 0 for no limit. What is too much leaves when the next session is added. Returns the size before.
    pub fn set_size(&self, size: usize) -> usize {
        self.size.swap(size, Ordering::AcqRel)
    }

    /// What its context counted.
    #[must_use]
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// `SSL_CTX_sess_set_remove_cb`. It runs each time a session leaves the cache, whatever the reason, while the session is in memory.
    /// No lock is held while it runs.
    pub fn set_remove_callback(&self, callback: Option<Arc<RemoveCallback>>) {
        exchange(&self.on_remove, |kept| kept, callback);
    }

    /// Adds a session by hand, `SSL_CTX_add_session`. Another object of the same name makes way for it, and is as good as before; what
    /// the cache is then too large by is dropped from its end. False where this very object was there, and while the context is being dropped.
    ///
    /// # Errors
    /// If it belongs to another context.
    pub fn add(&self, session: &Session) -> Result<bool, OtherContext> {
        session.used_with(&self.brand)?;
        Ok(self.store(session, Fitness::Any))
    }

    /// Takes a session out of use, `SSL_CTX_remove_session`: it leaves the cache if it is there, and is not resumed any more. Says whether
    /// it was there.
    ///
    /// # Errors
    /// If it belongs to another context.
    pub fn remove(&self, session: &Session) -> Result<bool, OtherContext> {
        session.used_with(&self.brand)?;
        Ok(self.retire_but_for(Fault::RemoveDoesNotMark, session))
    }

    /// Takes every session out of use that is expired at this time, `SSL_CTX_flush_sessions`.
    pub fn flush(&self, at: i64) {
        for session in self.due(at) {
            // a callback, or another thread, may have taken it out or used it meanwhile
            let leaves = {
                let mut list = write(&self.list);
                let due = session.is_expired(at) || !stands(Guard::FlushLooksAgain) || self.has(Fault::FlushTakesAll);
                let leaves = due && list.unlink(&session);
                if leaves {
                    session.mark();
                }
                leaves
            };
            if leaves {
                self.announce_but_for(Fault::FlushedSilently, &session);
            }
        }
    }

    /// The session that a client can mean by this id, `None` where there is none or it is of another version.
    #[must_use]
    pub fn find(&self, id: &SessionId, version: Version) -> Option<Session> {
        read(&self.list).find(id, version)
    }

    /// Whether a client can mean a session by this id, `SSL_has_matching_session_id`.
    #[must_use]
    pub fn contains(&self, id: &SessionId, version: Version) -> bool {
        read(&self.list).contains(id, version)
    }

    /// Adds a session that was established on this context, unless it was taken out of use meanwhile.
    pub(super) fn store_established(&self, session: &Session) {
        self.store(session, if self.has(Fault::TicketInheritsMark) { Fitness::Any } else { Fitness::Resumable });
    }

    /// Adds a session that is this context's. False where this very object was there.
    fn store(&self, session: &Session, wanted: Fitness) -> bool {
        match self.put(session, wanted, List::put_or_take_twin) {
            Put::Refused => return false,
            Put::Done { twin: None, crowded: false } => return true,
            Put::Done { twin: None, crowded: true } => {}
            Put::Done { twin: Some(twin), .. } => {
                // it makes way first
                self.announce_but_for(Fault::DisplacedSilently, &twin);
                // a callback, or another thread, may have put one there meanwhile
                match self.put(session, wanted, List::put) {
                    Put::Refused => return false,
                    Put::Done { twin: Some(late), .. } => self.announce_but_for(Fault::DisplacedSilently, &late),
                    Put::Done { twin: None, .. } => {}
                }
            }
        }
        self.make_room(session);
        true
    }

    fn put(&self, session: &Session, wanted: Fitness, put: fn(&mut List, &Session) -> Option<Session>) -> Put {
        let size = self.allowed();
        let mut list = write(&self.list);
        // what is taken out of use is marked under this lock, so that no such session is put in afterwards
        let unfit = wanted == Fitness::Resumable && !session.is_resumable() && stands(Guard::StoreLooksAgain);
        if unfit || session.is_cached() || list.is_closed() {
            return Put::Refused;
        }
        let twin = put(&mut list, session);
        Put::Done { twin, crowded: size != 0 && list.len() > size }
    }

    /// Drops sessions from the end until the cache is within its size. Never the one that was just added.
    fn make_room(&self, added: &Session) {
        loop {
            let victim = {
                let (mut list, size) = (write(&self.list), self.allowed());
                if size == 0 || list.len() <= size {
                    return;
                }
                let Some(victim) = list.oldest_but(added) else { return };
                list.unlink(&victim);
                if stands(Guard::EvictMarksUnderLock) {
                    victim.mark();
                }
                victim
            };
            if !stands(Guard::EvictMarksUnderLock) {
                victim.mark();
            }
            self.announce(&victim);
            self.count(Counter::CacheFull);
        }
    }

    /// Takes a session of this context out of use, in the cache or not. Says whether it was there.
    pub(super) fn retire(&self, session: &Session) -> bool {
        let was_there = {
            let mut list = write(&self.list);
            if stands(Guard::RetireMarksUnderLock) {
                session.mark();
            }
            list.unlink(session)
        };
        if !stands(Guard::RetireMarksUnderLock) {
            session.mark();
        }
        if was_there {
            self.announce(session);
        }
        was_there
    }

    /// A session that the application refused leaves the cache, if it is there, and is as good as before. Says whether it was there.
    pub(super) fn put_aside(&self, session: &Session) -> bool {
        let was_there = write(&self.list).unlink(session);
        if was_there {
            self.announce(session);
        }
        was_there
    }

    /// Takes every session out, the oldest first: its context is gone. No callback puts one in again.
    pub(super) fn clear(&self) {
        write(&self.list).close();
        loop {
            let last = {
                let Some(last) = write(&self.list).pop_oldest() else { return };
                last.mark();
                last
            };
            self.announce_but_for(Fault::ContextFreeSilent, &last);
        }
    }

    fn announce(&self, session: &Session) {
        if !stands(Guard::CallbackOutsideLock) {
            read(&self.on_remove).iter().for_each(|callback| callback(self, session));
            return;
        }
        let callback = read(&self.on_remove).clone();
        if let Some(callback) = callback {
            callback(self, session);
        }
    }
}
