//! Session objects: what two ends agreed on, and what lets them agree faster the next time.

mod content;
mod identity;

use std::fmt;
use std::num::NonZeroU32;
use std::sync::OnceLock;

use super::context::Brand;
use super::error::{OtherContext, UnfitId, UnfitSession};
use super::settings::{Side, Version};
use super::sync::{Arc, AtomicU32, Guard, Mutex, Ordering, Weak, lock, stands};

pub(super) use self::content::{Content, Origin, Secret};
pub use self::identity::{MAX_ID_BYTES, SessionId, SessionIdContext};

/// How long an object that was never negotiated is good for, seconds.
const EMPTY_TIMEOUT_S: i64 = 304;

/// Where in the list of a cache a session is, counted from 1.
pub(super) type Place = NonZeroU32;

/// A counted handle to a session object, `SSL_SESSION`. Cloning it is `SSL_SESSION_up_ref`, dropping it is `SSL_SESSION_free`; the object is
/// gone with the last handle. Connections and caches hold handles of their own.
///
/// Sessions can be shared between threads. They belong to one context, the first that they are used with.
#[derive(Clone)]
pub struct Session(Arc<Object>);

/// A handle that does not keep its session in memory.
#[derive(Clone, Debug)]
pub struct WeakSession(Weak<Object>);

/// Tells session objects apart as long as they are in memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SessionKey(usize);

/// Is told of the births and deaths of sessions: what the constructors and destructors of `ex_data` are for. What is born on a context
/// that has a watch is watched, and so are the copies of it.
pub trait Watch: Send + Sync {
    /// A session was born. Whoever made it holds the one handle to it.
    fn born(&self, session: &Session);

    /// The last handle of a session was dropped.
    fn died(&self, session: SessionKey);
}

struct Object {
    content: Mutex<Content>,
    /// The context that it was used with first.
    brand: OnceLock<Weak<Brand>>,
    /// Where it is in the cache of that context, 0 for nowhere. Changed under the lock of that cache only.
    place: AtomicU32,
    watch: Option<Arc<dyn Watch>>,
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut session = f.debug_struct("Session");
        session.field("key", &self.key()).field("count", &self.reference_count());
        session.field("time", &self.time()).field("timeout", &self.timeout()).field("resumable", &self.is_resumable());
        session.finish_non_exhaustive()
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.died(SessionKey(std::ptr::from_ref(self) as usize));
        }
    }
}

impl WeakSession {
    /// A counted handle, if the session is still in memory.
    #[must_use]
    pub fn upgrade(&self) -> Option<Session> {
        self.0.upgrade().map(Session)
    }
}

impl Session {
    /// An empty session, `SSL_SESSION_new`, as of this time. It was never negotiated, and cannot be resumed.
    #[must_use]
    pub fn new(time: i64) -> Self {
        Self::made(Content::empty(time, EMPTY_TIMEOUT_S), None, None)
    }

    /// The same, watched.
    #[must_use]
    pub fn watched(time: i64, watch: Arc<dyn Watch>) -> Self {
        Self::made(Content::empty(time, EMPTY_TIMEOUT_S), None, Some(watch))
    }

    /// A new object.
    pub(super) fn made(content: Content, brand: Option<Weak<Brand>>, watch: Option<Arc<dyn Watch>>) -> Self {
        let (content, place) = (Mutex::new(content), AtomicU32::new(0));
        let brand = brand.map_or_else(OnceLock::new, OnceLock::from);
        let session = Self(Arc::new(Object { content, brand, place, watch }));
        if let Some(watch) = &session.0.watch {
            watch.born(&session);
        }
        session
    }

    /// Tells it apart from all other sessions that are in memory.
    #[must_use]
    pub fn key(&self) -> SessionKey {
        SessionKey(Arc::as_ptr(&self.0) as usize)
    }

    /// Whether both are handles to one object.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// How many handles there are to this object: those of the application, one for each connection that has it, and one where it is in a cache.
    #[must_use]
    pub fn reference_count(&self) -> usize {
        Arc::strong_count(&self.0)
    }

    /// A handle that does not keep the session in memory.
    #[must_use]
    pub fn downgrade(&self) -> WeakSession {
        WeakSession(Arc::downgrade(&self.0))
    }

    /// Whether a peer could be proposed to resume it, `SSL_SESSION_is_resumable`: it has an identity, and nothing took it out of use. It may be
    /// expired all the same.
    #[must_use]
    pub fn is_resumable(&self) -> bool {
        let content = lock(&self.0.content);
        !content.marked && content.id.is_some()
    }

    /// What a cache finds it by, `SSL_SESSION_get_id`. None before there is anything to resume.
    #[must_use]
    pub fn id(&self) -> Option<SessionId> {
        lock(&self.0.content).id
    }

    /// Gives it another id, `SSL_SESSION_set1_id`. What it holds stays the same: a peer that knows it by the old id will not know it by this one.
    ///
    /// # Errors
    /// Where the id is too long, or the session is in a cache.
    pub fn set_id(&self, id: &[u8]) -> Result<(), UnfitId> {
        let id = SessionId::new(id).ok_or(UnfitId::TooLong)?;
        if !stands(Guard::RenameAsksUnderLock) && self.is_cached() {
            return Err(UnfitId::Cached);
        }
        self.change(|content| {
            // a cache gives a session its place before it reads its name, which is under this lock
            if stands(Guard::RenameAsksUnderLock) && self.is_cached() {
                return Err(UnfitId::Cached);
            }
            content.own = content.own.or(content.id);
            content.id = Some(id);
            Ok(())
        })
    }

    /// When it was established, seconds, `SSL_SESSION_get_time`.
    #[must_use]
    pub fn time(&self) -> i64 {
        lock(&self.0.content).time
    }

    /// `SSL_SESSION_set_time`.
    pub fn set_time(&self, time: i64) {
        self.change(|content| content.time = time);
    }

    /// How many seconds it is good for, `SSL_SESSION_get_timeout`. Below 0 it is over at once.
    #[must_use]
    pub fn timeout(&self) -> i64 {
        lock(&self.0.content).timeout
    }

    /// `SSL_SESSION_set_timeout`.
    pub fn set_timeout(&self, timeout_s: i64) {
        self.change(|content| content.timeout = timeout_s);
    }

    /// The lifetime hint that came with a client's ticket, seconds; 0 where there was none. `SSL_SESSION_get_ticket_lifetime_hint`.
    #[must_use]
    pub fn lifetime_hint(&self) -> u32 {
        lock(&self.0.content).hint
    }

    /// Whether it is a client's that has a ticket to present, `SSL_SESSION_has_ticket`.
    #[must_use]
    pub fn has_ticket(&self) -> bool {
        self.look(|content| matches!(&content.secret, Some(Secret::Client(value)) if value.has_ticket()))
    }

    /// How many bytes of early data a client may write with it, `SSL_SESSION_get_max_early_data`.
    #[must_use]
    pub fn max_early_data(&self) -> u32 {
        self.look(|content| match &content.secret {
            Some(Secret::Client(value)) => value.early_data_limit(),
            Some(Secret::Server(_)) | None => 0,
        })
    }

    /// The version it was negotiated with; none for one that was never negotiated.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.look(|content| (content.origin == Origin::Negotiated).then_some(content.version))
    }

    /// The end that it was negotiated at, and is of use at.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        lock(&self.0.content).side
    }

    /// Whether it is in the cache of its context.
    #[must_use]
    pub fn is_cached(&self) -> bool {
        self.place().is_some()
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_expired(&self, now: i64) -> bool {
        lock(&self.0.content).is_expired(now)
    }

    /// Takes it out of use: nothing resumes it from now on.
    pub(super) fn mark(&self) {
        self.change(|content| content.marked = true);
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&Content) -> T) -> T {
        look(&lock(&self.0.content))
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Content) -> T) -> T {
        change(&mut lock(&self.0.content))
    }

    /// An object of its own that continues this one, at the same context.
    pub(super) fn successor(&self, change: impl FnOnce(&mut Content)) -> Self {
        let mut content = self.look(Clone::clone);
        change(&mut content);
        Self::made(content, self.0.brand.get().cloned(), self.0.watch.clone())
    }

    /// A copy of it, bound to no context, in no cache and with one handle, `SSL_SESSION_dup`.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self::made(self.look(Clone::clone), None, self.0.watch.clone())
    }

    /// Binds it to a context, or refuses a second one.
    pub(super) fn used_with(&self, context: &Arc<Brand>) -> Result<(), OtherContext> {
        let first = self.0.brand.get_or_init(|| Arc::downgrade(context));
        if std::ptr::eq(first.as_ptr(), Arc::as_ptr(context)) { Ok(()) } else { Err(OtherContext) }
    }

    /// Whether connections of this end can have it.
    pub(super) fn fits(&self, side: Side) -> Result<(), UnfitSession> {
        if self.side().is_none_or(|made_for| made_for == side) { Ok(()) } else { Err(UnfitSession::OtherSide) }
    }

    pub(super) fn place(&self) -> Option<Place> {
        Place::new(self.0.place.load(Ordering::Acquire))
    }

    /// To be called under the lock of the cache only.
    pub(super) fn put_at(&self, place: Option<Place>) {
        self.0.place.store(place.map_or(0, Place::get), Ordering::Release);
    }
}
