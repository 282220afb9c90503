//! The story of a trace: what each step did to whom, who holds what afterwards, and what the clauses say of it.

pub mod c;
mod happening;
mod holding;
mod telling;
pub mod text;

pub use happening::{Happening, What};
pub use holding::Holding;
pub use telling::{Judged, Teller, Told, story};
