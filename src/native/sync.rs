//! The locks of this library: the one place that names them, so that they can be exchanged to look at interleavings.
//!
//! No lock is held while a callback runs, nor while another lock of this library is taken, but for one: the cache looks at a session, and
//! marks it, while it holds its own.

pub(super) use std::sync::{Arc, Mutex, MutexGuard, RwLock, Weak};
use std::sync::{PoisonError, RwLockReadGuard, RwLockWriteGuard};

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
