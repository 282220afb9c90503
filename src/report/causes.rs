//! Which steps led to a finding.

use std::collections::BTreeSet;

use sessck_model::ConnId;

use super::Cause;
use crate::checker::{Difference, Subject};
use crate::explain::{Happening, Told, What};
use crate::implementation::{Event, Name, Observation};
use crate::trace::call::{Object, objects};

/// The most causes that are told.
const MOST: usize = 16;
/// The most that is said of one step.
const MOST_IN_STEP: usize = 2;

/// The objects that differences are about; no connections, if there are sessions among them.
pub(super) fn focus(differences: &[Difference], last: &Told, saw: Option<&Observation>) -> BTreeSet<Object> {
    let mut all: BTreeSet<Object> = differences.iter().filter_map(|difference| object(difference.subject)).collect();
    if all.is_empty() {
        all.extend(objects(&last.call));
        all.extend(saw.iter().flat_map(|saw| &saw.events).filter_map(about));
    }
    let connections_matter = !all.iter().any(|object| matches!(object, Object::Session(_)));
    all.retain(|object| connections_matter || !matches!(object, Object::Connection(_)));
    all
}

fn object(subject: Subject) -> Option<Object> {
    match subject {
        Subject::Context(c) => Some(Object::Connection(c)),
        Subject::Death(s) | Subject::Count(s) | Subject::Resumable(s) | Subject::Time(s) | Subject::Timeout(s) | Subject::Hint(s) => {
            Some(Object::Session(s))
        }
        Subject::Current(c) | Subject::Reused(c) | Subject::Sent(c) | Subject::Received(c) | Subject::Open(c) => {
            Some(Object::Connection(c))
        }
        Subject::Number(x) | Subject::Counter(x, _) => Some(Object::Context(x)),
        Subject::Returned
        | Subject::Births
        | Subject::NewCallback
        | Subject::RemoveCallback
        | Subject::GetCallback
        | Subject::Hook
        | Subject::Acted
        | Subject::Left => None,
        Subject::Memory => None,
    }
}

fn about(event: &Event) -> Option<Object> {
    Some(match *event {
        Event::Failed => return None,
        Event::Acted { session: Name(s), .. } => Object::Session(s),
        Event::Born(Name(s)) | Event::Died(Name(s)) => Object::Session(s),
        Event::New { session: Name(s), .. } | Event::Removed { session: Name(s), .. } => Object::Session(s),
        Event::Asked { connection: Name(c), .. } | Event::Hook { connection: Name(c), .. } => Object::Connection(c),
    })
}

/// The steps before the last in which something happened to the objects in focus.
pub(super) fn before(told: &[Told], focus: &BTreeSet<Object>) -> Vec<Cause> {
    let mut causes: Vec<Cause> = told.iter().filter_map(|told| cause(told, focus)).collect();
    // what came first and what came last say most
    if causes.len() > MOST {
        causes.drain(MOST / 2..causes.len() - MOST / 2);
    }
    causes
}

fn cause(told: &Told, focus: &BTreeSet<Object>) -> Option<Cause> {
    if let Some(fault) = told.fault {
        return Some(Cause { step: told.step, text: told.text.clone(), here: format!("{fault} here") });
    }
    let mut concerned: Vec<&Happening> = told.happenings.iter().filter(|happening| concerns(happening, focus)).collect();
    concerned.sort_by_key(|happening| std::cmp::Reverse(weight(happening.what)));
    if concerned.is_empty() {
        return None;
    }
    let mut here: Vec<String> = Vec::new();
    for happening in concerned {
        let text = happening.here();
        if here.len() < MOST_IN_STEP && !here.contains(&text) {
            here.push(text);
        }
    }
    let last = here.len() - 1;
    for text in &mut here[..last] {
        *text = text.trim_end_matches(" here").to_owned();
    }
    Some(Cause { step: told.step, text: told.text.clone(), here: here.join(", ") })
}

fn concerns(happening: &Happening, focus: &BTreeSet<Object>) -> bool {
    // how a context is set up decides what is right
    if happening.what == What::Set {
        return true;
    }
    let with = |object: Object| focus.contains(&object);
    let on = |c: ConnId| with(Object::Connection(c));
    with(happening.object)
        || match happening.what {
            What::Linked(x) | What::Unlinked(x, _) | What::Removed(x) => with(Object::Context(x)),
            What::Attached(c) | What::Detached(c) | What::Announced(c, _) | What::Given(c) | What::Borrowed(c) => on(c),
            What::Made | What::Set | What::Born | What::Freed | What::BorrowEnded | What::Obtained | What::GivenBack => false,
            What::Marked | What::Missed | What::Hook(..) | What::Acted(..) | What::Completed(_) | What::Failed | What::Shut => false,
        }
}

/// How much a happening says; of a step the weightiest are told.
fn weight(what: What) -> u8 {
    match what {
        What::Freed | What::Borrowed(_) | What::BorrowEnded => 9,
        What::Marked | What::Unlinked(..) => 8,
        What::Born | What::Made => 7,
        What::Linked(_) | What::Failed => 6,
        What::Obtained | What::GivenBack => 5,
        What::Announced(..) | What::Removed(_) | What::Given(_) | What::Missed | What::Hook(..) | What::Acted(..) => 4,
        What::Shut | What::Completed(_) => 3,
        What::Attached(_) | What::Detached(_) => 2,
        What::Set => 1,
    }
}
