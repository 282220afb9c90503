//! The engine under the session layer: TLS by rustls, and the only place that knows of rustls.
//!
//! An [`Engine`] is one end of a connection without a transport: it takes bytes ([`Engine::feed`]), gives bytes ([`Engine::output`]) and tells what
//! happened ([`Engine::next`]), one event after another. It decides nothing about sessions. Where a server has to, it stops and waits: at a
//! ClientHello ([`Event::Hello`], answered by [`Engine::answer`]), and before the ticket of a full TLS 1.2 handshake ([`Event::TicketDue`],
//! answered by [`Engine::give_ticket`]). The tickets of TLS 1.3 are all sent by the layer above, during the first moments or hours later
//! ([`Engine::make_ticket`], [`Engine::send_ticket`]). So the callbacks of an application run while no lock is held and rustls is not at work.
//!
//! # What rustls does not do by itself
//!
//! - It lets a TLS 1.3 session be offered once. A [`ClientValue`] can be offered any number of times: its ticket is read anew for each (`mint`).
//! - It sends tickets at the end of a handshake only, and alerts of its own choice only. What is written here may travel as either (`aead`).
//! - It tells nobody the key of a ticket. It is derived here once more (`hkdf`, `tap`).
//! - It lets nobody look into what a TLS 1.2 client keeps. The master secret is noted where it is made, and a value is made anew where it came from
//!   an encoding, from another context, or is to be proposed under another id (`prf`, `mint`).
//! - It resumes for the host name of the first connection only. A [`ServerValue`] has none: the layer above compares, if it wants to.
//!
//! All of it leans on public interfaces of rustls: a provider of cryptography may be anybody's.
//!
//! # What it cannot do
//!
//! Renegotiation, authentication after the handshake, versions before TLS 1.2, and a session id for a client that has presented a ticket.

mod aead;
mod base;
mod bytes;
mod desk;
mod engine;
mod event;
mod hello;
mod hkdf;
mod kinds;
mod link;
mod mint;
mod pool;
mod prf;
mod provider;
mod records;
mod shelf;
mod tap;
#[cfg(test)]
pub(super) mod tests;
mod trust;
mod value;

pub use self::base::Credentials;
pub(crate) use self::base::{ClientBase, ServerBase};
pub(crate) use self::engine::{ClientSetup, EarlyData, Engine, Tickets, check_host_name};
pub(crate) use self::event::{Answer, ClientCertificate, Completed, Decided, Event, Failure, FreshTicket, Gives, Resume, Sealing};
pub(crate) use self::hello::ClientHello;
pub(crate) use self::kinds::Phase;
pub use self::kinds::{Alert, Clock, Error, Group, Side, Version};
pub use self::trust::Trust;
pub(crate) use self::value::{ClientValue, ServerValue};
