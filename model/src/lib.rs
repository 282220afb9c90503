//! The pure model of TLS sessions.
mod action;
mod ids;
pub use action::*;
pub use ids::*;
