//! What drives the implementations under test.
pub mod child;
pub mod isolate;
pub mod libssl;
pub mod native;
mod protocol;
pub use protocol::Fault;
