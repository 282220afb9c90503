//! A session layer on rustls.

mod cache;
mod callbacks;
mod connection;
mod context;
mod error;
mod handshake;
mod seal;
mod session;
mod settings;
mod shutdown;
mod statistics;
mod sync;
mod ticket;
pub mod tls;
mod transport;
mod wire;
mod writing;

pub use self::cache::{Cache, RemoveCallback};
pub use self::callbacks::{GetCallback, NewCallback, NewSession};
pub use self::connection::{Connection, Phase};
pub use self::context::{Context, WeakContext};
pub use self::error::{Error, OtherContext, UnfitId, UnfitSession};
pub use self::session::{MAX_ID_BYTES, Session, SessionId, SessionIdContext, SessionKey, Watch, WeakSession};
pub use self::settings::{
    CACHE_SIZE_PRESET, CacheMode, Eof, Group, NUM_TICKETS_PRESET, Quiet, ShutdownState, Side, TIMEOUT_PRESET_S, Tickets, Verify, Version,
};
pub use self::shutdown::Shutdown;
pub use self::statistics::{Counter, Statistics};
pub use self::tls::{Clock, Credentials, Trust};
pub use self::transport::Transport;
