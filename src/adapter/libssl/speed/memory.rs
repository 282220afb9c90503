//! What sessions take in memory.

use std::ptr::null_mut;

use super::super::harness;
use super::pair::{Cached, Contexts};
use super::{End, Kind, Speed, heap_bytes};
use crate::implementation::Trouble;

/// So many handshakes go before, so that what the library keeps for good is there.
const WARM_UP: u32 = 64;

impl Speed {
    pub(super) fn bytes_of_each(&self, kind: Kind, end: End, handshakes: u32) -> Result<f64, Trouble> {
        let cached = match end {
            End::Client => Cached::AtClient,
            End::Server => Cached::AsNeeded,
        };
        connect(&self.contexts(kind, cached)?, WARM_UP)?;
        let contexts = self.contexts(kind, cached)?;
        let context = match end {
            End::Client => contexts.client,
            End::Server => contexts.server,
        };
        connect(&contexts, 1)?;
        let (before, already) = (heap_bytes(), self.cached(context)?);
        connect(&contexts, handshakes)?;
        let (after, sessions) = (heap_bytes(), self.cached(context)? - already);
        let bytes = before.zip(after).map(|(before, after)| after.saturating_sub(before));
        match bytes {
            Some(bytes) if sessions >= handshakes => Ok(bytes as f64 / f64::from(sessions)),
            Some(_) => Err(harness(format!("{sessions} sessions are cached after {handshakes} handshakes"))),
            None => Err(harness("the C library does not tell how much memory is in use")),
        }
    }
}

fn connect(contexts: &Contexts<'_>, times: u32) -> Result<(), Trouble> {
    (0..times).try_for_each(|_| contexts.connect(null_mut()).map(super::pair::Pair::close))
}
