//! Replaying, explaining and reporting traces.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use sessck::catalogue;
use sessck::checker::Verdict;
use sessck::explain::text::steps;
use sessck::explain::{Judged, story};
use sessck::report::{misuse, plain};
use sessck::trace::{Trace, read};
use sessck_model::Profile;
use tempfile::TempDir;

/// A case written by hand: no call says what it showed.
const CALLS: [&str; 10] = [
    r#"{"do":"SSL_CTX_new","context":"x0","side":"client","version":"1.2"}"#,
    r#"{"do":"SSL_CTX_new","context":"x1","side":"server","version":"1.2"}"#,
    r#"{"do":"SSL_new","connection":"c0","context":"x0"}"#,
    r#"{"do":"SSL_new","connection":"c1","context":"x1"}"#,
    r#"{"do":"SSL_set_bio","connection":"c0","peer":"c1"}"#,
    r#"{"do":"hello","connection":"c0"}"#,
    r#"{"do":"complete","connection":"c0"}"#,
    r#"{"do":"SSL_get0_session","connection":"c0"}"#,
    r#"{"do":"SSL_free","connection":"c0"}"#,
    r#"{"do":"SSL_SESSION_get_time","session":"s0"}"#,
];

/// A trace of the first so many calls, with what is expected of it.
fn case(calls: usize, expect: &str) -> String {
    let head = r#"{"sessck":1,"producer":"a test","implementation":null,"profile":"page","aims":["get0-borrow"]"#;
    let mut text = format!(r#"{head},"title":"used after its connection","source":"a test","expect":{expect},"events":{calls}}}"#) + "\n";
    for (step, call) in (1..=calls).zip(CALLS) {
        text += &format!("{{\"step\":{step},\"call\":{call}}}\n");
    }
    text
}

/// The program, in an empty directory, where nothing of the environment changes what it says.
fn sessck(directory: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sessck"));
    command.current_dir(directory.path()).env_remove("CI").env("NO_COLOR", "1").env_remove("SESSCK_LIBS");
    command
}

fn there_is_a_library(directory: &TempDir) -> bool {
    let output = sessck(directory).args(["libs", "--format", "json"]).output().expect("the program runs");
    let libraries: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = libraries["libraries"].as_array().is_some_and(|all| all.iter().any(|library| library["path"].is_string()));
    if !found {
        eprintln!("no libssl on this machine: replaying is not checked");
    }
    found
}

/// A case as one library of this machine showed it.
fn recorded(calls: usize) -> Option<Trace> {
    let directory = tempfile::tempdir().expect("there is room");
    if !there_is_a_library(&directory) {
        return None;
    }
    std::fs::write(directory.path().join("case.ndjson"), case(calls, "[]")).expect("written");
    sessck(&directory).args(["replay", "case.ndjson", "--write", "seen"]).output().expect("the program runs");
    Some(read::file(&directory.path().join("seen/case.ndjson")).expect("it was recorded"))
}

#[track_caller]
fn replayed(calls: usize, expect: &str, exit: i32, verdict: &str) {
    let directory = tempfile::tempdir().expect("there is room");
    if !there_is_a_library(&directory) {
        return;
    }
    std::fs::write(directory.path().join("case.ndjson"), case(calls, expect)).expect("written");
    let output = sessck(&directory).args(["replay", "case.ndjson", "--format", "json"]).output().expect("the program runs");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let result = &told["results"][0];
    for field in ["trace", "implementation", "version", "verdict", "clause"] {
        assert!(result.get(field).is_some(), "{field}");
    }
    assert_eq!((result["verdict"].as_str(), output.status.code()), (Some(verdict), Some(exit)), "{told:#}");
}

#[test]
fn a_misuse_is_judged_without_being_made() {
    replayed(10, "[]", 1, "misuse");
    replayed(10, r#"[{"family":"*","verdict":"misuse","clause":"get0-borrow"}]"#, 0, "misuse");
}

#[test]
fn a_trace_that_is_to_fail_and_agrees_is_stale() {
    replayed(2, "[]", 0, "agrees");
    replayed(2, r#"[{"family":"*","verdict":"violation"}]"#, 1, "agrees");
    replayed(2, r#"[{"family":"nobody","verdict":"violation"}]"#, 0, "agrees");
}

#[test]
fn a_violation_is_one_whoever_sees_it() {
    let Some(mut trace) = recorded(8) else { return };
    let last = trace.events.last_mut().and_then(|event| event.saw.as_mut()).expect("it was seen");
    last.returned = sessck::implementation::Returned::Null;
    let told = story(&trace.events, own_profile());
    assert!(matches!(told.last().map(|told| &told.judged), Some(Judged::Ends(Verdict::Violation(_)))));
}

/// What the libraries of this machine may do beside the pages, as far as these cases go.
fn own_profile() -> Profile {
    Profile::PAGE.with(sessck_model::Deviation::PresetTimeoutTwoHours)
}

#[test]
fn the_story_of_a_trace() {
    let Some(trace) = recorded(10) else { return };
    let told = story(&trace.events, own_profile());
    // which clauses a step meets grows with the catalogue
    let text: String = steps(&told).lines().filter(|line| !line.trim_start().starts_with("keeps ")).flat_map(|line| [line, "\n"]).collect();
    insta::assert_snapshot!("story", text);
}

#[test]
fn the_report_of_a_misuse() {
    let Some(trace) = recorded(10) else { return };
    let told = story(&trace.events, own_profile());
    let Some(Judged::Ends(Verdict::Misuse(broken))) = told.last().map(|told| &told.judged) else { panic!("it ends by a misuse") };
    insta::assert_snapshot!("misuse", plain(&misuse(&trace.events, broken, own_profile())));
}

#[test]
fn the_catalogue_as_text() {
    let text = catalogue::text();
    let page = text.split("\n\n").find(|part| part.starts_with("SSL_get_session(3)")).expect("the page is there");
    insta::assert_snapshot!("catalogue", page);
}

#[test]
fn the_copy_of_the_catalogue_is_equal_to_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("model/README.md");
    let readme = std::fs::read_to_string(&path).expect("model/README.md is there");
    let copy = readme.split_once(catalogue::BEGIN).and_then(|(_, rest)| rest.split_once(catalogue::END)).map(|(copy, _)| copy.trim());
    let how = "put what `sessck spec --format markdown` prints between the markers of model/README.md";
    assert!(copy == Some(catalogue::markdown().trim()), "the copy of the catalogue is not equal to it: {how}");
}

#[test]
fn every_trace_that_is_kept_can_be_read() {
    let traces = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("traces");
    for file in
        sessck::replay::files(&[traces]).expect("traces/ is there").iter().filter(|file| file.extension().is_some_and(|it| it == "ndjson"))
    {
        let trace = read::file(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for aim in &trace.header.aims {
            assert!(sessck_model::clauses::by_id(aim).is_some(), "{} aims at {aim}, which is no clause", file.display());
        }
    }
}
