//! Making reports of runs.

use std::collections::BTreeSet;

use sessck_model::{Misuse, Profile, SessId, clauses};

use super::{Cause, Kind, Report, causes, words};
use crate::checker::Violation;
use crate::explain::{Holding, Told, story};
use crate::implementation::Trouble;
use crate::run::{Ending, Run};
use crate::trace::Event;
use crate::trace::call::{Object, c_text, objects};

/// The report of a run that ended badly; `None` where everything agreed.
#[must_use]
pub fn of_run(run: &Run, by: &str, profile: Profile) -> Option<Report> {
    let events: Vec<Event> = run.steps.iter().cloned().map(Event::from).collect();
    match &run.ending {
        Ending::Agrees => None,
        Ending::Violation(violation) => Some(self::violation(&events, violation, by, profile)),
        Ending::Trouble(call, trouble) => Some(self::trouble(&events, *call, trouble, by, profile)),
        Ending::Unbound(call, why) => {
            let told = story(&events, profile);
            let step = told.len() + 1;
            let last = Cause { step, text: c_text(call), here: "cannot be made here".to_owned() };
            let mut report = empty(Kind::Inconclusive, by);
            report.causes = with_last(&told, &objects(call).into_iter().collect(), last);
            report.observed = vec![why.to_string()];
            Some(report)
        }
    }
}

/// The report of a library that broke a guarantee in the last event.
#[must_use]
pub fn violation(events: &[Event], violation: &Violation, by: &str, profile: Profile) -> Report {
    let told = story(events, profile);
    let mut report = empty(Kind::Violation, by);
    report.clause = violation.clause.and_then(clauses::by_id);
    report.also.clone_from(&violation.also);
    report.explained_by.clone_from(&violation.explained_by);
    let Some((last, earlier)) = told.split_last() else { return report };
    let focus = causes::focus(&violation.differences, last, events.last().and_then(|event| event.saw.as_ref()));
    let last = Cause { step: last.step, text: last.text.clone(), here: "observed here".to_owned() };
    report.causes = with_last(earlier, &focus, last);
    let holdings: &[Holding] = earlier.last().map_or(&[], |told| &told.holdings);
    let (expected, observed) = violation.differences.iter().map(|difference| words::both(difference, holdings)).unzip();
    (report.expected, report.observed) = (expected, observed);
    report
}

/// The report of an application that broke an obligation by the last event, which was not made.
#[must_use]
pub fn misuse(events: &[Event], misuse: &Misuse, profile: Profile) -> Report {
    let told = story(events, profile);
    let mut teller = crate::explain::Teller::new(profile);
    for event in events.split_last().map_or(&[][..], |(_, earlier)| earlier) {
        teller.tell(event);
    }
    let (_, names) = teller.believed();
    let name = |id: SessId| names.trace(id).map_or_else(|| "the session".to_owned(), |name| name.to_string());
    let mut report = empty(Kind::Misuse, "the application");
    report.clause = clauses::by_id(obligation(misuse));
    let Some((last, earlier)) = told.split_last() else { return report };
    let focus = objects(&last.call).into_iter().collect::<BTreeSet<Object>>();
    let sessions: BTreeSet<Object> = focus.iter().copied().filter(|object| matches!(object, Object::Session(_))).collect();
    let focus = if sessions.is_empty() { focus } else { sessions };
    report.causes = with_last(earlier, &focus, Cause { step: last.step, text: last.text.clone(), here: "used here".to_owned() });
    let (expected, observed) = words::misuse(misuse, &name);
    (report.expected, report.observed) = (vec![expected], vec![observed]);
    report
}

/// The clause that states the obligation that was broken.
pub(crate) fn obligation(misuse: &Misuse) -> &'static str {
    use sessck_model::Obligation;
    match misuse {
        Misuse::EndedBorrow(_) => Obligation::Borrow.clause(),
        Misuse::NotOwned(_) => Obligation::FreeOnlyOwn.clause(),
        Misuse::GivesBorrowed(_) => Obligation::GetCallbackOwned.clause(),
        Misuse::Forgotten(_) => Obligation::FreeOnce.clause(),
        Misuse::SecondContext { .. } => Obligation::OneContext.clause(),
        Misuse::ContextNotOwned(_) => Obligation::ContextFreeOwn.clause(),
        Misuse::ShutdownAfterError(_) => Obligation::NoShutdownAfterFatal.clause(),
        Misuse::ConnectionNotOwned(_) => Obligation::ConnectionFreeOwn.clause(),
        Misuse::FreedIndirectly(_) => Obligation::FreeIndirect.clause(),
        Misuse::NoSessionIdContext(_) => Obligation::SidCtxVerifyPeer.clause(),
        Misuse::LateSessionIdContext(_) => Obligation::SidCtxInTime.clause(),
        Misuse::UnopenedTicketUsed(_) => Obligation::TicketUse.clause(),
        Misuse::NotNew(_) => Obligation::ReuseNew.clause(),
        Misuse::RenamedInCache(_) => Obligation::CachedIdStays.clause(),
    }
}

fn trouble(events: &[Event], call: sessck_model::Call, trouble: &Trouble, by: &str, profile: Profile) -> Report {
    let kind = match trouble {
        Trouble::Crashed(_) | Trouble::Hung(_) => Kind::Crash,
        Trouble::Gone(_) | Trouble::Unopenable { .. } | Trouble::LacksSymbol { .. } | Trouble::Cannot(_) | Trouble::Harness(_) => {
            Kind::Inconclusive
        }
    };
    let told = story(events, profile);
    let mut report = empty(kind, by);
    let last = Cause { step: told.len() + 1, text: c_text(&call), here: "it happened here".to_owned() };
    // what failed before has to do with it
    let failed = events.iter().filter(|event| event.fault.is_some()).flat_map(|event| objects(&event.call));
    report.causes = with_last(&told, &failed.chain(objects(&call)).collect(), last);
    report.observed = vec![trouble.to_string()];
    report
}

fn with_last(earlier: &[Told], focus: &BTreeSet<Object>, last: Cause) -> Vec<Cause> {
    let mut all = causes::before(earlier, focus);
    all.push(last);
    all
}

fn empty(kind: Kind, by: &str) -> Report {
    Report {
        kind,
        clause: None,
        also: Vec::new(),
        by: by.to_owned(),
        causes: Vec::new(),
        expected: Vec::new(),
        observed: Vec::new(),
        explained_by: Vec::new(),
        reproduce: None,
    }
}
