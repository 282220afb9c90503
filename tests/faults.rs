//! Calls in the middle of which memory or the transport fails, on the first libssl of this machine that lacks nothing.

use std::path::Path;

use sessck::adapter::isolate::{DEADLINE, IsolatedLibrary};
use sessck::faults::{Campaign, KnownFaults, faults};
use sessck::implementation::{CallFault, Event, Implementation, Name, Observation, Trouble};
use sessck::libs::{Library, discover};
use sessck::run::{Ending, Run, Step, Unmakable, run_again, run_to_the_end};
use sessck_model::{Act, CacheMode, Call, Callback, ConnId, CtxId, Opt, Profile, RemoveCallback, SessId, Side, Version};

const X0: CtxId = CtxId(0);
const X1: CtxId = CtxId(1);
const C0: ConnId = ConnId(0);
const C1: ConnId = ConnId(1);

fn executable() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_sessck"))
}

fn library() -> Option<Library> {
    let found = discover(executable()).libraries.into_iter().find(|library| library.lacks.is_empty());
    if found.is_none() {
        eprintln!("no libssl on this machine: nothing is made to fail");
    }
    found
}

fn start(library: &Library) -> Result<Box<dyn Implementation>, Trouble> {
    Ok(Box::new(IsolatedLibrary::start(executable(), library.file().expect("it is in a file"), DEADLINE)?))
}

/// A case in whose last call something fails; then everything is given back.
#[track_caller]
fn case(library: &Library, calls: &[Call], fault: CallFault) -> Run {
    let step =
        |(at, call): (usize, &Call)| Step { call: *call, fault: (at + 1 == calls.len()).then_some(fault), saw: Observation::default() };
    let steps: Vec<Step> = calls.iter().enumerate().map(step).collect();
    let mut running = start(library).expect("it was opened before");
    run_again(&steps, running.as_mut(), profile(), Unmakable::Stop).expect("it can be started again")
}

/// A case in whose last call the remove callback does something besides; then everything is given back.
fn calling_back(library: &Library, mut calls: Vec<Call>, act: Act) -> Run {
    calls.insert(calls.len() - 1, Call::SetActs(X1, Callback::Remove, Some(act)));
    let steps: Vec<Step> = calls.iter().map(|call| Step { call: *call, fault: None, saw: Observation::default() }).collect();
    let mut running = start(library).expect("it was opened before");
    run_to_the_end(&steps, running.as_mut(), profile_of(library)).expect("it can be started again")
}

/// A handshake of TLS 1.2, with the session in the server's cache, up to where the rest of it is to come.
fn handshake() -> Vec<Call> {
    vec![
        Call::ContextNew(X0, Side::Client, Version::Tls12),
        Call::ContextNew(X1, Side::Server, Version::Tls12),
        Call::SetOption(X1, Opt::NoTicket),
        Call::ConnectionNew(C0, X0),
        Call::ConnectionNew(C1, X1),
        Call::Join(C0, C1),
        Call::Hello(C0),
        Call::Complete(C0),
    ]
}

/// What is wrong with presets is not the business of these tests.
fn profile() -> Profile {
    sessck_model::Deviation::ALL.iter().filter(|it| it.id() == "preset-timeout-two-hours").fold(Profile::PAGE, |p, it| p.with(*it))
}

#[test]
fn a_failure_that_is_not_met_is_none() {
    let Some(library) = library() else { return };
    let run = case(&library, &handshake(), CallFault::Allocation(u32::MAX));
    assert_eq!(run.ending, Ending::Agrees);
    let passed = run.faulted.expect("it was counted");
    assert!(!passed.failed && passed.number > 100, "a handshake allocates {} times", passed.number);
    assert_eq!(run.steps.len(), handshake().len(), "nothing is given back where nothing failed");
}

#[test]
fn everything_is_given_back_after_an_allocation_failed() {
    let Some(library) = library() else { return };
    let run = case(&library, &handshake(), CallFault::Allocation(20));
    assert_eq!(run.ending, Ending::Agrees);
    assert!(run.faulted.is_some_and(|passed| passed.failed && passed.site.is_some()));
    assert_eq!(run.steps.last().map(|step| step.call), Some(Call::ContextFree(X1)));
    let count = |wanted: fn(&Event) -> bool| run.steps.iter().flat_map(|step| &step.saw.events).filter(|e| wanted(e)).count();
    assert_eq!(count(|e| matches!(e, Event::Born(_))), count(|e| matches!(e, Event::Died(_))));
}

#[test]
fn the_transport_fails_in_a_read_and_in_a_write() {
    let Some(library) = library() else { return };
    let whole = case(&library, &handshake(), CallFault::Byte(u32::MAX)).faulted.expect("it was counted").number;
    for byte in [1, 6, whole / 2, whole] {
        let run = case(&library, &handshake(), CallFault::Byte(byte));
        assert_eq!(run.ending, Ending::Agrees, "byte {byte} of {whole}");
        assert!(run.faulted.is_some_and(|passed| passed.failed), "byte {byte} of {whole}");
    }
}

#[test]
fn a_failed_insertion_is_found_where_it_leaves_a_link() {
    let Some(library) = library() else { return };
    let mut calls = handshake();
    calls.extend([Call::Get1(C1), Call::AddSession(X1, SessId(1))]);
    calls.insert(2, Call::SetCacheMode(X1, CacheMode { no_store: true, ..CacheMode::SERVER }));
    let run = case(&library, &calls, CallFault::Allocation(1));
    assert!(run.faulted.as_ref().is_some_and(|passed| passed.failed), "adding a session allocates: {:?}", run.ending);
    let dangles = library.family == "openssl" && library.version.starts_with("3.0.");
    let crashed = matches!(run.ending, Ending::Trouble(Call::ContextFree(_), Trouble::Crashed(_)));
    assert_eq!(crashed, dangles, "{:?}", run.ending);
}

#[test]
fn a_callback_gives_a_reference_back() {
    let Some(library) = library() else { return };
    let mut calls = handshake();
    calls.insert(2, Call::SetRemoveCallback(X1, RemoveCallback::Set));
    calls.extend([Call::Get1(C1), Call::FlushSessions(X1, 90_000)]);
    let run = calling_back(&library, calls.clone(), Act::Free);
    assert_eq!(run.ending, Ending::Agrees);
    let flushed = &run.steps[calls.len()].saw.events;
    assert!(matches!(flushed[..], [Event::Removed { .. }, Event::Acted { act: Name(Act::Free), left: 0, .. }]), "{flushed:?}");
    assert!(!run.steps.iter().any(|step| matches!(step.call, Call::SessionFree(_))), "the callback gave back what the application had");
}

#[test]
fn a_callback_that_removes_what_is_removed_finds_nothing() {
    let Some(library) = library() else { return };
    let mut calls = handshake();
    calls.insert(2, Call::SetRemoveCallback(X1, RemoveCallback::Set));
    calls.extend([Call::Get1(C1), Call::FlushSessions(X1, 90_000)]);
    let run = calling_back(&library, calls.clone(), Act::Remove);
    assert_eq!(run.ending, Ending::Agrees);
    let acted = |event: &&Event| matches!(event, Event::Acted { act: Name(Act::Remove), answer: 0, .. });
    assert_eq!(run.steps[calls.len()].saw.events.iter().filter(acted).count(), 1);
}

#[test]
fn a_campaign_does_not_depend_on_the_number_of_children() {
    let Some(library) = library() else { return };
    let campaign = Campaign { scripts: 6, seed: 5, profile: profile_of(&library), calls: 2, places: 6 };
    let run = |jobs| faults(&|| start(&library), &campaign, jobs, &|_| false, &|_| true).expect("it runs");
    let (one, two) = (run(1), run(2));
    assert!(one.failed > 20, "something failed {} times", one.failed);
    assert_eq!((one.scripts, one.failed, &one.calls), (two.scripts, two.failed, &two.calls));
}

fn profile_of(library: &Library) -> Profile {
    let known = sessck::profile::Profiles::embedded().expect("the list can be read");
    known.for_version(&library.family, &library.version)
}

#[test]
fn each_entry_has_a_witness_in_which_something_fails_or_comes_between() {
    for entry in KnownFaults::embedded().expect("the list can be read").0 {
        let witness = entry.witness.expect("each entry has one");
        let trace = sessck::trace::read::file(&witness).unwrap_or_else(|error| panic!("{}: {error}", witness.display()));
        let disturbed = |event: &sessck::trace::Event| event.fault.is_some() || matches!(event.call, Call::SetActs(..));
        assert!(trace.events.iter().any(disturbed), "{}", entry.id);
        assert!(trace.header.expect.iter().any(|expected| expected.family == entry.family), "{} is expected of no library", entry.id);
    }
}
