//! What drives the implementations under test.
pub mod child;
pub mod isolate;
pub mod libssl;
mod protocol;
pub use protocol::Fault;
