//! What `explain --as c` prints: that it compiles, shows what the trace saw, and says so where something differs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use sessck::adapter::isolate::{DEADLINE, IsolatedLibrary};
use sessck::conform::script;
use sessck::explain::c::{NotInC, program};
use sessck::implementation::{Event as Seen, Implementation, Name, Returned};
use sessck::libs::{Library, discover};
use sessck::profile::Profiles;
use sessck::run::run_script;
use sessck::trace::{Event, Trace, read};
use sessck_model::{
    Act, CacheMode, Call, Callback, Coding, ConnId, CtxId, GetCallback, Groups, Hook, NewCallback, NewId, NotResumableCallback, Opt,
    Profile, RemoveCallback, SessId, Side, Verify, Version,
};
use tempfile::TempDir;

fn executable() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_sessck"))
}

fn empty() -> TempDir {
    tempfile::tempdir().expect("there is room for a directory")
}

/// Compiles a program and links it with the system's libssl; gives what the compiler says where it does not like it.
fn compiled(directory: &TempDir, stem: &str, text: &str) -> Result<PathBuf, String> {
    let (source, target) = (directory.path().join(format!("{stem}.c")), directory.path().join(stem));
    std::fs::write(&source, text).expect("a file can be written");
    let mut cc = Command::new("cc");
    cc.args(["-Wall", "-Wextra", "-rdynamic", "-o"]).args([&target, &source]).args(["-lssl", "-lcrypto"]);
    let Output { status, stderr, .. } = cc.output().map_err(|reason| reason.to_string())?;
    let said = String::from_utf8_lossy(&stderr).into_owned();
    if status.success() && said.is_empty() { Ok(target) } else { Err(said) }
}

/// What a program prints, and its exit code.
fn ran(program: &Path) -> (String, Option<i32>) {
    let output = Command::new(program).output().expect("it was just compiled");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
}

/// The libssl that `cc` links with.
fn library() -> Option<&'static Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    const ASK: &str = "#include <openssl/ssl.h>\n#include <stdio.h>\nint main(void) { puts(OpenSSL_version(0)); return 0; }\n";
    let look = || {
        let directory = empty();
        let asked = compiled(&directory, "ask", ASK)
            .map_err(|why| eprintln!("no C compiler, or no OpenSSL headers: C programs are not checked: {why}"));
        let (text, _) = ran(&asked.ok()?);
        let linked = discover(executable()).libraries.into_iter().find(|library| text.split(' ').nth(1) == Some(&library.version));
        if linked.is_none() {
            eprintln!("cc links with {}, which sessck does not find: C programs are not checked", text.trim());
        }
        linked
    };
    LIBRARY.get_or_init(look).as_ref()
}

fn profile(library: &Library) -> Profile {
    Profiles::embedded().expect("the list is well-formed").for_version(&library.family, &library.version)
}

fn kept(path: &str) -> Trace {
    read::file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("traces").join(path)).expect("the trace is kept")
}

fn text(trace: &Trace, profile: Profile) -> String {
    program(trace, "case", profile).expect("it has a form in C")
}

/// Compiles and runs the program of each trace; gives what is wrong.
fn disagreements(traces: &[(String, Trace)], profile: Profile) -> Vec<String> {
    let one = |(name, trace): &(String, Trace)| -> Option<String> {
        let text = match program(trace, "case", profile) {
            Ok(text) => text,
            Err(why) => return Some(format!("{name}: {why}")),
        };
        let directory = empty();
        match compiled(&directory, "case", &text).map(|program| ran(&program)) {
            Ok((_, Some(0))) if text.contains("is not made: nobody saw") => Some(format!("{name} is not made to its end")),
            Ok((_, Some(0))) => None,
            Ok((printed, code)) => Some(format!("{name} ended with {code:?}:\n{printed}")),
            Err(said) => Some(format!("{name} does not compile:\n{said}")),
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let running: Vec<_> = traces
            .chunks(traces.len().div_ceil(threads).max(1))
            .map(|part| scope.spawn(move || part.iter().filter_map(one).collect::<Vec<_>>()))
            .collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a thread ends")).collect()
    })
}

#[test]
fn programs_of_kept_traces_show_what_was_seen() {
    let Some(library) = library() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
    let files = sessck::replay::files(&[root]).expect("traces/ is there");
    let traces = files
        .iter()
        .filter(|file| file.extension().is_some_and(|it| it == "ndjson"))
        .map(|file| (file.display().to_string(), read::file(file).expect("it is kept")));
    let seen_here =
        |trace: &Trace| trace.header.implementation.as_ref().is_some_and(|it| it.family == library.family && it.version == library.version);
    let traces: Vec<(String, Trace)> = traces.filter(|(_, trace)| seen_here(trace)).collect();
    if traces.is_empty() {
        eprintln!("no trace was seen on {}: their C programs are not checked", library.name);
    }
    let wrong = disagreements(&traces, profile(library));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn programs_of_generated_scripts_show_what_was_seen() {
    let Some(library) = library() else { return };
    let mut running =
        IsolatedLibrary::start(executable(), library.file().expect("it is in a file"), DEADLINE).expect("it was opened before");
    let profile = profile(library);
    let mut recorded = |number: u32| {
        let run = run_script(&script(7, number).expect("it is generated"), &mut running, profile).expect("it runs");
        let mut trace = Trace::new("a generated script", "a test", run.steps.into_iter().map(Event::from).collect());
        trace.header.implementation = Some(running.identity().clone());
        (format!("script {number}"), trace)
    };
    let traces: Vec<(String, Trace)> = (0..30).map(&mut recorded).collect();
    let wrong = disagreements(&traces, profile);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the library shows of these calls.
fn recorded(library: &Library, name: String, calls: &[Call]) -> (String, Trace) {
    let mut running =
        IsolatedLibrary::start(executable(), library.file().expect("it is in a file"), DEADLINE).expect("it was opened before");
    let mut seen = |call: &Call| Event { call: *call, saw: Some(running.perform(call).expect("it can be made")), fault: None };
    let mut trace = Trace::new("calls that were made by hand", "a test", calls.iter().map(&mut seen).collect());
    trace.header.implementation = Some(running.identity().clone());
    (name, trace)
}

/// A client and a server that shake hands, and end cleanly.
fn connection(client: u32, proposed: Option<u32>) -> Vec<Call> {
    let (c, d) = (ConnId(client), ConnId(client + 1));
    let mut calls = vec![Call::ConnectionNew(c, CtxId(0)), Call::ConnectionNew(d, CtxId(1)), Call::Join(c, d)];
    calls.extend(proposed.map(|s| Call::SetSession(c, Some(SessId(s)))));
    calls.extend([Call::Hello(c), Call::Complete(c), Call::Get1(c), Call::Shutdown(c), Call::Shutdown(d), Call::ConnectionFree(d)]);
    calls
}

#[test]
fn programs_of_callbacks_that_call_back_show_what_was_seen() {
    let Some(library) = library() else { return };
    let (x, y) = (CtxId(0), CtxId(1));
    let mode = CacheMode { no_lookup: true, ..CacheMode::SERVER };
    let set_up = vec![
        Call::ContextNew(x, Side::Client, Version::Tls12),
        Call::ContextNew(y, Side::Server, Version::Tls12),
        Call::SetOption(y, Opt::NoTicket),
        Call::SetCacheMode(y, mode),
        Call::SetNewCallback(y, NewCallback::Keep),
        Call::SetRemoveCallback(y, RemoveCallback::Set),
        Call::SetGetCallback(y, GetCallback::Copy),
    ];
    let calls = |callback: Callback, act: Act| {
        let acts = vec![Call::SetActs(y, callback, Some(act))];
        let more = vec![Call::RemoveSession(y, SessId(1)), Call::SetActs(y, callback, None), Call::FlushSessions(y, 100_000)];
        [set_up.clone(), connection(0, None), acts, connection(2, None), connection(4, Some(0)), more].concat()
    };
    let pairs =
        [Callback::New, Callback::Remove, Callback::Get].into_iter().flat_map(|callback| Act::ALL.iter().map(move |act| (callback, *act)));
    // what a get callback gives must be there when it returns
    let pairs = pairs.filter(|pair| *pair != (Callback::Get, Act::Free));
    let traces: Vec<_> = pairs.map(|(callback, act)| recorded(library, format!("{callback:?}, {act:?}"), &calls(callback, act))).collect();
    let acted = |seen: &Seen| matches!(seen, Seen::Acted { .. });
    let acts = |trace: &Trace| trace.events.iter().any(|event| event.saw.iter().flat_map(|saw| &saw.events).any(acted));
    let idle: Vec<&String> = traces.iter().filter(|(_, trace)| !acts(trace)).map(|(name, _)| name).collect();
    assert!(idle.is_empty(), "nothing called back: {idle:?}");
    let wrong = disagreements(&traces, profile(library));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sessions that are copied and given ids.
fn copied() -> Vec<Call> {
    let [s, pem, der, pem_into, cut_into] = [0, 2, 3, 4, 5].map(SessId);
    let contexts = vec![Call::ContextNew(CtxId(0), Side::Client, Version::Tls12), Call::ContextNew(CtxId(1), Side::Server, Version::Tls12)];
    let more = vec![
        Call::SessionDecodeAs(s, Coding::Pem),
        Call::SessionDecodeAs(s, Coding::Cut),
        Call::SessionNew,
        Call::SessionDecodeInto(der, s, Coding::Der),
        Call::SessionNew,
        Call::SessionDecodeInto(pem_into, s, Coding::Pem),
        Call::SessionNew,
        Call::SessionDecodeInto(cut_into, s, Coding::Cut),
        Call::SessionSetId(pem, NewId::Fresh),
        Call::SessionSetId(der, NewId::Fresh),
        Call::SessionSameId(pem, der),
        Call::SessionSetId(pem, NewId::TooLong),
        Call::SessionSetIdOf(pem, der),
        Call::SessionSameId(pem, der),
    ];
    [contexts, connection(0, None), more].concat()
}

/// Handshakes after the first one.
fn again(version: Version) -> Vec<Call> {
    let (x, y, c, d) = (CtxId(0), CtxId(1), ConnId(0), ConnId(1));
    // up to TLS 1.2 the key of a client's certificate has to be of one of the server's groups
    let groups = if version == Version::Tls12 { Groups::Preset } else { Groups::Other };
    let set_up = [
        Call::ContextNew(x, Side::Client, version),
        Call::ContextNew(y, Side::Server, version),
        Call::SetSessionIdContext(y, 1),
        Call::SetGroups(y, groups),
        Call::SetVerify(y, Verify::Peer),
        Call::SetNotResumableCallback(y, NotResumableCallback::Forbid),
        Call::SetOption(y, Opt::ClientRenegotiation),
        Call::ConnectionNew(c, x),
        Call::ConnectionNew(d, y),
        Call::SetPostHandshakeAuth(c),
        Call::Join(c, d),
        Call::Hello(c),
        Call::Complete(c),
    ];
    let reads = [Call::Read(d), Call::Read(c), Call::Read(d), Call::Read(c), Call::Read(d)];
    let more = [&[Call::Renegotiate(c)], &reads[..], &[Call::RenegotiateAbbreviated(d)], &reads[1..]].concat();
    let verified = [&[Call::VerifyPostHandshake(d)], &reads[1..]].concat();
    [&set_up[..], if version == Version::Tls12 { &more } else { &verified }].concat()
}

#[test]
fn programs_of_copies_and_of_further_handshakes_show_what_was_seen() {
    let Some(library) = library() else { return };
    let cases = [("copies", copied()), ("renegotiation", again(Version::Tls12)), ("after the handshake", again(Version::Tls13))];
    let traces: Vec<_> = cases.into_iter().map(|(name, calls)| recorded(library, name.to_owned(), &calls)).collect();
    for (name, trace) in &traces {
        let text = text(trace, profile(library));
        assert!(!text.contains("is not made"), "{name}: {text}");
        assert!(name == "copies" || text.contains("c0: s0, open; c1: s1, open"), "{name}: {text}");
    }
    let wrong = disagreements(&traces, profile(library));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The trace in which removing a copy that is not cached answers 1, in step 11.
fn twin() -> Trace {
    kept("remove-gives-back/twin.ndjson")
}

#[test]
fn a_difference_is_told_and_ends_with_1() {
    let Some(library) = library() else { return };
    let mut trace = twin();
    let saw = trace.events[10].saw.as_mut().expect("it was seen");
    assert_eq!(saw.returned, Returned::Number(1));
    saw.returned = Returned::Number(0);
    let directory = empty();
    let tampered = compiled(&directory, "case", &text(&trace, profile(library))).expect("it compiles");
    let (printed, code) = ran(&tampered);
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("^ the first difference. On openssl-3.0.22: returned 0; x1: 0 cached"), "{printed}");
    assert!(printed.contains("1 step did not show what it showed on openssl-3.0.22"), "{printed}");
}

#[test]
fn a_session_that_is_not_there_ends_with_1() {
    let Some(library) = library() else { return };
    let mut trace = twin();
    // nothing is copied, so the copy that step 11 removes is not there
    trace.events[9].call = Call::CacheNumber(CtxId(1));
    let directory = empty();
    let (printed, code) = ran(&compiled(&directory, "case", &text(&trace, profile(library))).expect("it compiles"));
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("step 11 cannot be made: there is no s2 here"), "{printed}");
}

#[test]
fn another_answer_of_a_callback_is_told_and_ends_with_1() {
    let Some(library) = library() else { return };
    let mut trace = kept("ticket-key-cb-renews/tls12.ndjson");
    let answers = |seen: &&mut Seen| matches!(seen, Seen::Hook { hook: Name(Hook::TicketKeyDecrypt), .. });
    let mut events = trace.events.iter_mut().filter_map(|event| event.saw.as_mut()).flat_map(|saw| &mut saw.events);
    if let Some(Seen::Hook { answer, .. }) = events.find(answers) {
        assert_eq!(std::mem::replace(answer, 1), 2);
    }
    let directory = empty();
    let (printed, code) = ran(&compiled(&directory, "case", &text(&trace, profile(library))).expect("it compiles"));
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("the ticket-key-decrypt callback of c3 answers 2"), "{printed}");
    assert!(printed.contains("the ticket-key-decrypt callback of c3 answers 1"), "{printed}");
}

#[test]
fn another_cache_in_a_callback_is_told_and_ends_with_1() {
    let Some(library) = library() else { return };
    let mut trace = kept("callbacks-call-back/flush-within-a-flush.ndjson");
    let mut events = trace.events.iter_mut().filter_map(|event| event.saw.as_mut()).flat_map(|saw| &mut saw.events);
    let left = events.find_map(|seen| if let Seen::Acted { left, .. } = seen { Some(left) } else { None });
    assert_eq!(left.map(|left| std::mem::replace(left, 0)), Some(1));
    let directory = empty();
    let (printed, code) = ran(&compiled(&directory, "case", &text(&trace, profile(library))).expect("it compiles"));
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("x1 then holds 1; x1: 1 cached"), "{printed}");
    assert!(printed.contains("x1 then holds 0; x1: 1 cached"), "{printed}");
}

#[test]
fn a_copy_of_a_connection_where_the_same_was_seen_ends_with_1() {
    if library().is_none() {
        return;
    }
    let mut trace = kept("ssl-dup-shares/cleared-and-duplicated.ndjson");
    let saw = trace.events[11].saw.as_mut().expect("it was seen");
    assert_eq!(std::mem::replace(&mut saw.returned, Returned::Number(0)), Returned::Number(1));
    trace.events.truncate(12);
    let directory = empty();
    let (printed, code) = ran(&compiled(&directory, "case", &text(&trace, Profile::PAGE)).expect("it compiles"));
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("step 12 gave a connection of its own"), "{printed}");
}

#[test]
fn what_must_not_be_done_is_not_done() {
    let text = text(&kept("free-only-own/freed-twice.ndjson"), Profile::PAGE);
    assert!(text.contains("Step 10 is not made: it breaks an obligation"), "{text}");
    assert!(text.contains("STEP(9, SSL_SESSION_free(s0))") && !text.contains("STEP(10"), "{text}");
}

#[test]
fn what_nobody_saw_is_refused_or_left_out() {
    let mut trace = twin();
    trace.events.last_mut().expect("there are events").saw = None;
    assert!(text(&trace, Profile::PAGE).contains("Step 21 is not made: nobody saw what it shows"));
    trace.events.iter_mut().for_each(|event| event.saw = None);
    assert_eq!(program(&trace, "case", Profile::PAGE), Err(NotInC::Unseen));
}

#[test]
fn a_short_program() {
    insta::assert_snapshot!("program", text(&kept("timeout-preset/asked-by-setting.ndjson"), Profile::PAGE));
}
