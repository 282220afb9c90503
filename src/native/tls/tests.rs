//! Clients against servers, in memory.

mod endings;
mod pair;
mod resumption;
mod stops;
mod tickets;
