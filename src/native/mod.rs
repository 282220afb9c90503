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
//! use sessck::native::{Connection, Context, Credentials, Shutdown, SystemClock, Trust, Version};
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
//!         _ = client.do_handshake();
//!         _ = server.do_handshake();
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
//! | `SSL_CTX_set_session_cache_mode`, `SSL_CTX_sess_set_cache_size` | [`Context::set_cache_mode`], [`Cache::set_size`] | size n holds n (`drop-only-on-overflow`) |
//! | `SSL_CTX_add_session`, `SSL_CTX_remove_session`, `SSL_CTX_flush_sessions` | [`Cache::add`], [`Cache::remove`], [`Cache::flush`] | another context's session is an error (`one-context`) |
//! | `SSL_CTX_sess_set_new_cb` | [`Context::set_new_callback`] | who keeps the session clones the handle |
//! | `SSL_CTX_sess_set_get_cb` | [`Context::set_get_callback`] | `copy` is whether the handle that is returned was cloned |
//! | `SSL_has_matching_session_id` | [`Cache::contains`] | asks the cache, with the version; [`Cache::find`] gives a handle as well |
//! | `SSL_CTX_sess_set_remove_cb` | [`Cache::set_remove_callback`] | may call the cache that it is about (`callbacks-call-back`) |
//! | `SSL_CTX_set_tlsext_ticket_key_cb` | [`Context::set_ticket_keyring`] | keys by name, the cipher is this library's |
//! | `SSL_CTX_set_session_ticket_cb` | [`Context::set_ticket_callbacks`] | using what could not be opened is a full handshake |
//! | `SSL_CTX_set_tlsext_servername_callback`, `SSL_set_SSL_CTX` | [`Context::set_server_name_callback`], [`Connection::set_context`] | runs where a name was sent |
//! | `SSL_CTX_sess_hits` and the like | [`Context::statistics`] | |
//! | `SSL_new`, `SSL_free` | [`Connection::new`], `drop` | `SSL_up_ref` is an `Arc<Mutex<Connection>>` |
//! | `SSL_get0_session` | [`Connection::session`] | a borrow: the compiler refuses to let it dangle (`get0-borrow`) |
//! | `SSL_get1_session` | [`Connection::session_handle`] | |
//! | `SSL_set_session`, `SSL_clear`, `SSL_dup` | [`Connection::set_session`], [`Connection::clear`], [`Connection::duplicate`] | |
//! | `SSL_do_handshake`, `SSL_want_write` | [`Connection::do_handshake`], [`Connection::wants_write`] | |
//! | `SSL_shutdown` | [`Connection::shutdown`] | below 0 is an error that says why |
//! | `SSL_SESSION_up_ref`, `SSL_SESSION_free` | `clone`, `drop` | |
//! | `SSL_SESSION_dup`, `i2d_SSL_SESSION`, `d2i_SSL_SESSION` | [`Session::duplicate`], [`Session::encode`], [`Session::decode`] | a form of its own |
//! | `ex_data` | [`Watch`] | told of births and deaths |
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
//! - A session id of TLS 1.2 for a client that has presented a ticket: such a server gives it nothing to resume.
//! - A second ClientHello, after a HelloRetryRequest, that does not propose what the first one did because it has expired meanwhile.
//!
//! Neither does it survive that memory cannot be had: no Rust program does.
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
