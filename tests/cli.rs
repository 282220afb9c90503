//! The program as it is called: exit codes, files that are no traces, help, JSON.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The program, in an empty directory, where nothing of the environment changes what it says.
fn sessck(directory: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sessck"));
    command.current_dir(directory.path()).env("CI", "1").env("NO_COLOR", "1").env_remove("SESSCK_LIBS");
    command
}

fn empty() -> TempDir {
    tempfile::tempdir().expect("there is room for a directory")
}

/// What the program prints to standard output, and its exit code.
#[track_caller]
fn answer(arguments: &[&str]) -> (String, i32) {
    answer_in(&empty(), arguments)
}

#[track_caller]
fn answer_in(directory: &TempDir, arguments: &[&str]) -> (String, i32) {
    let output = sessck(directory).args(arguments).output().expect("the program runs");
    (String::from_utf8(output.stdout).expect("it prints UTF-8"), output.status.code().expect("it ends by itself"))
}

#[track_caller]
fn json(arguments: &[&str]) -> Value {
    let (text, _) = answer(&[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&text).expect("one object of JSON")
}

#[track_caller]
fn has(value: &Value, fields: &str) {
    for field in fields.split(' ') {
        assert!(value.get(field).is_some(), "`{field}` is missing in {value:#}");
    }
}

/// The name of a libssl of this machine.
fn library() -> Option<String> {
    let libraries = json(&["libs"])["libraries"].as_array()?.clone();
    let first = libraries.into_iter().find(|library| library["path"].is_string());
    let name = first.map(|library| library["name"].as_str().unwrap_or_default().to_owned());
    if name.is_none() {
        eprintln!("no libssl on this machine: not checked on one");
    }
    name
}

fn write(directory: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = directory.path().join(name);
    std::fs::write(&path, text).expect("a file can be written");
    path
}

const HEADER: &str =
    r#"{"sessck":1,"producer":"a test","implementation":null,"profile":"page","aims":[],"title":"a title","source":"a source","events":1}"#;
const EVENT: &str = r#"{"step":1,"call":{"do":"SSL_CTX_new","context":"x0","side":"client","version":"1.2"}}"#;

#[test]
fn help_has_examples() {
    for command in ["", "check", "explore", "conform", "faults", "replay", "explain", "spec", "libs"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|it| !it.is_empty()).collect();
        let (help, exit) = answer(&arguments);
        assert!(help.contains("Examples:\n  ") && exit == 0, "{command}: {help}");
    }
}

#[test]
fn wrong_command_lines_end_with_2() {
    for arguments in
        ["", "frobnicate", "conform", "conform --on x --scripts 0", "conform --on x --partition 3/2", "conform --on x --profile page+x"]
    {
        let arguments: Vec<&str> = arguments.split(' ').filter(|it| !it.is_empty()).collect();
        assert_eq!(answer(&arguments).1, 2, "{arguments:?}");
    }
    assert_eq!(answer(&["explain", "no-such-clause"]).1, 2);
    assert_eq!(answer(&["explain", "get0-borrow", "--as", "c"]).1, 2);
    assert_eq!(answer(&["explore", "--world", "nowhere"]).1, 2);
    assert_eq!(answer(&["spec", "--format", "junit"]).1, 2);
    assert_eq!(answer(&["replay"]).1, 2);
}

#[test]
fn what_is_missing_by_name_ends_with_4() {
    let directory = empty();
    let text = write(&directory, "libssl.so", "not a library");
    for on in ["nothing-1.2.3", "/nowhere/libssl.so", &text.display().to_string()] {
        let (answer, exit) = answer_in(&directory, &["conform", "--on", on, "--format", "json"]);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!((exit, answer["error"]["kind"].as_str()), (4, Some("unopenable")), "{on}");
    }
    let trace = write(&directory, "trace.ndjson", &format!("{HEADER}\n{EVENT}\n"));
    assert_eq!(answer_in(&directory, &["replay", &trace.display().to_string(), "--on", "nothing-1.2.3"]).1, 4);
}

#[test]
#[cfg(not(feature = "faults"))]
fn a_normal_build_has_no_faults() {
    let (answer, exit) = answer(&["conform", "--on", "native+evicts-at-size", "--format", "json"]);
    assert!(answer.contains("cargo build --release --features faults"), "{answer}");
    assert_eq!(exit, 4);
}

#[track_caller]
fn refused(text: &str, kind: &str, exit: i32) {
    let directory = empty();
    let path = write(&directory, "trace.ndjson", text).display().to_string();
    let (told, code) = answer_in(&directory, &["explain", &path, "--format", "json"]);
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!((told["error"]["kind"].as_str(), code), (Some(kind), exit));
    let (told, code) = answer_in(&directory, &["replay", &path]);
    assert!(told.contains(kind) && code == exit, "{told}");
}

#[test]
fn files_that_are_no_sound_traces_have_named_errors() {
    refused("", "empty", 3);
    refused(&format!("{HEADER}\n"), "cut-off", 3);
    refused(&HEADER.replace("\"sessck\":1", "\"sessck\":9").replace('}', "}\n"), "later-version", 3);
    refused("a text\n", "not-a-trace", 2);
    refused(&format!("{HEADER}\n{}\n", EVENT.replace("SSL_CTX_new", "SSL_CTX_old")), "unknown-call", 2);
    refused(&format!("{HEADER}\n{}\n", r#"{"step":1,"call":{"do":"SSL_free","connection":"c5"}}"#), "unknown-object", 2);
    refused(&format!("{HEADER}\n{{}}\n"), "bad-line", 2);
    refused(&format!("{HEADER}\n{}\n", " ".repeat(2 << 20)), "line-too-long", 2);
    refused(&format!("{HEADER}\n{EVENT}\n{}\n", EVENT.replace(":1,", ":2,")), "too-many-events", 2);
}

#[test]
fn a_file_of_100_mb_is_refused_at_once() {
    let directory = empty();
    let path = write(&directory, "trace.ndjson", &format!("{}\n{EVENT}\n", HEADER.replace("\"events\":1", "\"events\":1500000")));
    std::fs::OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(100_000_000)).expect("a file can be long");
    let (told, exit) = answer_in(&directory, &["replay", "trace.ndjson"]);
    assert!(told.contains("too-large") && exit == 3, "{told}");
    let (told, exit) = answer_in(&directory, &["explain", "trace.ndjson", "--format", "json"]);
    assert!(told.contains("\"too-large\"") && exit == 3, "{told}");
}

#[test]
fn a_malformed_list_of_divergences_is_refused_with_its_line() {
    let directory = empty();
    write(&directory, "list.toml", "[[divergence]]\nid = \"colour\"\n");
    let output = sessck(&directory).args(["libs", "--divergences", "list.toml"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("list.toml:1: "), "{output:?}");
}

#[test]
fn json_of_spec_and_libs() {
    let spec = json(&["spec"]);
    has(&spec["clauses"][0], "id force page section statement status reading reached corpus implementations mutant");
    has(&json(&["libs"]), "libraries");
    if library().is_some() {
        has(&json(&["libs"])["libraries"][0], "name version path family profile");
    }
}

#[test]
fn json_of_explore() {
    let smallest = sessck_model::worlds::small().into_iter().map(|world| world.name).find(|name| *name == "cache-off");
    let explored = json(&["explore", "--world", smallest.expect("there is a world that small")]);
    has(&explored, "bound profile states transitions seconds worlds violations clauses obligations");
    has(&explored["worlds"][0], "name states transitions depth");
    has(&explored["clauses"][0], "id force status holds reached");
}

#[test]
fn json_of_conform() {
    let Some(on) = library() else { return };
    let conform = json(&["conform", "--on", &on, "--scripts", "20"]);
    has(&conform, "implementation version profile seed scripts steps seconds reached findings unchecked");
    has(&conform["reached"][0], "clause held");
}

#[test]
fn the_answer_of_conform_does_not_depend_on_the_number_of_children() {
    let Some(on) = library() else { return };
    let with = |jobs: &str| {
        let mut told = json(&["conform", "--on", &on, "--scripts", "40", "--seed", "7", "--jobs", jobs]);
        told["seconds"].take();
        // temporary directories have names of their own
        told["findings"].take();
        told
    };
    assert_eq!(with("1"), with("3"));
}

#[test]
fn junit_and_sarif_of_conform() {
    let Some(on) = library() else { return };
    let (junit, _) = answer(&["conform", "--on", &on, "--scripts", "5", "--format", "junit"]);
    assert!(junit.starts_with("<?xml") && junit.contains("<testcase classname="), "{junit}");
    let (sarif, _) = answer(&["conform", "--on", &on, "--scripts", "5", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&sarif).expect("SARIF is JSON");
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn nothing_is_written_where_ci_is_set() {
    let Some(on) = library() else { return };
    let directory = empty();
    // no library keeps every promise of the pages: there are findings to write
    answer_in(&directory, &["conform", "--on", &on, "--scripts", "3", "--findings", "1", "--profile", "page", "--write", "findings"]);
    assert_eq!(Path::read_dir(directory.path()).expect("it is there").count(), 0);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let directory = empty();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_sessck"))
        .arg("spec")
        .current_dir(directory.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
