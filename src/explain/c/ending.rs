//! Where a program ends, and what the pages say of it.

use sessck_model::Profile;

use super::NotInC;
use crate::catalogue::source;
use crate::checker::Verdict;
use crate::explain::{Judged, story};
use crate::report::{misuse, violation};
use crate::trace::{Event, Trace};

/// How the program of a trace ends.
pub(super) struct Ending {
    /// So many of the calls are made.
    pub(super) made: usize,
    /// Why the next one is not, where there is one.
    pub(super) why_not: Option<String>,
    /// The step that the trace is about, from 1: the first that breaks the pages, or else the last.
    pub(super) about: usize,
    /// What the pages expect of it, where that is not what was seen.
    pub(super) expected: Option<Vec<String>>,
    /// The sentence that is broken or obeyed, in our words, and where it stands.
    pub(super) clause: Option<String>,
}

/// The ending of a trace that was seen on a library with this profile.
pub(super) fn of(trace: &Trace, profile: Profile) -> Result<Ending, NotInC> {
    let (made, why_not) = makeable(trace, profile);
    if made == 0 {
        return Err(if trace.events.first().is_some_and(|event| event.saw.is_none()) { NotInC::Unseen } else { NotInC::Nothing });
    }
    let by = trace.header.implementation.as_ref().map_or("", |it| it.name.as_str());
    let told = story(&trace.events[..made], Profile::PAGE);
    let broken = told.last().and_then(|last| match &last.judged {
        Judged::Ends(Verdict::Violation(broken)) => Some((last.step, violation(&trace.events[..last.step], broken, by, Profile::PAGE))),
        Judged::Ends(_) | Judged::Agrees { .. } | Judged::Balanced | Judged::Unseen => None,
    });
    Ok(match broken {
        Some((about, report)) => {
            let clause = report.clause.map(|clause| format!("{} [{}]", clause.statement, source(clause)));
            Ending { made, why_not, about, expected: Some(report.expected), clause }
        }
        None => Ending { made, why_not, about: made, expected: None, clause: None },
    })
}

/// Why a call is not made in which something fails or comes between.
const FAULT: &str = "something is made to fail or to come between in it";

/// How many calls can be made, and why not the next.
fn makeable(trace: &Trace, profile: Profile) -> (usize, Option<String>) {
    let events: &[Event] = &trace.events;
    let seen = events.iter().take_while(|event| event.saw.is_some() && event.fault.is_none()).count();
    let halt = if events.get(seen).is_some_and(|event| event.fault.is_some()) { FAULT } else { "nobody saw what it shows" };
    let told = story(events, profile);
    let Some(last) = told.last() else { return (seen, None) };
    let step = last.step;
    let why = match &last.judged {
        Judged::Ends(Verdict::Misuse(broken)) => {
            let report = misuse(&events[..step], broken, profile);
            let clause = report.clause.map_or(String::new(), |clause| format!(": {} [{}]", clause.statement, source(clause)));
            Some(format!("it breaks an obligation{clause}"))
        }
        Judged::Ends(Verdict::Undefined(why)) => Some(format!("no page says what it does here: {why:?}")),
        Judged::Ends(Verdict::UnknownObject(name)) => Some(format!("it names {name}, which does not exist")),
        Judged::Ends(Verdict::Violation(_) | Verdict::Agrees { .. }) => None,
        Judged::Agrees { .. } | Judged::Balanced | Judged::Unseen => None,
    };
    match why {
        Some(why) if step <= seen + 1 => (step - 1, Some(why)),
        Some(_) | None if seen < events.len() => (seen, Some(halt.to_owned())),
        Some(_) | None => (seen, None),
    }
}
