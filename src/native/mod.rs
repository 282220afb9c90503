//! A session layer on rustls.

mod bytes;
mod cache;
mod callbacks;
mod connection;
mod context;
mod copies;
mod duplicate;
mod early_data;
mod error;
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
pub mod tls;
mod transport;
mod wire;
mod writing;

pub use self::cache::{Cache, RemoveCallback};
pub use self::callbacks::{GetCallback, NewCallback, NewSession, NotResumableCallback, Resumption, ServerName, ServerNameCallback};
pub use self::connection::{Connection, Phase};
pub use self::context::{Context, WeakContext};
pub use self::copies::{Undecodable, Unencodable};
pub use self::error::{Error, OtherContext, UnfitId, UnfitSession};
pub use self::seal::{KEY_NAME_BYTES, TicketKeys};
pub use self::session::{MAX_ID_BYTES, Session, SessionId, SessionIdContext, SessionKey, Watch, WeakSession};
pub use self::settings::{
    AntiReplay, CACHE_SIZE_PRESET, CacheMode, Eof, Group, NUM_TICKETS_PRESET, Quiet, ShutdownState, Side, TIMEOUT_PRESET_S, Tickets,
    Verify, Version,
};
pub use self::shutdown::Shutdown;
pub use self::statistics::{Counter, Statistics};
pub use self::ticket_callbacks::{DecryptCallback, Generate, GenerateCallback, OpenWith, SealWith, TicketKeyring, TicketStatus, TicketUse};
pub use self::tls::{Clock, Credentials, Trust};
pub use self::transport::Transport;
