//! Pairs of libraries: clients of one, servers of another, judged at both ends. What needs a libssl is skipped by name where there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use sessck::adapter::isolate::DEADLINE;
use sessck::conform::script;
use sessck::implementation::{Implementation, Lack, Observation, Trouble};
use sessck::libs::{Library, discover};
use sessck::profile::Profiles;
use sessck::run::{Ending, Run, Unmakable, run_again, run_script};
use sessck_model::{Call, ConnId, CtxId, GetCallback, Profile, SessId, Side, Version};

const CLIENT: CtxId = CtxId(0);
const SERVER: CtxId = CtxId(1);

fn executable() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_sessck"))
}

/// Some libssl, or `None` and a word of what is not checked.
fn libssl(what: &str) -> Option<Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    let first = || discover(executable()).libraries.into_iter().find(|it| it.file().is_some() && it.lacks.is_empty());
    let library = LIBRARY.get_or_init(first).clone();
    if library.is_none() {
        eprintln!("no libssl on this machine: {what} is not checked");
    }
    library
}

fn started(library: &Library) -> Box<dyn Implementation> {
    library.start(executable(), DEADLINE).expect("it was found before")
}

fn profile(library: &Library) -> Profile {
    Profiles::embedded().expect("the list is well formed").for_version(&library.family, &library.version)
}

/// What these scripts come to on an implementation.
fn runs(on: &mut dyn Implementation, profile: Profile, scripts: u32) -> Vec<Run> {
    (0..scripts).map(|number| run_script(&script(7, number).expect("it is generated"), on, profile).expect("it starts")).collect()
}

/// How often an end of each side and version began to say that it resumed.
fn resumptions(runs: &[Run]) -> BTreeMap<(Side, Version), u32> {
    let mut counts = BTreeMap::new();
    for run in runs {
        let (mut contexts, mut connections, mut reused) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        for step in &run.steps {
            match step.call {
                Call::ContextNew(x, side, version) => _ = contexts.insert(x, (side, version)),
                Call::ConnectionNew(c, x) => _ = connections.insert(c, x),
                _ => {}
            }
            for (id, end) in &step.saw.connections {
                let began = end.reused && end.open && reused.insert(id.0);
                let kind = connections.get(&id.0).and_then(|x| contexts.get(x)).filter(|_| began);
                kind.into_iter().for_each(|kind| *counts.entry(*kind).or_default() += 1);
            }
        }
    }
    counts
}

#[track_caller]
fn call(on: &mut dyn Implementation, call: Call) -> Observation {
    on.perform(&call).unwrap_or_else(|trouble| panic!("{call:?}: {trouble}"))
}

/// Two handshakes, the second with the session of the first. Says whether each end says that it resumed.
#[track_caller]
fn resumes(client: &Library, server: &Library, version: Version) -> [bool; 2] {
    let mut pair = started(&client.clone().paired(server.clone()));
    pair.reset().expect("a case starts");
    call(&mut *pair, Call::ContextNew(CLIENT, Side::Client, version));
    call(&mut *pair, Call::ContextNew(SERVER, Side::Server, version));
    let mut session = None;
    let mut saw = Observation::default();
    for turn in [0, 2] {
        let (c, s) = (ConnId(turn), ConnId(turn + 1));
        call(&mut *pair, Call::ConnectionNew(c, CLIENT));
        call(&mut *pair, Call::ConnectionNew(s, SERVER));
        call(&mut *pair, Call::Join(c, s));
        if session.is_some() {
            call(&mut *pair, Call::SetSession(c, session));
        }
        call(&mut *pair, Call::Hello(c));
        saw = call(&mut *pair, Call::Complete(c));
        assert!(saw.connections.values().all(|end| end.open), "{saw:?}");
        call(&mut *pair, Call::Read(c));
        session = match call(&mut *pair, Call::Get1(c)).returned {
            sessck::implementation::Returned::Session(name) => Some(name.0),
            other => panic!("{other:?}"),
        };
        call(&mut *pair, Call::Shutdown(c));
        call(&mut *pair, Call::Shutdown(s));
    }
    [2, 3].map(|id| saw.connections.iter().any(|(name, end)| name.0 == ConnId(id) && end.reused))
}

#[test]
fn two_halves_of_one_library_show_what_it_shows_alone() {
    let Some(library) = libssl("a pair of halves against the whole") else { return };
    let (mut pair, mut alone) = (started(&library.clone().paired(library.clone())), started(&library));
    let profile = profile(&library);
    for (number, run) in runs(&mut *pair, profile, 60).into_iter().enumerate() {
        let again = run_again(&run.steps, &mut *alone, profile, Unmakable::Stop).expect("it starts");
        assert_eq!(run.ending, Ending::Agrees, "script {number}");
        assert_eq!(run.steps, again.steps, "script {number}");
    }
}

#[test]
fn native_halves_agree_with_the_pages() {
    let native = Library::embedded();
    let mut pair = started(&native.clone().paired(native));
    let runs = runs(&mut *pair, Profile::PAGE, 60);
    let departed: Vec<&Ending> = runs.iter().map(|run| &run.ending).filter(|ending| **ending != Ending::Agrees).collect();
    assert!(departed.is_empty(), "{departed:?}");
    assert!(runs.iter().any(|run| run.tally.resumed), "something resumes");
}

#[test]
fn native_and_a_libssl_resume_in_both_directions_and_versions() {
    let Some(libssl) = libssl("native against a libssl") else { return };
    let native = Library::embedded();
    for version in [Version::Tls12, Version::Tls13] {
        assert_eq!(resumes(&native, &libssl, version), [true; 2], "native's client, {version:?}");
        assert_eq!(resumes(&libssl, &native, version), [true; 2], "native's server, {version:?}");
    }
}

#[test]
fn native_and_a_libssl_are_judged_at_both_ends() {
    let Some(libssl) = libssl("native against a libssl") else { return };
    let native = Library::embedded();
    for pair in [native.clone().paired(libssl.clone()), libssl.paired(native)] {
        let runs = runs(&mut *started(&pair), profile(&pair), 60);
        let departed: Vec<&Ending> = runs.iter().map(|run| &run.ending).filter(|ending| **ending != Ending::Agrees).collect();
        assert!(departed.is_empty(), "{}: {departed:?}", pair.name);
        let resumed = resumptions(&runs);
        assert_eq!(resumed.len(), 4, "both ends resume in both versions: {resumed:?}");
        // what is expected of the one is not what is expected of the other
        assert!(runs.iter().any(|run| !run.known.is_empty()), "{}", pair.name);
    }
}

#[test]
fn what_is_known_of_one_end_excuses_nothing_at_the_other() {
    let Some(libssl) = libssl("native against a libssl") else { return };
    let native = Library::embedded();
    let reversed = profile(&libssl.clone().paired(native.clone()));
    let runs = runs(&mut *started(&native.paired(libssl)), reversed, 20);
    assert!(runs.iter().any(|run| matches!(run.ending, Ending::Violation(_))), "some run departs");
}

#[test]
fn a_session_is_of_one_library() {
    let native = Library::embedded();
    let mut pair = started(&native.clone().paired(native));
    pair.reset().expect("a case starts");
    call(&mut *pair, Call::ContextNew(CLIENT, Side::Client, Version::Tls12));
    call(&mut *pair, Call::ContextNew(SERVER, Side::Server, Version::Tls12));
    call(&mut *pair, Call::SessionNew);
    let across = Err(Trouble::Cannot(Lack::AcrossEnds));
    assert_eq!(pair.perform(&Call::AddSession(SERVER, SessId(0))), across);
    assert_eq!(pair.perform(&Call::SetGetCallback(SERVER, GetCallback::Any)), across);
    call(&mut *pair, Call::SessionFree(SessId(0)));
}
