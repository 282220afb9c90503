//! Clients against servers, in memory.

mod early;
mod endings;
mod pair;
mod resumption;
mod stops;
mod tickets;
mod trust;
