//! `sessck` is an fsck for TLS sessions. OpenSSL's manual pages promise things about session objects: who holds one, when it leaves a
//! cache, what makes it resumable. This crate holds real libraries against those promises, which the crate
//! [`sessck_model`] states as a specification that runs.
//!
//! This page is the map. Each part has its own page with the details.
//!
//! # The parts
//!
//! | part | what it is | whom it may know |
//! |---|---|---|
//! | [`sessck_model`] | the specification: `step` says what a call does, clauses say what must hold, exploration compares the two | nobody |
//! | [`implementation`] | what any implementation under test takes and gives: a call in, an observation out | the model |
//! | [`native`] | our own session layer on rustls, with the semantics of the pages | nobody |
//! | [`adapter`] | any libssl, opened at run time, in a child process of its own; and `native`, in this one | `implementation`, `native`, and `trace` for the form of a call on the pipe |
//! | [`checker`] | a trace against the model, event by event: which states agree with all that was seen, and which clause broke | `implementation` |
//! | [`script`] | what to do, with objects named by role; generation and resolution | the model |
//! | [`run`] | one case: a script or a trace on an implementation, with the checker beside it | `checker`, `implementation`, `script` |
//! | [`conform`] | many generated scripts, and the shortening of what disagrees | `run`, `script`, `implementation` |
//! | [`faults`] | the same while memory or the transport fails in the middle of a call | `conform`, `run`, `implementation` |
//! | [`trace`] | the file format: its own types and versions, reading, writing | `implementation`, `run` |
//! | [`libs`] | which libssl there are on a machine | `adapter` |
//! | [`profile`] | what is known of which library: `traces/divergences.toml`, profiles by name | `implementation` |
//! | [`explain`], [`report`] | the story of a trace, also as a C program; a finding with its causes, for people and for machines | `checker`, `trace`, `run`; the certificate of `adapter` |
//! | [`cmd`] | the command line: one subcommand a file, arguments to command to exit code | everybody |
//!
//! Arrows that are not in this table are not in the code; `tests/tidy.rs` checks most of them.
//!
//! # The life of an event
//!
//! 1. A [`script::Resolver`] turns the next move into a [`Call`](sessck_model::Call): roles ("the newest session of this client")
//!    become objects, by the state that the checker believes in.
//! 2. [`checker::Checker::forecast`] makes the step in the model and takes it back. What would be misuse, or what no page
//!    describes, is never done to a real library: the call is left out and counted as skipped.
//! 3. [`adapter::isolate`] sends the call to the child. The child makes the C call, notes births, deaths and callbacks while it
//!    runs, looks at every fact afterwards, and sends back an [`Observation`](implementation::Observation): what differs
//!    from what was last shown. A crash, a hang and a broken pipe are answers as well.
//! 4. [`checker::Checker::event`] makes the step with every choice that the pages leave to the library and keeps the states that
//!    agree with the observation. Usually there is one of each, and the step is made in place.
//! 5. All clauses judge the step that agreed. What they count as held is what a campaign has *reached*.
//! 6. Where nothing agrees, the step is made once more with what was observed in place of what was expected, and the clauses
//!    that this breaks are named: a [`Violation`](checker::Violation). Deviations that would explain it are listed with it.
//! 7. [`conform`] shortens the case while the same thing stays wrong; [`report`] tells its causes; [`trace`] keeps it as a file that
//!    means the same on any other implementation.
//!
//! # Blame
//!
//! Three kinds of trouble never share a type: *misuse* (the application broke an obligation), *violation* (the library broke a
//! guarantee), *error* (this program or its input). The exit codes follow: 1 for the first two, 2, 3, 4 and 70 for the last.
//!
//! # What must be absent
//!
//! What cannot be seen by reading the code is listed here, because it is not there:
//!
//! - The model has no input or output, clock, chance, serialisation, threads of its own, unsafe code or table without an order. A step is a function
//!   of its arguments.
//! - Clauses do not read deviations, and operations do not read clauses: they are two statements of one thing, and only their comparison says anything.
//! - Nothing links a libssl. Each is opened at run time, in a process that opens no other and is never asked to close it.
//! - No unsafe code outside `adapter/libssl`.
//! - No observation disturbs: no callback is set unless the script sets it, because in some versions its mere presence changes
//!   what is cached.
//! - No clock but the virtual one decides anything that is judged; no test sleeps. Real time is only measured, and kept as the deadline of a child.
//! - Generators hold weights and no recipes: no known bug is written into them.
//! - A trace holds no seed and no secret: concrete calls, and of ticket and id bytes nothing but whether they are the same.
//! - A call that the pages leave undefined is made on no real library, except by an audit of what a program has done itself.
//! - With `CI` set, nothing is written into the tree.
pub mod adapter;
pub mod catalogue;
pub mod checker;
pub mod cmd;
pub mod conform;
pub mod explain;
pub mod faults;
pub mod implementation;
pub mod libs;
pub mod native;
pub mod profile;
pub mod replay;
pub mod report;
pub mod run;
pub mod script;
pub mod trace;
