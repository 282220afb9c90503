//! Contexts: what the connections of one purpose share, their sessions above all.

use std::fmt;

use super::cache::{Cache, RemoveCallback};
use super::callbacks::{Callbacks, GetCallback, NewCallback, NotResumableCallback, ServerNameCallback};
use super::seal::TicketKeys;
use super::session::{SessionIdContext, Watch};
use super::settings::{AntiReplay, CacheMode, Eof, Group, Quiet, Settings, Side, TIMEOUT_PRESET_S, Tickets, Verify, Version};
use super::statistics::{Counter, Statistics};
use super::sync::{Arc, Guard, RwLock, Weak, exchange, read, stands, write};
use super::ticket_callbacks::{DecryptCallback, GenerateCallback, TicketKeyring};
use super::tls::{self, ClientBase, Clock, Credentials, ServerBase, Trust};

/// What tells contexts apart: sessions keep a weak pointer to the one of theirs.
#[derive(Debug)]
pub(super) struct Brand;

/// A counted handle to a context, `SSL_CTX`. Cloning it is `SSL_CTX_up_ref`, dropping it is `SSL_CTX_free`; each connection holds a handle of
/// its own. With the last handle the cache is emptied, oldest session first.
///
/// Every setting takes effect on connections that are made afterwards. The cache's, the timeout, the watch, the credentials of clients and
/// the callbacks, but for the not-resumable one, take effect at once.
///
/// A callback that holds a handle of its own context keeps that in memory for ever. It can take it from what it is given
/// ([`Connection::home`](super::Connection::home), the [`Cache`]), or hold a [`WeakContext`].
#[derive(Clone)]
pub struct Context(Arc<Shared>);

/// A handle that does not keep its context in memory.
#[derive(Clone)]
pub struct WeakContext(Weak<Shared>);

impl WeakContext {
    /// A counted handle, if the context is still in memory.
    #[must_use]
    pub fn upgrade(&self) -> Option<Context> {
        self.0.upgrade().map(Context)
    }
}

impl fmt::Debug for WeakContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WeakContext").finish_non_exhaustive()
    }
}

/// What rustls needs to make connections.
#[derive(Clone)]
pub(super) enum Base {
    Client(ClientBase),
    Server(ServerBase),
}

struct Shared {
    version: Version,
    base: RwLock<Base>,
    side: Side,
    credentials: Option<Credentials>,
    clock: Arc<dyn Clock>,
    brand: Arc<Brand>,
    cache: Cache,
    keys: TicketKeys,
    timeout: RwLock<i64>,
    settings: RwLock<Settings>,
    callbacks: RwLock<Callbacks>,
    watch: RwLock<Option<Arc<dyn Watch>>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        if stands(Guard::ContextEmptiesCache) {
            self.cache.clear();
        }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut context = f.debug_struct("Context");
        context.field("side", &self.side()).field("version", &self.version()).field("cache", self.cache()).finish_non_exhaustive()
    }
}

impl Context {
    /// A context for clients of this version.
    ///
    /// # Errors
    /// If the certificates cannot be read, or a group is of no use.
    pub fn client(version: Version, trust: &Trust, clock: Arc<dyn Clock>) -> Result<Self, tls::Error> {
        let base = ClientBase::new(version, Arc::clone(&clock), trust, Group::PRESET)?;
        Ok(Self::new(version, Base::Client(base), None, clock))
    }

    /// A context for servers of this version, which show this certificate.
    ///
    /// # Errors
    /// If the certificate and its key are of no use.
    pub fn server(version: Version, credentials: Credentials, clock: Arc<dyn Clock>) -> Result<Self, tls::Error> {
        let base = ServerBase::new(version, Arc::clone(&clock), credentials.clone(), Group::PRESET)?;
        Ok(Self::new(version, Base::Server(base), Some(credentials), clock))
    }

    /// A context of its own with the certificates or the trust of this one, its clock and its groups, and otherwise as preset: the cheap way to
    /// a further context.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self::new(self.0.version, self.base(), self.0.credentials.clone(), Arc::clone(&self.0.clock))
    }

    fn new(version: Version, base: Base, credentials: Option<Credentials>, clock: Arc<dyn Clock>) -> Self {
        let brand = Arc::new(Brand);
        let side = match base {
            Base::Client(_) => Side::Client,
            Base::Server(_) => Side::Server,
        };
        Self(Arc::new(Shared {
            version,
            base: RwLock::new(base),
            side,
            credentials,
            clock,
            cache: Cache::new(Arc::clone(&brand)),
            brand,
            keys: TicketKeys::random(),
            timeout: RwLock::new(TIMEOUT_PRESET_S),
            settings: RwLock::default(),
            callbacks: RwLock::default(),
            watch: RwLock::default(),
        }))
    }

    /// Which end its connections are.
    #[must_use]
    pub fn side(&self) -> Side {
        self.0.side
    }

    /// The version of its connections.
    #[must_use]
    pub fn version(&self) -> Version {
        self.0.version
    }

    /// Whether both are handles to one context.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// A handle that does not keep the context in memory.
    #[must_use]
    pub fn downgrade(&self) -> WeakContext {
        WeakContext(Arc::downgrade(&self.0))
    }

    /// Its internal cache.
    #[must_use]
    pub fn cache(&self) -> &Cache {
        &self.0.cache
    }

    /// What it counted.
    #[must_use]
    pub fn statistics(&self) -> &Statistics {
        self.cache().statistics()
    }

    /// `SSL_CTX_set_session_cache_mode`. Returns the mode before.
    pub fn set_cache_mode(&self, mode: CacheMode) -> CacheMode {
        self.cache().set_mode(mode)
    }

    /// How many seconds new sessions are good for.
    #[must_use]
    pub fn timeout(&self) -> i64 {
        *read(&self.0.timeout)
    }

    /// `SSL_CTX_set_timeout`: how many seconds sessions are good for that are established from now on. Returns what it was before.
    pub fn set_timeout(&self, timeout_s: i64) -> i64 {
        std::mem::replace(&mut *write(&self.0.timeout), timeout_s)
    }

    /// `SSL_CTX_set_num_tickets`: how many tickets a server sends after a full TLS 1.3 handshake.
    pub fn set_num_tickets(&self, number: usize) {
        self.change(|settings| settings.num_tickets = number);
    }

    /// `SSL_OP_NO_TICKET`.
    pub fn set_tickets(&self, tickets: Tickets) {
        self.change(|settings| settings.tickets = tickets);
    }

    /// `SSL_OP_IGNORE_UNEXPECTED_EOF`.
    pub fn set_eof(&self, eof: Eof) {
        self.change(|settings| settings.eof = eof);
    }

    /// What clients show from now on when they are asked for a certificate, `SSL_CTX_use_certificate`; siblings show it, too.
    ///
    /// # Errors
    /// If this context is for servers, which have theirs from the beginning.
    pub fn set_client_credentials(&self, credentials: Option<Credentials>) -> Result<(), tls::Error> {
        match self.base() {
            Base::Client(base) => {
                base.show(credentials);
                Ok(())
            }
            Base::Server(_) => Err(tls::Error::NotNow),
        }
    }

    /// `SSL_CTX_set_max_early_data`: how many bytes of early data a TLS 1.3 server takes, 0 for none.
    pub fn set_max_early_data(&self, bytes: u32) {
        self.change(|settings| settings.max_early_data = bytes);
    }

    /// `SSL_OP_NO_ANTI_REPLAY`.
    pub fn set_anti_replay(&self, anti_replay: AntiReplay) {
        self.change(|settings| settings.anti_replay = anti_replay);
    }

    /// `SSL_CTX_set_session_id_context`.
    pub fn set_session_id_context(&self, context: SessionIdContext) {
        self.change(|settings| settings.sid_ctx = context);
    }

    /// `SSL_CTX_set_verify`, on a server, of which [`Verify`] says how little it is.
    pub fn set_verify(&self, verify: Verify) {
        self.change(|settings| settings.verify = verify);
    }

    /// `SSL_CTX_set_quiet_shutdown`.
    pub fn set_quiet_shutdown(&self, quiet: Quiet) {
        self.change(|settings| settings.quiet = quiet);
    }

    /// `SSL_CTX_set1_groups`: what a server takes in the key exchange, best first.
    ///
    /// # Errors
    /// If there are none, or this context is for clients: a client's sessions are bound to what it was made with.
    pub fn set_groups(&self, groups: &[Group]) -> Result<(), tls::Error> {
        let Some(credentials) = self.0.credentials.clone() else { return Err(tls::Error::NotNow) };
        let base = ServerBase::new(self.version(), Arc::clone(&self.0.clock), credentials, groups)?;
        *write(&self.0.base) = Base::Server(base);
        Ok(())
    }

    /// `SSL_CTX_sess_set_new_cb`. It runs for each session that is established on a connection whose side the cache mode covers, after that
    /// was put into the cache.
    pub fn set_new_callback(&self, callback: Option<Arc<NewCallback>>) {
        exchange(&self.0.callbacks, |callbacks| &mut callbacks.new, callback);
    }

    /// `SSL_CTX_sess_set_remove_cb`, see [`Cache::set_remove_callback`].
    pub fn set_remove_callback(&self, callback: Option<Arc<RemoveCallback>>) {
        self.cache().set_remove_callback(callback);
    }

    /// `SSL_CTX_sess_set_get_cb`. A server asks it for what a client proposes and the internal cache does not hold.
    pub fn set_get_callback(&self, callback: Option<Arc<GetCallback>>) {
        exchange(&self.0.callbacks, |callbacks| &mut callbacks.get, callback);
    }

    /// `SSL_CTX_set_not_resumable_session_callback`. It runs for each new session of a server.
    pub fn set_not_resumable_callback(&self, callback: Option<Arc<NotResumableCallback>>) {
        exchange(&self.0.settings, |settings| &mut settings.not_resumable, callback);
    }

    /// `SSL_CTX_set_tlsext_servername_callback`. It runs on servers that this context configures, where a client asks for a name.
    pub fn set_server_name_callback(&self, callback: Option<Arc<ServerNameCallback>>) {
        exchange(&self.0.callbacks, |callbacks| &mut callbacks.server_name, callback);
    }

    /// `SSL_CTX_set_tlsext_ticket_key_cb`: the keys of stateless tickets. Without, each context has keys of its own.
    pub fn set_ticket_keyring(&self, keyring: Option<Arc<dyn TicketKeyring>>) {
        exchange(&self.0.callbacks, |callbacks| &mut callbacks.keyring, keyring);
    }

    /// `SSL_CTX_set_session_ticket_cb`: what is asked before a ticket is made, and after one was presented.
    pub fn set_ticket_callbacks(&self, generate: Option<Arc<GenerateCallback>>, decrypt: Option<Arc<DecryptCallback>>) {
        exchange(&self.0.callbacks, |callbacks| &mut callbacks.generate, generate);
        exchange(&self.0.callbacks, |callbacks| &mut callbacks.decrypt, decrypt);
    }

    /// Has the sessions watched that are born on it from now on.
    pub fn set_watch(&self, watch: Option<Arc<dyn Watch>>) {
        exchange(&self.0.watch, |kept| kept, watch);
    }

    /// Has it be wrong in this way from now on.
    #[cfg(feature = "faults")]
    pub fn switch_on(&self, fault: super::faults::Fault) {
        self.cache().switch_on(fault);
    }

    pub(super) fn watch(&self) -> Option<Arc<dyn Watch>> {
        read(&self.0.watch).clone()
    }

    /// What a connection copies that is made now.
    pub(super) fn settings(&self) -> Settings {
        read(&self.0.settings).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut write(&self.0.settings));
    }

    pub(super) fn callbacks(&self) -> Callbacks {
        read(&self.0.callbacks).clone()
    }

    pub(super) fn base(&self) -> Base {
        read(&self.0.base).clone()
    }

    pub(super) fn brand(&self) -> &Arc<Brand> {
        &self.0.brand
    }

    pub(super) fn keys(&self) -> &TicketKeys {
        &self.0.keys
    }

    pub(super) fn now(&self) -> i64 {
        i64::try_from(self.0.clock.now()).unwrap_or(i64::MAX)
    }

    /// Counts one more.
    pub(super) fn count(&self, counter: Counter) -> u64 {
        self.cache().count(counter)
    }
}
