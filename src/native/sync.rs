//! The locks of this library: the one place that names them, so that they can be exchanged to look at interleavings: with the feature
//! `shuttle` they are shuttle's, and of use within shuttle only. Those below `tls/`, which never hold a session, are the standard library's.
//!
//! No lock of these is held while a callback runs, nor while another is taken, but for one: the cache looks at a session, and marks it,
//! while it holds its own.
//!
//! It is shuttle, and not loom, because what is looked at is the real code, whole operations at a time: loom goes through all orders,
//! those of weak memory included, and is soon out of breath with a dozen locks in three threads, whereas shuttle draws schedules at random, or takes
//! the preemptions that matter, and repeats what failed. What it leaves out costs little here: whatever threads tell each other is
//! under a lock, but for settings and statistics, which stand alone, and the place of a session, which is written under a lock.
//! `Arc` is the standard library's with shuttle, too: counting is not where schedules part.

#[cfg(not(feature = "shuttle"))]
use std::sync as these;

#[cfg(feature = "shuttle")]
use shuttle::sync as these;

pub(super) use these::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};
pub(super) use these::{Arc, Mutex, MutexGuard, RwLock, Weak};
use these::{PoisonError, RwLockReadGuard, RwLockWriteGuard};

/// Takes a lock. What was under it when a thread panicked is whole: nothing here panics half-way through a change.
pub(super) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a lock for reading.
pub(super) fn read<T: ?Sized>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a lock for writing.
pub(super) fn write<T: ?Sized>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

/// Puts a value in the place of what a lock guards. What was there is dropped when the lock was left: it may be the last to hold a
/// session, whose death is told to a watch.
pub(super) fn exchange<S, T>(lock: &RwLock<S>, place: impl FnOnce(&mut S) -> &mut T, value: T) {
    let before = std::mem::replace(place(&mut write(lock)), value);
    drop(before);
}

/// What keeps threads from doing harm to each other. A test deletes each once, and shows the harm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Guard {
    /// What is put into the cache as established is looked at once more under its lock: it may have been taken out of use.
    StoreLooksAgain,
    /// What is taken out of use is marked under the lock of the cache.
    RetireMarksUnderLock,
    /// What is dropped for the size is marked under the lock of the cache.
    EvictMarksUnderLock,
    /// A flush asks again, under the lock, whether a session is expired and there.
    FlushLooksAgain,
    /// Another session of the same name makes way a second time, under the lock under which this one is put in.
    StoreTakesTwin,
    /// The callback is taken out of its lock before it runs.
    CallbackOutsideLock,
    /// Where a session is for once, who took it out of the cache resumes it, and not who found it there.
    OnceAsks,
    /// A context takes its sessions out of use when its last handle is dropped.
    ContextEmptiesCache,
    /// Whether a session may be renamed is asked under the lock of its content.
    RenameAsksUnderLock,
}

/// Whether a guard is in its place. It always is, but where a test has deleted it.
#[cfg(not(feature = "shuttle"))]
pub(super) const fn stands(_: Guard) -> bool {
    true
}

#[cfg(feature = "shuttle")]
std::thread_local! {
    /// What a test has deleted. The threads of a schedule are all of one thread of the system.
    static DELETED: std::cell::Cell<Option<Guard>> = const { std::cell::Cell::new(None) };
}

/// Whether a guard is in its place.
#[cfg(feature = "shuttle")]
pub(super) fn stands(guard: Guard) -> bool {
    DELETED.get() != Some(guard)
}

/// Deletes a guard, for this thread of the system.
#[cfg(all(test, feature = "shuttle"))]
pub(super) fn delete(guard: Option<Guard>) {
    DELETED.set(guard);
}
