//! The pure model of TLS sessions: what OpenSSL's manual pages promise about session objects, as a specification that runs.
//!
//! It says everything twice. Operations are written object by object: what `SSL_free` does to a [`State`]. Clauses are written sentence by
//! sentence: what must hold of a [`Transition`], whatever the call. Clauses only look. Exploration walks every state of
//! small [`World`]s and asks every clause of every step, so that what is written wrong once does not stay unnoticed.
//!
//! # How to read it
//!
//! 1. `state.rs`: what there is. Three facts of a [`Session`] are kept apart, because most bugs are one of them moving without the others:
//!    memory (`count`, `freed`), cache link (`link`), resumability (`marked`, `identity`, `time`, `timeout`).
//! 2. `call.rs`: what can happen, a [`Call`] each, with its C name; `action.rs`: a [`Choice`], what the pages leave to the library.
//! 3. [`step`]: dispatch only. The operations are in `context.rs`, `connection.rs`, `duplicate.rs`, `handshake.rs`, `host.rs`, `verify.rs`, `wire.rs`, `session.rs`, `cache.rs`, `ticket.rs`.
//! 4. `transition.rs`: what one step did: outcome, [`Effect`]s, and the former values of what it touched. This is all that clauses see.
//! 5. [`clauses`]: one sentence a file.
//! 6. `deviation.rs`: every way to depart from the pages, each one named branch of one operation. A [`Profile`] is a set of them.
//! 7. [`worlds`], [`explore`] and [`stateright`]: the two engines and what they walk.
//!
//! # What holds everywhere
//!
//! - [`step`] is a function of its arguments. Latitude is a part of the action, so exploring means enumerating [`choices`], and checking a
//!   trace is one pass over it.
//! - A call that breaks an obligation is refused as [`Misuse`] and changes nothing; with that obligation trusted
//!   ([`Profile::trusting`]) the step does what a trusting library would do.
//! - A session's `count` moves only when a reference is taken or given back. Its holders are found by looking. The clause `counts-add-up`
//!   compares the two.
//! - Nothing here panics: an operation that finds an object missing returns [`Undefined`].
//! - A state has one order in its tables, and no address, clock or chance in it: equal states have equal futures.
//!
//! ```
//! use sessck_model::story::{C0, C1, Story};
//! use sessck_model::{Call, Judgement, Version};
//!
//! let story = Story::page().contexts(Version::Tls12).pair().handshake(C0);
//! let session = story.session_of(C0);
//! let story = story.call(Call::Get1(C0)).call(Call::Shutdown(C1)).call(Call::ConnectionFree(C0));
//! assert!(story.state.sessions.get(session).is_some_and(|s| s.owned == 1), "what get1 gave outlives the connection");
//! assert_eq!(story.said("counts-add-up"), Judgement::Holds);
//! ```

#[macro_use]
mod call;

mod action;
mod acts;
mod authentication;
mod cache;
mod canonical;
mod clause;
pub mod clauses;
mod colors;
mod connection;
mod context;
mod copies;
mod counters;
mod deviation;
mod duplicate;
mod enabled;
pub mod explore;
mod faults;
mod foreign;
mod found;
mod growth;
mod handshake;
mod hooks;
mod host;
mod ids;
mod item;
mod latitude;
mod misuse;
mod names;
mod not_resumable;
mod profile;
mod renaming;
mod renegotiation;
pub mod search;
mod session;
mod settings;
mod shrink;
mod shutdown;
mod state;
pub mod stateright;
mod step;
mod store;
pub mod story;
mod table;
mod ticket;
mod ticket_answers;
mod ticket_callbacks;
mod time;
mod transition;
mod verify;
mod view;
mod wire;
pub mod witness;
pub mod world;
pub mod worlds;
mod writing;

pub use action::*;
pub use acts::{Act, Callback, END_OF_TIME};
pub use authentication::Challenge;
pub use call::{Call, Kind, Named};
pub use canonical::*;
pub use clause::*;
pub use context::{CACHE_SIZE_PRESET, NUM_TICKETS_PRESET, TIMEOUT_PRESET_S};
pub use counters::{Counter, Counters};
pub use deviation::*;
pub use hooks::*;
pub use ids::*;
pub use item::*;
pub use misuse::{Misuse, Undefined};
pub use names::*;
pub use profile::*;
pub use renaming::*;
pub use settings::*;
pub use shrink::shrink;
pub use state::*;
pub use step::{choices, step};
pub use table::Table;
pub use ticket_answers::*;
pub use time::WEEK_S;
pub use transition::*;
pub use witness::Witness;
pub use world::World;
