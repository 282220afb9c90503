//! The pure model of TLS sessions.

mod action;
mod clause;
pub mod clauses;
mod deviation;
mod ids;
mod state;
mod step;
pub mod story;
mod table;
mod transition;

pub use action::*;
pub use clause::*;
pub use deviation::*;
pub use ids::*;
pub use state::*;
pub use step::{choices, step};
pub use table::Table;
pub use transition::*;
