//! Two contexts, and connections between them: handshakes.

use std::ffi::{c_int, c_long};
use std::ptr::null_mut;
use std::time::Duration;

use super::super::api::Ptr;
use super::super::{harness, needs};
use super::{Course, GROUPS, Kind, Speed, timed_alone};
use crate::implementation::{Lack, Trouble};

const SET_CACHE_SIZE: c_int = 42;
const SET_CACHE_MODE: c_int = 44;
const SET_GROUPS: c_int = 92;
const SET_MIN_VERSION: c_int = 123;
const SET_MAX_VERSION: c_int = 124;
const NUMBER: c_int = 20;
const NO_TICKET: u64 = 0x4000;
const VERIFY_PEER: c_int = 1;
/// More turns than any handshake takes.
const MAX_TURNS: usize = 16;

/// The cache modes of a pair's contexts.
#[derive(Clone, Copy)]
pub(super) enum Cached {
    /// Both ends cache nothing but what a server needs to resume.
    AsNeeded,
    /// The client caches, and nobody else.
    AtClient,
}

/// A client's and a server's context.
pub(super) struct Contexts<'a> {
    speed: &'a Speed,
    pub(super) client: Ptr,
    pub(super) server: Ptr,
}

/// Two connections that are open.
pub(super) struct Pair<'a> {
    speed: &'a Speed,
    pub(super) client: Ptr,
    pub(super) server: Ptr,
}

impl Speed {
    pub(super) fn contexts(&self, kind: Kind, cached: Cached) -> Result<Contexts<'_>, Trouble> {
        let contexts = Contexts { speed: self, client: self.context(kind)?, server: self.context(kind)? };
        let Contexts { client, server, .. } = contexts;
        let (api, ours) = (self.api, self.credentials);
        let store = needs(api.SSL_CTX_get_cert_store, Lack::Tls13)?;
        let trust = needs(api.X509_STORE_add_cert, Lack::Tls13)?;
        // SAFETY: all live; the contexts take references of their own.
        let taken = unsafe {
            (api.SSL_CTX_set_verify)(client, VERIFY_PEER, None);
            trust(store(client), ours.certificate) == 1
                && (api.SSL_CTX_use_certificate)(server, ours.certificate) == 1
                && (api.SSL_CTX_use_PrivateKey)(server, ours.key) == 1
        };
        if !taken {
            return Err(harness("the library refused our certificate"));
        }
        if matches!(kind, Kind::Id | Kind::Stateful) {
            let set = needs(api.SSL_CTX_set_options, Lack::Tls13)?;
            // SAFETY: the context lives.
            unsafe { set(server, NO_TICKET) };
        }
        let (at_client, at_server) = match cached {
            Cached::AsNeeded => (0, 2),
            Cached::AtClient => (1, 0),
        };
        self.control(client, SET_CACHE_MODE, at_client)?;
        self.control(server, SET_CACHE_MODE, at_server)?;
        for context in [client, server] {
            self.control(context, SET_CACHE_SIZE, 0)?;
        }
        Ok(contexts)
    }

    /// A context of the one version.
    fn context(&self, kind: Kind) -> Result<Ptr, Trouble> {
        let method = needs(self.api.TLS_method, Lack::Tls13)?;
        // SAFETY: a method is static.
        let context = unsafe { (self.api.SSL_CTX_new)(method()) };
        let version = match kind {
            Kind::Id | Kind::Ticket => 0x0303,
            Kind::Stateful | Kind::Stateless => 0x0304,
        };
        let control = needs(self.api.SSL_CTX_ctrl, Lack::Tls13)?;
        // SAFETY: the context lives, and copies the text.
        let grouped = unsafe { control(context, SET_GROUPS, 0, GROUPS.as_ptr().cast_mut().cast()) };
        let fixed = self.control(context, SET_MIN_VERSION, version)? == 1 && self.control(context, SET_MAX_VERSION, version)? == 1;
        if fixed && grouped == 1 { Ok(context) } else { Err(harness("the library refuses the version or the groups")) }
    }

    /// `SSL_CTX_ctrl` with a number.
    pub(super) fn control(&self, context: Ptr, command: c_int, value: c_long) -> Result<c_long, Trouble> {
        let control = needs(self.api.SSL_CTX_ctrl, Lack::Tls13)?;
        // SAFETY: the context lives; none of these commands takes a pointer.
        Ok(unsafe { control(context, command, value, null_mut()) })
    }

    /// `SSL_CTX_sess_number`.
    pub(super) fn cached(&self, context: Ptr) -> Result<u32, Trouble> {
        Ok(u32::try_from(self.control(context, NUMBER, 0)?).unwrap_or(u32::MAX))
    }

    pub(super) fn connect_often(&self, kind: Kind, course: Course, number: u32) -> Result<Duration, Trouble> {
        let contexts = self.contexts(kind, Cached::AsNeeded)?;
        let first = contexts.connect(null_mut())?;
        let session = first.session();
        first.close();
        let all = || (0..number).try_fold(session, |proposed, _| contexts.connect_once(course, proposed));
        let (last, time) = timed_alone(all);
        let last = last?;
        // SAFETY: the reference is ours.
        unsafe { (self.api.SSL_SESSION_free)(last) };
        Ok(time)
    }
}

impl<'a> Contexts<'a> {
    /// One connection's life. Gives the proposed session back, and returns the one that is to be proposed next.
    fn connect_once(&self, course: Course, session: Ptr) -> Result<Ptr, Trouble> {
        let api = self.speed.api;
        let (proposed, reused) = match course {
            Course::Full => (null_mut(), false),
            Course::Resumed => (session, true),
        };
        let pair = self.connect(proposed)?;
        // SAFETY: the connection lives.
        let was_reused = unsafe { needs(api.SSL_session_reused, Lack::Tls13)?(pair.client) } == 1;
        if was_reused != reused {
            return Err(harness("a handshake resumed that was not to, or did not that was to"));
        }
        let next = pair.session();
        pair.close();
        // SAFETY: the reference is ours.
        unsafe { (api.SSL_SESSION_free)(session) };
        Ok(next)
    }

    /// A handshake, and the tickets that come after it.
    pub(super) fn connect(&self, proposed: Ptr) -> Result<Pair<'a>, Trouble> {
        let api = self.speed.api;
        let (mut near, mut far) = (null_mut(), null_mut());
        // SAFETY: the contexts live; each connection takes its end of the transport; the session lives or is NULL.
        let pair = unsafe {
            let pair = Pair { speed: self.speed, client: (api.SSL_new)(self.client), server: (api.SSL_new)(self.server) };
            (api.BIO_new_bio_pair)(&raw mut near, 0, &raw mut far, 0);
            (api.SSL_set_bio)(pair.client, near, near);
            (api.SSL_set_bio)(pair.server, far, far);
            (api.SSL_set_connect_state)(pair.client);
            (api.SSL_set_accept_state)(pair.server);
            if !proposed.is_null() {
                (api.SSL_set_session)(pair.client, proposed);
            }
            pair
        };
        for _ in 0..MAX_TURNS {
            // SAFETY: the connections live.
            let open = unsafe { ((api.SSL_do_handshake)(pair.client), (api.SSL_do_handshake)(pair.server)) };
            if open == (1, 1) {
                pair.read(pair.client);
                return Ok(pair);
            }
        }
        Err(harness("a handshake did not complete"))
    }
}

impl Drop for Contexts<'_> {
    fn drop(&mut self) {
        // SAFETY: the references are ours.
        unsafe {
            (self.speed.api.SSL_CTX_free)(self.client);
            (self.speed.api.SSL_CTX_free)(self.server);
        }
    }
}

impl Pair<'_> {
    /// `SSL_get1_session` of the client.
    pub(super) fn session(&self) -> Ptr {
        // SAFETY: the connection lives.
        unsafe { (self.speed.api.SSL_get1_session)(self.client) }
    }

    /// Reads what there is, which is no application data.
    fn read(&self, connection: Ptr) {
        let mut byte = 0_u8;
        // SAFETY: the connection lives; the buffer is as long as said.
        unsafe { (self.speed.api.SSL_read)(connection, (&raw mut byte).cast(), 1) };
    }

    /// Shuts both ends down and frees them.
    pub(super) fn close(self) {
        let api = self.speed.api;
        // SAFETY: the connections live, and are ours.
        unsafe {
            (api.SSL_shutdown)(self.client);
            self.read(self.server);
            (api.SSL_shutdown)(self.server);
            (api.SSL_shutdown)(self.client);
            (api.SSL_free)(self.client);
            (api.SSL_free)(self.server);
        }
    }
}
