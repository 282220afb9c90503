//! The pure model of TLS sessions.

mod action;
mod cache;
mod clause;
pub mod clauses;
mod connection;
mod context;
mod deviation;
mod handshake;
mod ids;
mod latitude;
mod session;
mod shrink;
mod state;
mod step;
pub mod story;
mod table;
mod ticket;
mod transition;
mod view;
mod wire;

pub use action::*;
pub use clause::*;
pub use context::{CACHE_SIZE_PRESET, NUM_TICKETS_PRESET, TIMEOUT_PRESET_S};
pub use deviation::*;
pub use ids::*;
pub use shrink::shrink;
pub use state::*;
pub use step::{choices, step};
pub use table::Table;
pub use transition::*;
