//! What time does to sessions: how timeouts are kept and told to clients, what use does to a session's time, and flushing on the
//! library's own account.

use smallvec::SmallVec;

use crate::step::{Step, Stop};
use crate::{ConnId, CtxId, Deviation, Effect, SessId, Session, Side, Version};

/// The longest lifetime that a TLS 1.3 ticket may have, seconds: a week.
pub const WEEK_S: u32 = 7 * 24 * 60 * 60;

impl Session {
    /// Whether it is strictly past its time at `now`.
    #[must_use]
    pub fn is_expired(&self, now: impl Into<i64>) -> bool {
        now.into() > self.time.saturating_add(self.timeout)
    }
}

impl Step<'_> {
    /// A timeout as it is kept.
    pub(crate) fn kept_timeout(&self, timeout_s: i64) -> i64 {
        if !self.deviates(Deviation::TimesInNanoseconds) {
            return timeout_s;
        }
        // divergence: what does not fit is cut off
        let seconds = u64::from_ne_bytes(timeout_s.to_ne_bytes()).wrapping_mul(1_000_000_000) / 1_000_000_000;
        i64::try_from(seconds).unwrap_or(i64::MAX)
    }

    /// The timeout that a context gives to a new session.
    pub(crate) fn given_timeout(&self, context: CtxId) -> Result<i64, Stop> {
        let timeout_s = self.context(context)?.timeout;
        Ok(match timeout_s {
            0 if self.deviates(Deviation::ZeroTimeoutIsPreset) => self.preset_timeout(),
            ..0 if self.deviates(Deviation::NegativeTimeoutIsZero) => 0,
            _ => timeout_s,
        })
    }

    /// The timeout that a new context has.
    pub(crate) fn preset_timeout(&self) -> i64 {
        if self.deviates(Deviation::PresetTimeoutTwoHours) { 7200 } else { crate::TIMEOUT_PRESET_S }
    }

    /// The lifetime hint of a ticket: the timeout of the session, within the limits of the protocol.
    pub(crate) fn hint(&self, version: Version, timeout_s: i64) -> u32 {
        let longest = match version {
            Version::Tls12 => u32::MAX,
            Version::Tls13 => WEEK_S,
        };
        let wraps = self.deviates(Deviation::HintWraps) && !(version == Version::Tls13 && timeout_s > longest.into());
        let seconds = if wraps { timeout_s.rem_euclid(1 << 32) } else { timeout_s.clamp(0, longest.into()) };
        u32::try_from(seconds).unwrap_or(longest)
    }

    /// A session of a context's cache is resumed: where the mode says so, its timeout counts from now.
    pub(crate) fn used(&mut self, context: CtxId, session: SessId) -> Result<(), Stop> {
        let updates = self.context(context)?.mode.update_time && !self.deviates(Deviation::UpdateTimeOnlyWhenAdded);
        if updates && self.session(session)?.link == Some(context) {
            let now = self.state.now;
            self.session_mut(session)?.time = now.into();
        }
        Ok(())
    }

    /// At the end of a step: the library flushes the caches of contexts on which a handshake completed or a session was established.
    pub(crate) fn auto_clear(&mut self) -> Result<(), Stop> {
        let flushed = self.choice.clients_flushed || self.choice.servers_flushed;
        if !flushed && !self.profile.has(Deviation::AutoClearIgnoresFlag) {
            return Ok(());
        }
        for id in self.grown() {
            self.turn_to_context(id)?;
            let ignores_flag = self.deviates(Deviation::AutoClearIgnoresFlag);
            let context = self.context(id)?;
            // latitude: every 255 connections, or every 255 new sessions
            let chosen = match context.side {
                Side::Client => self.choice.clients_flushed,
                Side::Server => self.choice.servers_flushed,
            };
            if (chosen && !context.mode.no_auto_clear) || (ignores_flag && context.mode.no_auto_clear) {
                self.flush(id, self.state.now)?;
            }
        }
        Ok(())
    }

    /// The contexts on which a handshake completed or a session was established in this step.
    fn grown(&self) -> SmallVec<[CtxId; 2]> {
        let mut contexts: SmallVec<[CtxId; 2]> = SmallVec::new();
        for connection in self.journal.effects.iter().filter_map(progress) {
            if let Some(context) = self.state.connections.get(connection).map(|c| c.context)
                && !contexts.contains(&context)
            {
                contexts.push(context);
            }
        }
        contexts
    }
}

/// The connection on which a handshake completed or a session was established.
pub(crate) fn progress(effect: &Effect) -> Option<ConnId> {
    match *effect {
        Effect::Completed { connection, .. } | Effect::Established { connection, .. } => Some(connection),
        _ => None,
    }
}
