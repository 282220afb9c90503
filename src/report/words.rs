//! Differences in words.

use sessck_model::{Misuse, SessId};

use crate::checker::{Difference, Subject};
use crate::explain::Holding;
use crate::implementation::{Name, counter_word};

/// What was expected and what was observed instead.
pub(super) fn both(difference: &Difference, holdings: &[Holding]) -> (String, String) {
    let Difference { subject, expected, observed } = difference;
    let each = |sentence: &dyn Fn(&str) -> String| (sentence(expected), sentence(observed));
    match *subject {
        Subject::Returned => each(&|value| format!("it returns {value}")),
        Subject::Births => each(&births),
        Subject::Death(s) if expected == "in memory" => (alive(s, holdings), format!("{s} was freed")),
        Subject::Death(s) if observed == "freed twice" => (format!("{s} is freed once"), format!("{s} is freed for the second time")),
        Subject::Death(s) => (format!("{s} is freed: nobody holds it any more"), format!("{s} is still in memory")),
        Subject::NewCallback => each(&|runs| callback("new-session", runs)),
        Subject::RemoveCallback => each(&|runs| callback("remove", runs)),
        Subject::GetCallback => each(&|runs| callback("get", runs)),
        Subject::Memory => each(&|blocks| format!("{blocks} blocks of memory are written to after they were given back")),
        Subject::Acted => each(&|acts| format!("callbacks call back: {acts}")),
        Subject::Left => each(&|left| format!("a callback that has called back leaves sessions in the cache: {left}")),
        Subject::Hook => each(&|runs| format!("another callback: {runs}")),
        Subject::Number(x) => each(&|number| format!("the cache of {x} holds {number}")),
        Subject::Current(c) => each(&|session| format!("the current session of {c} is {session}")),
        Subject::Reused(c) => each(&|value| yes(value, &format!("{c} resumed"), &format!("{c} did not resume"))),
        Subject::Sent(c) => each(&|value| yes(value, &format!("{c} has sent its shutdown"), &format!("{c} has not sent its shutdown"))),
        Subject::Received(c) => {
            each(&|value| yes(value, &format!("{c} has received a shutdown"), &format!("{c} has received no shutdown")))
        }
        Subject::Open(c) => {
            each(&|value| yes(value, &format!("{c} is past its handshake"), &format!("{c} is not past its handshake, or failed")))
        }
        Subject::Context(c) => each(&|context| format!("{c} is configured by {context}")),
        Subject::Count(s) => (format!("{s} has count {expected}{}", held(s, holdings)), format!("count {observed}")),
        Subject::Resumable(s) => each(&|value| yes(value, &format!("{s} can be resumed"), &format!("{s} cannot be resumed"))),
        Subject::Time(s) => each(&|value| format!("{s} was established at {value} s")),
        Subject::Timeout(s) => each(&|value| format!("{s} is good for {value} s")),
        Subject::Hint(s) => each(&|value| format!("the lifetime hint of {s} is {value} s")),
        Subject::Counter(x, counter) => each(&|value| format!("SSL_CTX_sess_{}({x}) is {value}", counter_word(counter))),
    }
}

/// What an application did wrong, and what it ought to have done.
pub(super) fn misuse(misuse: &Misuse, name: &dyn Fn(SessId) -> String) -> (String, String) {
    match *misuse {
        Misuse::EndedBorrow(s) => {
            let s = name(s);
            (
                format!("a pointer to {s} that is still lent, or a reference of its own"),
                format!("{s} was only borrowed, and the borrow has ended"),
            )
        }
        Misuse::NotOwned(s) => {
            let s = name(s);
            (format!("a reference to {s} that the application owns"), format!("the application owns no reference to {s}"))
        }
        Misuse::GivesBorrowed(s) => {
            let s = name(s);
            (format!("a reference to {s} that the get callback can give away"), format!("the application owns no reference to {s}"))
        }
        Misuse::Forgotten(s) => {
            let s = name(s);
            (format!("the reference to {s} is given back"), format!("the reference to {s} is lost: {s} leaks"))
        }
        Misuse::SecondContext { session, first, second } => {
            let s = name(session);
            (format!("{s} is used with {first} only"), format!("{s} is used with {second} as well"))
        }
        Misuse::ContextNotOwned(x) => {
            (format!("a reference to {x} that the application owns"), format!("the application owns no reference to {x}"))
        }
        Misuse::ShutdownAfterError(c) => (format!("{c} is not shut down after a fatal error"), format!("{c} had failed")),
        Misuse::ConnectionNotOwned(c) => {
            (format!("a reference to {c} that the application owns"), format!("the application owns no reference to {c}"))
        }
        Misuse::FreedIndirectly(s) => {
            let s = name(s);
            (format!("{s} is given back by its connection alone"), format!("{s} was borrowed, and given back with its connection"))
        }
        Misuse::NoSessionIdContext(c) => {
            (format!("{c} has a session id context, since it verifies its peers"), format!("{c} has none, and a session is proposed to it"))
        }
        Misuse::LateSessionIdContext(c) => {
            (format!("{c} has its session id context before it answers the hello"), format!("{c} has answered"))
        }
        Misuse::UnopenedTicketUsed(c) => {
            (format!("a ticket that {c} could open is used"), format!("{c} had opened none, and its decrypt callback answered USE"))
        }
        Misuse::NotNew(session) => {
            let s = name(session);
            (format!("{s} is as SSL_SESSION_new made it, and the application's alone"), format!("{s} is in use, or holds something"))
        }
        Misuse::RenamedInCache(session) => {
            let s = name(session);
            (format!("{s} is in no cache, or keeps its id"), format!("{s} is in a cache, and given another id"))
        }
    }
}

fn births(number: &str) -> String {
    match number {
        "0" => "no session is born".to_owned(),
        "1" => "one session is born".to_owned(),
        more => format!("{more} sessions are born"),
    }
}

fn callback(which: &str, runs: &str) -> String {
    if runs == "does not run" { format!("the {which} callback does not run") } else { format!("the {which} callback runs: {runs}") }
}

fn yes(value: &str, yes: &str, no: &str) -> String {
    if value == "true" { yes.to_owned() } else { no.to_owned() }
}

fn alive(session: SessId, holdings: &[Holding]) -> String {
    match holdings.iter().find(|holding| holding.session == Name(session)) {
        Some(holding) => format!("{session} lives: held by {} (count {})", holding.holders(), holding.count),
        None => format!("{session} lives"),
    }
}

fn held(session: SessId, holdings: &[Holding]) -> String {
    holdings.iter().find(|holding| holding.session == Name(session)).map_or(String::new(), |holding| format!(": {}", holding.holders()))
}
