//! A cache of many sessions: adding, finding, removing.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};

use super::super::api::{Api, Ptr};
use super::super::{harness, needs};
use super::pair::Cached;
use super::{CacheTimes, Kind, Speed, Threads, heap_bytes, id, shuffled, timed};
use crate::implementation::{Lack, Trouble};

/// `SSL_CTRL_SET_SESS_CACHE_SIZE`.
const SET_CACHE_SIZE: i32 = 42;

/// A context with an empty cache without a limit, and what goes into that.
struct Filling {
    api: &'static Api,
    context: Shared,
    /// A connection for each thread: what is to be found is asked of one.
    askers: Vec<Shared>,
    sessions: Vec<Shared>,
}

/// An object that several threads have.
type Shared = usize;

impl Speed {
    pub(super) fn cache_times(&self, sessions: u32, threads: Threads) -> Result<CacheTimes, Trouble> {
        let (ids, order): (Vec<[u8; 32]>, _) = ((0..sessions).map(id).collect(), shuffled(sessions));
        let mut filling = self.empty(sessions, threads)?;
        let before = heap_bytes().unwrap_or(0);
        self.copies(&ids, &mut filling.sessions)?;
        let (api, done) = (self.api, AtomicU32::new(0));
        let find = needs(api.SSL_has_matching_session_id, Lack::SetId)?;
        let share = |number: usize| (number..order.len()).step_by(threads.number());
        let add = timed(threads, &|number| filling.each(share(number), &done, |at, context| add(api, context, filling.sessions[at])));
        let heap_bytes = heap_bytes().unwrap_or(0).saturating_sub(before);
        let look_up = timed(threads, &|number| {
            let asker = filling.askers[number] as Ptr;
            filling.each(share(number), &done, |at, _| {
                let id = &ids[order[at] as usize];
                // SAFETY: the connection lives, and is this thread's; the id is so long.
                unsafe { find(asker, id.as_ptr(), 32) }
            });
        });
        let remove = timed(threads, &|number| {
            filling.each(share(number), &done, |at, context| remove(api, context, filling.sessions[order[at] as usize]));
        });
        if done.into_inner() != 3 * sessions {
            return Err(harness("a session was not added, found or removed"));
        }
        Ok(CacheTimes { add, look_up, remove, heap_bytes })
    }

    fn empty(&self, sessions: u32, threads: Threads) -> Result<Filling, Trouble> {
        // a connection of this method is of version 1.2 before its handshake
        let method = needs(self.api.TLSv1_2_method, Lack::SetId)?;
        // SAFETY: a method is static; the context lives.
        let (context, askers) = unsafe {
            let context = (self.api.SSL_CTX_new)(method());
            (context, (0..threads.number()).map(|_| (self.api.SSL_new)(context) as Shared).collect())
        };
        let filling = Filling { api: self.api, context: context as Shared, askers, sessions: Vec::with_capacity(sessions as usize) };
        self.control(context, SET_CACHE_SIZE, 0)?;
        Ok(filling)
    }

    /// Copies of one negotiated session, with these ids.
    fn copies(&self, ids: &[[u8; 32]], copies: &mut Vec<Shared>) -> Result<(), Trouble> {
        let api = self.api;
        let (duplicate, name) = (needs(api.SSL_SESSION_dup, Lack::Dup)?, needs(api.SSL_SESSION_set1_id, Lack::SetId)?);
        let contexts = self.contexts(Kind::Id, Cached::AsNeeded)?;
        let pair = contexts.connect(null_mut())?;
        // SAFETY: the connection lives, and its session lives as long as our reference.
        let original = unsafe { (api.SSL_get1_session)(pair.server) };
        pair.close();
        for id in ids {
            // SAFETY: the original lives; the id is so long.
            unsafe {
                let copy = duplicate(original);
                name(copy, id.as_ptr(), 32);
                copies.push(copy as Shared);
            }
        }
        // SAFETY: the reference is ours.
        unsafe { (api.SSL_SESSION_free)(original) };
        Ok(())
    }
}

impl Filling {
    /// Does this at each of these places, and counts the successes.
    fn each(&self, places: impl Iterator<Item = usize>, done: &AtomicU32, act: impl Fn(usize, Shared) -> i32) {
        let good = places.map(|at| u32::from(act(at, self.context) == 1)).sum();
        done.fetch_add(good, Ordering::Relaxed);
    }
}

fn add(api: &Api, context: Shared, session: Shared) -> i32 {
    // SAFETY: both live; a context may be used by several threads.
    unsafe { (api.SSL_CTX_add_session)(context as Ptr, session as Ptr) }
}

fn remove(api: &Api, context: Shared, session: Shared) -> i32 {
    // SAFETY: as above.
    unsafe { (api.SSL_CTX_remove_session)(context as Ptr, session as Ptr) }
}

impl Drop for Filling {
    fn drop(&mut self) {
        let api = self.api;
        // SAFETY: all of them are ours.
        unsafe {
            self.askers.iter().for_each(|&asker| (api.SSL_free)(asker as Ptr));
            (api.SSL_CTX_free)(self.context as Ptr);
            self.sessions.iter().for_each(|&session| (api.SSL_SESSION_free)(session as Ptr));
        }
    }
}
