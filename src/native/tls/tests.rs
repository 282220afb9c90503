//! Clients against servers, in memory.

mod early;
mod endings;
pub(in crate::native) mod pair;
mod resumption;
mod stops;
mod tickets;
mod trust;
