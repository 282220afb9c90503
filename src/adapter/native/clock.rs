//! The virtual clock.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::native::Clock;

/// The second of the real calendar that scripts call 0.
pub(super) const EPOCH: i64 = 1_700_000_000;
const EPOCH_UNSIGNED: u64 = EPOCH.unsigned_abs();
/// The second at which a case starts.
const START: u64 = 1_000;

/// A clock that goes on when it is told to.
#[derive(Debug)]
pub(super) struct VirtualClock(AtomicU64);

impl Default for VirtualClock {
    fn default() -> Self {
        Self(AtomicU64::new(EPOCH_UNSIGNED + START))
    }
}

impl VirtualClock {
    pub(super) fn restart(&self) {
        self.0.store(EPOCH_UNSIGNED + START, Ordering::Relaxed);
    }

    pub(super) fn advance(&self, seconds: u32) {
        self.0.fetch_add(seconds.into(), Ordering::Relaxed);
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
