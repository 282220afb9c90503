//! A session layer on rustls, with the semantics that OpenSSL's manual pages describe: counted session objects that outlive their
//! connections, an internal cache for each context, tickets, callbacks, statistics, and what an unclean end does to all of them. Where
//! OpenSSL departs from its pages, this follows the pages.
//!
//! It leans on nothing else in this crate. The handshakes, in TLS 1.2 and 1.3, are rustls's; they go over anything that is `Read + Write`
//! ([`Transport`]), and the time comes from a [`Clock`] of the application's.
//!
//! ```
//! use std::os::unix::net::UnixStream;
//! use std::sync::Arc;
//! use sessck::native::{Connection, Context, Credentials, Error, Shutdown, SystemClock, Trust, Version};
//!
//! # const CHAIN: &str = "\
//! # -----BEGIN CERTIFICATE-----\n\
//! # MIIBCjCBsgIBATAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZzZXNzY2swIBcNMjAw\n\
//! # MTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBExDzANBgNVBAMMBnNlc3NjazBZ\n\
//! # MBMGByqGSM49AgEGCCqGSM49AwEHA0IABIEpPq8uqed5Qj3RAU2Zjm5FQPFUhTB3\n\
//! # Bvh5hl2SQYZLE8VIXNiHgrdr0nsu6i5D8fIThqEQeBkLkVcXmY0RM2AwCgYIKoZI\n\
//! # zj0EAwIDRwAwRAIgO12oxXVTaFPkbVc7fAVEECdb+36JIr1QSayF/4xi6EICIDcN\n\
//! # J0SgeJ9yb6B6z+kmdArvcG6cMCtcYJoisjA9BdS5\n\
//! # -----END CERTIFICATE-----";
//! # const KEY: &str = "\
//! # -----BEGIN PRIVATE KEY-----\n\
//! # MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXbb3IBTApxs51Q3M\n\
//! # b3G5zQxlXXmIh1iXFBr7fpNwxAehRANCAASBKT6vLqnneUI90QFNmY5uRUDxVIUw\n\
//! # dwb4eYZdkkGGSxPFSFzYh4K3a9J7LuouQ/HyE4ahEHgZC5FXF5mNETNg\n\
//! # -----END PRIVATE KEY-----";
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = Credentials::from_pem(CHAIN, KEY)?;
//! let trust = Trust::Certificate(credentials.certificate().to_vec());
//! let clients = Context::client(Version::Tls13, &trust, Arc::new(SystemClock))?;
//! let servers = Context::server(Version::Tls13, credentials, Arc::new(SystemClock))?;
//!
//! let connect = |client: &mut Connection| -> Result<Connection, Box<dyn std::error::Error>> {
//!     let (near, far) = UnixStream::pair()?;
//!     near.set_nonblocking(true)?;
//!     far.set_nonblocking(true)?;
//!     let mut server = Connection::new(&servers);
//!     client.set_transport(near);
//!     server.set_transport(far);
//!     while !(client.is_open() && server.is_open()) {
//!         for end in [&mut *client, &mut server] {
//!             match end.do_handshake() {
//!                 Ok(()) | Err(Error::Blocked) => {}
//!                 Err(error) => return Err(error.into()),
//!             }
//!         }
//!     }
//!     _ = client.read(&mut [0; 1]); // the tickets
//!     Ok(server)
//! };
//!
//! let mut client = Connection::new(&clients);
//! let _server = connect(&mut client)?;
//! assert!(!client.is_reused());
//! assert_eq!(client.shutdown(), Ok(Shutdown::Sent));
//! let session = client.session_handle().ok_or("a session")?;
//! drop(client);
//!
//! let mut another = Connection::new(&clients);
//! another.set_session(Some(&session))?;
//! let _server = connect(&mut another)?;
//! assert!(another.is_reused());
//! # Ok(())
//! # }
//! ```
//!
//! # OpenSSL's calls
//!
//! | OpenSSL | here | what differs |
//! |---|---|---|
//! | `SSL_CTX_new` | [`Context::client`], [`Context::server`], [`Context::sibling`] | one version, one end |
//! | `SSL_CTX_up_ref`, `SSL_CTX_free` | `clone`, `drop` | |
//! | `SSL_CTX_use_certificate` | [`Credentials`], [`Context::set_client_credentials`] | a server's are given when its context is made |
//! | `SSL_CTX_set_verify` | [`Trust`], [`Context::set_verify`] | a client always verifies; a server asks for a certificate and **judges none** |
//! | `SSL_CTX_set1_groups` | [`Context::set_groups`] | servers only |
//! | `SSL_CTX_set_timeout` | [`Context::set_timeout`] | |
//! | `SSL_CTX_set_session_id_context`, `SSL_set_session_id_context` | [`Context::set_session_id_context`], [`Connection::set_session_id_context`] | |
//! | `SSL_CTX_set_quiet_shutdown`, `SSL_set_quiet_shutdown` | [`Context::set_quiet_shutdown`], [`Connection::set_quiet_shutdown`] | |
//! | `SSL_OP_IGNORE_UNEXPECTED_EOF` | [`Context::set_eof`] | |
//! | `SSL_CTX_set_session_cache_mode` | [`Context::set_cache_mode`] | |
//! | `SSL_CTX_sess_set_cache_size`, `SSL_CTX_sess_number` | [`Cache::set_size`], [`Cache::len`] | size n holds n (`drop-only-on-overflow`) |
//! | `SSL_CTX_add_session`, `SSL_CTX_remove_session` | [`Cache::add`], [`Cache::remove`] | another context's session is an error (`one-context`) |
//! | `SSL_CTX_flush_sessions` | [`Cache::flush`] | 0 is a time like any other, and not the end of all |
//! | `SSL_has_matching_session_id` | [`Cache::contains`] | asks the cache, with the version; [`Cache::find`] gives a handle as well |
//! | `SSL_CTX_sess_set_new_cb` | [`Context::set_new_callback`] | who keeps the session clones the handle |
//! | `SSL_CTX_sess_set_get_cb` | [`Context::set_get_callback`] | `copy` is whether the handle that is returned was cloned |
//! | `SSL_CTX_sess_set_remove_cb` | [`Cache::set_remove_callback`] | may call the cache that it is about (`callbacks-call-back`) |
//! | `SSL_CTX_set_not_resumable_session_callback` | [`Context::set_not_resumable_callback`] | |
//! | `SSL_CTX_set_tlsext_servername_callback`, `SSL_set_SSL_CTX`, `SSL_get_SSL_CTX` | [`Context::set_server_name_callback`], [`Connection::set_context`], [`Connection::context`] | runs where a name was sent |
//! | `SSL_CTX_sess_connect`, `SSL_CTX_sess_connect_good`, `SSL_CTX_sess_accept`, `SSL_CTX_sess_accept_good`, `SSL_CTX_sess_hits`, `SSL_CTX_sess_cb_hits`, `SSL_CTX_sess_misses`, `SSL_CTX_sess_timeouts`, `SSL_CTX_sess_cache_full` | [`Context::statistics`] | |
//! | `SSL_OP_NO_TICKET` | [`Context::set_tickets`] | |
//! | `SSL_CTX_set_num_tickets`, `SSL_set_num_tickets` | [`Context::set_num_tickets`], [`Connection::set_num_tickets`] | |
//! | `SSL_new_session_ticket` | [`Connection::ask_ticket`] | |
//! | `SSL_CTX_set_tlsext_ticket_key_cb` | [`Context::set_ticket_keyring`] | keys by name, the cipher is this library's |
//! | `SSL_CTX_set_session_ticket_cb` | [`Context::set_ticket_callbacks`] | using what could not be opened is a full handshake; tickets carry no data of the application's |
//! | `SSL_CTX_set_max_early_data`, `SSL_set_max_early_data` | [`Context::set_max_early_data`], [`Connection::set_max_early_data`] | |
//! | `SSL_OP_NO_ANTI_REPLAY` | [`Context::set_anti_replay`] | |
//! | `SSL_write_early_data`, `SSL_read_early_data` | [`Connection::write_early_data`], [`Connection::read_early_data`] | |
//! | `SSL_new`, `SSL_free` | [`Connection::new`], `drop` | `SSL_up_ref` is an `Arc<Mutex<Connection>>` |
//! | `SSL_set_bio` | [`Connection::set_transport`] | anything that is `Read + Write` |
//! | `SSL_set_tlsext_host_name` | [`Connection::set_host_name`] | with [`Trust::Roots`] it is what the certificate has to be for |
//! | `SSL_do_handshake`, `SSL_is_init_finished`, `SSL_session_reused` | [`Connection::do_handshake`], [`Connection::is_open`], [`Connection::is_reused`] | |
//! | `SSL_read`, `SSL_write`, `SSL_want_write` | [`Connection::read`], [`Connection::write`], [`Connection::wants_write`] | |
//! | `SSL_get0_session` | [`Connection::session`] | a borrow: the compiler refuses to let it dangle (`get0-borrow`) |
//! | `SSL_get1_session` | [`Connection::session_handle`] | |
//! | `SSL_set_session`, `SSL_copy_session_id` | [`Connection::set_session`], [`Connection::copy_session_id`] | on a connection that has begun its transport is dropped |
//! | `SSL_clear` | [`Connection::clear`] | the transport is dropped |
//! | `SSL_dup` | [`Connection::duplicate`] | none once the handshake has begun; the transport and the connection's own settings stay behind |
//! | `SSL_shutdown` | [`Connection::shutdown`] | below 0 is an error that says why |
//! | `SSL_get_shutdown`, `SSL_set_shutdown` | [`Connection::shutdown_state`], [`Connection::set_shutdown`] | |
//! | `SSL_SESSION_new` | [`Session::new`] | |
//! | `SSL_SESSION_up_ref`, `SSL_SESSION_free` | `clone`, `drop` | |
//! | `SSL_SESSION_dup` | [`Session::duplicate`] | |
//! | `i2d_SSL_SESSION`, `d2i_SSL_SESSION`, `PEM_write_bio_SSL_SESSION` | [`Session::encode`], [`Session::decode`], [`Session::to_pem`] | a form of its own |
//! | `SSL_SESSION_get_id`, `SSL_SESSION_set1_id` | [`Session::id`], [`Session::set_id`] | a session that is in a cache keeps its id |
//! | `SSL_SESSION_get_time`, `SSL_SESSION_set_time`, `SSL_SESSION_get_timeout`, `SSL_SESSION_set_timeout` | [`Session::time`], [`Session::set_time`], [`Session::timeout`], [`Session::set_timeout`] | seconds |
//! | `SSL_SESSION_is_resumable`, `SSL_SESSION_has_ticket` | [`Session::is_resumable`], [`Session::has_ticket`] | |
//! | `SSL_SESSION_get_ticket_lifetime_hint`, `SSL_SESSION_get_max_early_data` | [`Session::lifetime_hint`], [`Session::max_early_data`] | |
//! | `ex_data` | [`Watch`] | told of births and deaths; nothing is attached: keep a map by [`SessionKey`] |
//!
//! # What holds
//!
//! By the clauses of the specification in this repository, which name the page and the paragraph:
//!
//! | subject | clauses |
//! |---|---|
//! | who holds a session | `get0-borrow`, `get1-counted`, `get1-outlives`, `set-session-counts`, `add-counts`, `new-cb-keeps`, `get-cb-copy-owned`, `counts-add-up` |
//! | which session a connection has | `tls12-suffices`, `tls13-early-object`, `tls13-client-last-received`, `tls13-server-last-sent`, `renewed-ticket-established` |
//! | ending cleanly or not | `sent-is-enough`, `received-not-enough`, `unclean-removed`, `unclean-not-resumable`, `unclean-all-tickets`, `eof-without-close-notify` |
//! | using a connection again | `clear-readies`, `clear-closed-keeps`, `clear-open-is-bad`, `ssl-dup-shares` |
//! | the cache | `cache-default-server`, `cache-client-stores`, `no-internal-store`, `no-internal-lookup`, `add-same-id`, `drop-from-end`, `shrink-at-next-add`, `remove-cb-every-removal` |
//! | time | `timeout-later-only`, `flush-only-expired`, `auto-clear`, `update-time`, `expired-not-resumed`, `ticket-lifetime-hint` |
//! | tickets | `tickets-preset-two`, `no-ticket-stateful`, `early-data-stateful`, `anti-replay-single-use`, `new-ticket-requests`, `ticket-key-cb-asked`, `ticket-cb-use` |
//! | contexts | `one-context`, `context-kept-by-connections`, `context-free-removes`, `sid-ctx-separates`, `switch-keeps-sessions` |
//!
//! # What rustls does not do, and so this does not
//!
//! - Renegotiation, and authentication after the handshake.
//! - A session id of TLS 1.2 for a client that has presented a ticket: where that is not used, the handshake leaves nothing to resume.
//! - A second ClientHello, after a HelloRetryRequest, that does not propose what the first one did because it has expired meanwhile.
//!
//! Neither does it survive that memory cannot be had: no Rust program does.
//!
//! # What rustls does, and this does not
//!
//! - Choosing between versions: a context has one. There is none before TLS 1.2, neither here nor there.
//! - Judging the certificates of clients, and showing those of either peer.
//! - ALPN, exporters, the choice of cipher suites, groups but X25519 and P-256, providers but ring.
//!
//! Nor is there anything for ids of the application's making (`SSL_CTX_set_generate_session_id`), or for keys that were shared beforehand.
//!
//! # Threads
//!
//! Contexts, caches and sessions can be shared between threads; a connection belongs to one at a time. Callbacks run while no lock is held.
//! The feature `shuttle` is for the tests that go through interleavings: nothing else works with it.
//!
//! # Faults
//!
//! Whoever checks this library wants to know what would be found. With the cargo feature `faults` a context can be told to be wrong in named
//! ways, `Context::switch_on(Fault::EvictsAtSize)`, from then on and for all of its connections; on the command line it is
//! `sessck conform --on native+evicts-at-size`. Without the feature none of this is compiled. Each fault is what the specification calls by
//! the same name, and `tests/kill_matrix.rs` holds that it is found, and that nothing is seen of it but what its name explains:
//!
//! - the cache: `evicts-at-size`, `never-evicts`, `displaced-silently`, `flushed-silently`, `flush-takes-all`, `flush-stops-early`,
//!   `remove-does-not-mark`, `store-ignores-flag`, `context-free-silent`, `get-callback-only-while-caching`
//! - ends: `unclean-stays-cached`, `unclean-not-marked`, `unclean-spares-earlier`, `set-shutdown-only-adds`, `sent-needs-received`,
//!   `received-is-enough`, `ignored-end-clears-sent`
//! - establishing sessions: `new-callback-once`, `refused-stays-cached`, `negative-timeout-is-zero`, `statistics-stand-still`
//! - resuming them: `server-ignores-expiry`, `sid-ctx-ignored`, `misfit-is-fatal`, `anti-replay-keeps`
//! - tickets: `ticket-inherits-mark`, `resumption-sends-all`, `timeless-ticket-fatal`, `ticket-abort-leaks`

mod bytes;
mod cache;
mod callbacks;
mod clock;
mod connection;
mod context;
mod copies;
mod duplicate;
mod early_data;
mod error;
mod faults;
mod handshake;
mod host;
mod pem;
mod seal;
mod session;
mod settings;
mod shutdown;
mod statistics;
mod sync;
mod ticket;
mod ticket_callbacks;
mod tls;
mod transport;
mod wire;
mod writing;

pub use self::cache::{Cache, RemoveCallback};
pub use self::callbacks::{GetCallback, NewCallback, NewSession, NotResumableCallback, Resumption, ServerName, ServerNameCallback};
pub use self::clock::SystemClock;
pub use self::connection::{Connection, Phase};
pub use self::context::{Context, WeakContext};
pub use self::copies::{Undecodable, Unencodable, UnfitTarget};
pub use self::error::{Error, OtherContext, UnfitId, UnfitSession};
#[cfg(feature = "faults")]
pub use self::faults::Fault;
pub use self::seal::{KEY_NAME_BYTES, TicketKeys};
pub use self::session::{MAX_ID_BYTES, Session, SessionId, SessionIdContext, SessionKey, Watch, WeakSession};
pub use self::settings::{
    AntiReplay, CACHE_SIZE_PRESET, CacheMode, Eof, Group, NUM_TICKETS_PRESET, Quiet, ShutdownState, Side, TIMEOUT_PRESET_S, Tickets,
    Verify, Version,
};
pub use self::shutdown::Shutdown;
pub use self::statistics::{Counter, Statistics};
pub use self::ticket_callbacks::{DecryptCallback, Generate, GenerateCallback, OpenWith, SealWith, TicketKeyring, TicketStatus, TicketUse};
pub use self::tls::{Alert, Clock, Credentials, Error as TlsError, Trust};
pub use self::transport::Transport;

#[cfg(all(test, feature = "shuttle"))]
mod interleavings;
#[cfg(test)]
mod tests;
