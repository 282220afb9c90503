//! Taking and giving back a reference to a connection's session.

use std::hint::black_box;
use std::ptr::null_mut;
use std::time::Duration;

use super::super::api::Ptr;
use super::pair::Cached;
use super::{Holding, Kind, Speed, Threads, timed};
use crate::implementation::Trouble;

impl Speed {
    /// `SSL_get1_session` and `SSL_SESSION_free`, so many times on each thread. Each has a connection of its own.
    pub(super) fn take_and_give_back(&self, holding: Holding, threads: Threads, times: u32) -> Result<Duration, Trouble> {
        let (api, contexts) = (self.api, self.contexts(Kind::Ticket, Cached::AsNeeded)?);
        let mut connections: Vec<usize> = Vec::new();
        let mut sessions: Vec<Ptr> = Vec::new();
        for _ in 0..threads.number() {
            if holding == Holding::Own || sessions.is_empty() {
                let pair = contexts.connect(null_mut())?;
                sessions.push(pair.session());
                pair.close();
            }
            // SAFETY: the context and the session live.
            unsafe {
                let connection = (api.SSL_new)(contexts.client);
                (api.SSL_set_session)(connection, sessions.last().copied().unwrap_or(null_mut()));
                connections.push(connection as usize);
            }
        }
        let loops = |number: usize| {
            let connection = connections[number] as Ptr;
            for _ in 0..times {
                // SAFETY: the connection lives and has a session; no other thread has it.
                unsafe { (api.SSL_SESSION_free)(black_box((api.SSL_get1_session)(connection))) };
            }
        };
        let time = timed(threads, &loops);
        // SAFETY: all of them are ours.
        unsafe {
            connections.iter().for_each(|&connection| (api.SSL_free)(connection as Ptr));
            sessions.iter().for_each(|&session| (api.SSL_SESSION_free)(session));
        }
        Ok(time)
    }
}
