//! What a context counts of what happens on it, SSL_CTX_sess_number(3). No operation reads it.

use crate::step::{Step, Stop};
use crate::{ConnId, CtxId, Deviation, Side};

/// One statistic of a context.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Counter {
    /// `SSL_CTX_sess_connect`: handshakes that a client started.
    Connect,
    /// `SSL_CTX_sess_connect_good`: handshakes that a client completed.
    ConnectGood,
    /// `SSL_CTX_sess_accept`: handshakes that a server started.
    Accept,
    /// `SSL_CTX_sess_accept_good`: handshakes that a server completed.
    AcceptGood,
    /// `SSL_CTX_sess_hits`: sessions that were resumed.
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

impl Counter {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Connect,
        Self::ConnectGood,
        Self::Accept,
        Self::AcceptGood,
        Self::Hits,
        Self::CallbackHits,
        Self::Misses,
        Self::Timeouts,
        Self::CacheFull,
    ];
}

/// The statistics of one context, each by its [`Counter`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Counters([u32; 9]);

impl Counters {
    /// What one of them stands at.
    #[must_use]
    pub fn of(&self, counter: Counter) -> u32 {
        self.0[counter as usize]
    }

    /// These statistics with one of them at another value.
    #[must_use]
    pub fn with(mut self, counter: Counter, value: u32) -> Self {
        self.0[counter as usize] = value;
        self
    }

    /// The highest of them.
    #[must_use]
    pub fn highest(&self) -> u32 {
        self.0.iter().copied().max().unwrap_or(0)
    }
}

impl Step<'_> {
    /// Counts one more.
    pub(crate) fn count(&mut self, context: CtxId, counter: Counter) -> Result<(), Stop> {
        let more = u32::from(!self.deviates(Deviation::StatisticsStandStill));
        let context = self.context_mut(context)?;
        context.counters = context.counters.with(counter, context.counters.of(counter).saturating_add(more));
        Ok(())
    }

    /// Takes one back. Below 0 a statistic goes round.
    pub(crate) fn uncount(&mut self, context: CtxId, counter: Counter) -> Result<(), Stop> {
        let context = self.context_mut(context)?;
        context.counters = context.counters.with(counter, context.counters.of(counter).wrapping_sub(1));
        Ok(())
    }

    /// A handshake begins at one end.
    pub(crate) fn count_start(&mut self, id: ConnId) -> Result<(), Stop> {
        let context = self.connection(id)?.context;
        let (start, good) = match self.context(context)?.side {
            Side::Client => (Counter::Connect, Counter::ConnectGood),
            Side::Server => (Counter::Accept, Counter::AcceptGood),
        };
        self.count(context, start)?;
        if self.deviates(Deviation::StartedCountsAsGood) { self.count(context, good) } else { Ok(()) }
    }

    /// A handshake completed at one end.
    pub(crate) fn count_completion(&mut self, id: ConnId, resumed: bool) -> Result<(), Stop> {
        let context = self.connection(id)?.context;
        match self.context(context)?.side {
            Side::Client => {
                self.count(context, Counter::ConnectGood)?;
                if resumed { self.count(context, Counter::Hits) } else { Ok(()) }
            }
            Side::Server => self.count(self.counted_at(id)?, Counter::AcceptGood),
        }
    }

    /// A renegotiation begins at one end. It has a statistic of its own.
    pub(crate) fn count_renegotiation_start(&mut self, id: ConnId) -> Result<(), Stop> {
        // latitude: the page does not say whether it is counted as a handshake as well
        if self.choice.renegotiation_counted { self.count_start(id) } else { Ok(()) }
    }

    /// A renegotiation completed at one end.
    pub(crate) fn count_renegotiation(&mut self, id: ConnId, resumed: bool) -> Result<(), Stop> {
        let context = self.connection(id)?.context;
        match self.context(context)?.side {
            Side::Client => {
                self.count_in_doubt(context, Counter::ConnectGood)?;
                if resumed { self.count(context, Counter::Hits) } else { Ok(()) }
            }
            Side::Server => self.count_in_doubt(self.counted_at(id)?, Counter::AcceptGood),
        }
    }

    // latitude: no page says which context counts for a server that was moved
    pub(crate) fn counted_at(&self, id: ConnId) -> Result<CtxId, Stop> {
        let connection = self.connection(id)?;
        Ok(connection.switched.filter(|_| self.choice.counted_where_moved).unwrap_or(connection.context))
    }

    /// What is not certain to be counted.
    pub(crate) fn count_in_doubt(&mut self, context: CtxId, counter: Counter) -> Result<(), Stop> {
        // latitude: the page does not say
        let counted = match counter {
            Counter::ConnectGood | Counter::AcceptGood => self.choice.good_in_doubt_counted,
            _ => self.choice.doubt_counted,
        };
        if counted { self.count(context, counter) } else { Ok(()) }
    }
}
