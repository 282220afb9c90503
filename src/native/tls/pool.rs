//! Things that are used by one at a time, and kept for the next.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many are kept; what was used longest ago makes way.
const KEPT: usize = 8;

/// Things that nobody uses at the moment, the one that was used last first. No lock is held while one is made, or at work: whoever wants
/// one at the same time has one of its own.
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Pool<T> {
    /// Has one that fits do its work, or one that is made for it. One that fails is of no use again.
    pub(super) fn run<R, E>(
        &self,
        fits: impl Fn(&T) -> bool,
        make: impl FnOnce() -> Result<T, E>,
        work: impl FnOnce(&mut T) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut one = match self.take(fits) {
            Some(one) => one,
            None => make()?,
        };
        let done = work(&mut one)?;
        drop(self.put(one));
        Ok(done)
    }

    fn take(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut idle = self.idle();
        let at = idle.iter().position(fits)?;
        Some(idle.remove(at))
    }

    /// What makes way for it.
    fn put(&self, one: T) -> Option<T> {
        let mut idle = self.idle();
        let last = if idle.len() < KEPT { None } else { idle.pop() };
        idle.insert(0, one);
        last
    }

    fn idle(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uses one for this number. Which it was, if the pool is free for others meanwhile.
    fn used(pool: &Pool<u32>, wanted: u32) -> Result<u32, &'static str> {
        let is_free = || pool.0.try_lock().map(drop).map_err(|_| "others wait");
        pool.run(|one| one % 10 == wanted, || is_free().map(|()| wanted + 10), |one| is_free().map(|()| *one))
    }

    #[test]
    fn nobody_waits_for_one_that_is_made_or_at_work() {
        let pool = Pool::default();
        assert_eq!((used(&pool, 1), used(&pool, 1)), (Ok(11), Ok(11)));
        assert_eq!(pool.idle().len(), 1, "it was used again");
    }

    #[test]
    fn what_was_used_longest_ago_makes_way() {
        let pool = Pool::default();
        for wanted in (0..8).chain([0, 8]) {
            used(&pool, wanted).expect("it is free");
        }
        assert_eq!(*pool.idle(), [18, 10, 17, 16, 15, 14, 13, 12]);
    }

    #[test]
    fn what_fails_is_not_kept() {
        let pool = Pool::default();
        assert_eq!(pool.run(|_| true, || Ok(1), |_| Err::<(), _>("it fails")), Err("it fails"));
        assert!(pool.idle().is_empty());
    }
}
