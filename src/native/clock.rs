//! The clock of the system.

use std::time::{SystemTime, UNIX_EPOCH};

use super::tls::Clock;

/// The clock of the system, seconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }
}
