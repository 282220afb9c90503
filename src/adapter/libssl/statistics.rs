//! What contexts count.

use std::ffi::c_int;

use super::Libssl;
use super::api::Ptr;
use crate::implementation::{Statistics, Trouble};

// the numbers of SSL_CTX_ctrl
const CONNECT: c_int = 21;
const CONNECT_GOOD: c_int = 22;
const ACCEPT: c_int = 24;
const ACCEPT_GOOD: c_int = 25;
const HITS: c_int = 27;
const CALLBACK_HITS: c_int = 28;
const MISSES: c_int = 29;
const TIMEOUTS: c_int = 30;
const CACHE_FULL: c_int = 31;

impl Libssl {
    /// The statistics of a context that lives; none where the library has no way to ask.
    pub(super) fn statistics(&self, ctx: Ptr) -> Result<Option<Statistics>, Trouble> {
        if self.api.SSL_CTX_ctrl.is_none() {
            return Ok(None);
        }
        let ask = |command| self.context_ctrl(ctx, command, 0).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        Ok(Some(Statistics {
            connect: ask(CONNECT)?,
            connect_good: ask(CONNECT_GOOD)?,
            accept: ask(ACCEPT)?,
            accept_good: ask(ACCEPT_GOOD)?,
            hits: ask(HITS)?,
            cb_hits: ask(CALLBACK_HITS)?,
            misses: ask(MISSES)?,
            timeouts: ask(TIMEOUTS)?,
            cache_full: ask(CACHE_FULL)?,
        }))
    }
}
