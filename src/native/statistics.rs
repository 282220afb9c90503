//! What a context counts of what happens on it, `SSL_CTX_sess_number(3)`. Nothing in this library reads it.

use super::sync::{AtomicU64, Ordering};

/// One statistic of a context.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Counter {
    /// `SSL_CTX_sess_connect`: handshakes that a client started.
    Connect,
    /// `SSL_CTX_sess_connect_good`: handshakes that a client completed.
    ConnectGood,
    /// `SSL_CTX_sess_accept`: handshakes that a server started.
    Accept,
    /// `SSL_CTX_sess_accept_good`: handshakes that a server completed.
    AcceptGood,
    /// `SSL_CTX_sess_hits`: sessions that were resumed; at a server, that it meant to resume.
    Hits,
    /// `SSL_CTX_sess_cb_hits`: sessions that the get callback gave.
    CallbackHits,
    /// `SSL_CTX_sess_misses`: sessions that were proposed and not found in the internal cache.
    Misses,
    /// `SSL_CTX_sess_timeouts`: sessions that were proposed, found, and expired.
    Timeouts,
    /// `SSL_CTX_sess_cache_full`: sessions that were dropped for the cache's size.
    CacheFull,
}

const NUMBER: usize = 9;

/// The statistics of one context. Each is exact; two that are read one after the other may be of two moments.
#[derive(Debug, Default)]
pub struct Statistics([AtomicU64; NUMBER]);

impl Statistics {
    /// What one of them stands at.
    #[must_use]
    pub fn of(&self, counter: Counter) -> u64 {
        self.0[counter as usize].load(Ordering::Relaxed)
    }

    /// Counts one more. Returns what it stood at before.
    pub(super) fn count(&self, counter: Counter) -> u64 {
        self.0[counter as usize].fetch_add(1, Ordering::Relaxed)
    }
}
