//! Values that observations carry: cache modes and statistics, as traces write them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sessck_model::{CacheMode, Counter, Counters};

/// A cache mode: [client, server, no lookup, no store, no auto clear, update time], the last two left out where both are unset.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct SeenMode(pub CacheMode);

impl Serialize for SeenMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let CacheMode { client, server, no_lookup, no_store, no_auto_clear, update_time } = self.0;
        let flags = [client, server, no_lookup, no_store, no_auto_clear, update_time];
        flags[..if no_auto_clear || update_time { 6 } else { 4 }].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SeenMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let flags = Vec::<bool>::deserialize(deserializer)?;
        let (&[client, server, no_lookup, no_store], rest) =
            flags.split_first_chunk::<4>().ok_or_else(|| serde::de::Error::custom("a cache mode has 4 or 6 flags"))?;
        let (no_auto_clear, update_time) = match *rest {
            [] => (false, false),
            [no_auto_clear, update_time] => (no_auto_clear, update_time),
            _ => return Err(serde::de::Error::custom("a cache mode has 4 or 6 flags")),
        };
        Ok(Self(CacheMode { client, server, no_lookup, no_store, no_auto_clear, update_time }))
    }
}

/// The statistics of a context. One that stands at 0 is not written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(missing_docs, reason = "named as the functions that give them")]
pub struct Statistics {
    #[serde(skip_serializing_if = "is_zero")]
    pub connect: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub connect_good: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub accept: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub accept_good: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub hits: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub cb_hits: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub misses: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub timeouts: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub cache_full: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Statistics {
    /// One of them.
    #[must_use]
    pub fn of(&self, counter: Counter) -> u32 {
        match counter {
            Counter::Connect => self.connect,
            Counter::ConnectGood => self.connect_good,
            Counter::Accept => self.accept,
            Counter::AcceptGood => self.accept_good,
            Counter::Hits => self.hits,
            Counter::CallbackHits => self.cb_hits,
            Counter::Misses => self.misses,
            Counter::Timeouts => self.timeouts,
            Counter::CacheFull => self.cache_full,
        }
    }
}

impl From<&Counters> for Statistics {
    fn from(counters: &Counters) -> Self {
        let [connect, connect_good, accept, accept_good, hits, cb_hits, misses, timeouts, cache_full] =
            Counter::ALL.map(|counter| counters.of(counter));
        Self { connect, connect_good, accept, accept_good, hits, cb_hits, misses, timeouts, cache_full }
    }
}

/// What a statistic is called in C, after `SSL_CTX_sess_`.
#[must_use]
pub fn counter_word(counter: Counter) -> &'static str {
    match counter {
        Counter::Connect => "connect",
        Counter::ConnectGood => "connect_good",
        Counter::Accept => "accept",
        Counter::AcceptGood => "accept_good",
        Counter::Hits => "hits",
        Counter::CallbackHits => "cb_hits",
        Counter::Misses => "misses",
        Counter::Timeouts => "timeouts",
        Counter::CacheFull => "cache_full",
    }
}

#[cfg(test)]
mod tests {
    use sessck_model::CacheMode;

    use super::SeenMode;

    #[track_caller]
    fn written(mode: CacheMode, json: &str) {
        assert_eq!(serde_json::to_string(&SeenMode(mode)).expect("writes"), json);
        assert_eq!(serde_json::from_str::<SeenMode>(json).expect("reads"), SeenMode(mode));
    }

    #[test]
    fn four_flags_or_six() {
        written(CacheMode::SERVER, "[false,true,false,false]");
        written(CacheMode { update_time: true, ..CacheMode::SERVER }, "[false,true,false,false,false,true]");
        assert!(serde_json::from_str::<SeenMode>("[true,true,true,true,true]").is_err());
    }
}
