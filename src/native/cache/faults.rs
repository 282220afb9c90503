//! What a cache does where a fault is switched on.

use super::Cache;
use crate::native::faults::Fault;
use crate::native::session::Session;
use crate::native::statistics::Counter;
use crate::native::sync::read;

impl Cache {
    /// Whether it is to be wrong in this way.
    pub(in crate::native) fn has(&self, fault: Fault) -> bool {
        self.faults.has(fault)
    }

    #[cfg(feature = "faults")]
    pub(in crate::native) fn switch_on(&self, fault: Fault) {
        self.faults.switch_on(fault);
    }

    /// How many sessions it keeps itself to; 0 for no limit.
    pub(super) fn allowed(&self) -> usize {
        match self.size() {
            _ if self.has(Fault::NeverEvicts) => 0,
            size @ 2.. if self.has(Fault::EvictsAtSize) => size - 1,
            size => size,
        }
    }

    /// The sessions that a flush at this time takes out, the oldest first.
    pub(super) fn due(&self, at: i64) -> Vec<Session> {
        let list = read(&self.list);
        let mut due = if self.has(Fault::FlushTakesAll) { list.all() } else { list.expired(at) };
        if self.has(Fault::FlushStopsEarly) {
            due.truncate(1);
        }
        due
    }

    /// Runs the remove callback, but not with this fault.
    pub(super) fn announce_but_for(&self, fault: Fault, session: &Session) {
        if !self.has(fault) {
            self.announce(session);
        }
    }

    /// Takes a session out of use; with this fault it is not marked. Says whether it was there.
    pub(in crate::native) fn retire_but_for(&self, fault: Fault, session: &Session) -> bool {
        if self.has(fault) { self.put_aside(session) } else { self.retire(session) }
    }

    /// Counts one more. Returns what the statistic stood at before.
    pub(in crate::native) fn count(&self, counter: Counter) -> u64 {
        if self.has(Fault::StatisticsStandStill) { self.statistics().of(counter) } else { self.statistics().count(counter) }
    }
}
