//! The rules of the house that can be read off the text. Each fails with the file and the line.

#[path = "tidy/source.rs"]
mod source;

use sessck_model::clauses;
use source::{Breach, File, attributes, functions, holds_word, none};

/// What a pure crate has no use for.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::io",
    "std::time",
    "std::thread",
    "std::env",
    "std::process",
    "std::os",
    "rand",
    "getrandom",
    "serde",
    "unsafe",
    "HashMap",
    "HashSet",
    "RandomState",
    "Instant",
    "SystemTime",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "include_str!",
    "include_bytes!",
    "env!",
    "option_env!",
    "todo!",
    "unimplemented!",
];

/// The crates that the model may lean on: containers, and the second engine.
const MODEL_MAY_USE: &[&str] = &["hashbrown", "rustc-hash", "smallvec", "stateright"];

/// Names of things that have ids of their own types.
const NAMED_BY_ID: &[&str] = &["id", "context", "connection", "session", "borrow", "identity", "client", "server"];

/// A file has fewer lines than this.
const FILE_LINES: usize = 400;

/// A function has fewer lines than this.
const FUNCTION_LINES: usize = 60;

fn model_sources() -> Vec<File> {
    source::rust().into_iter().filter(|file| file.is_in("model/src")).collect()
}

fn clause_files() -> Vec<File> {
    let is_clause = |file: &File| file.is_in("model/src/clauses") && !file.path.ends_with("/mod.rs");
    source::rust().into_iter().filter(is_clause).collect()
}

#[test]
fn the_model_is_pure() {
    none(
        "model/ knows no input or output, clock, chance, unsafe code or unordered table",
        model_sources().iter().flat_map(|f| f.code_says(IMPURE)),
    );
}

#[test]
fn the_model_leans_on_containers_only() {
    let manifest = manifest("model/Cargo.toml");
    let uses = manifest["dependencies"].as_table().expect("dependencies are a table");
    let others: Vec<&String> = uses.keys().filter(|name| !MODEL_MAY_USE.contains(&name.as_str())).collect();
    assert!(others.is_empty(), "model/Cargo.toml: a pure crate does not depend on {others:?}");
}

#[test]
fn ids_have_types() {
    let bare = |file: &File| -> Vec<Breach> {
        file.code_lines().filter(|(_, line)| is_bare_id(line)).map(|(n, line)| file.breach(n, line.trim())).collect()
    };
    none("an id in model/ is a CtxId, ConnId or SessId, never a bare usize", model_sources().iter().flat_map(bare));
}

/// Whether a line declares a field or an argument that names an object by a `usize`.
fn is_bare_id(line: &str) -> bool {
    line.match_indices(": usize").any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let name = line[..at].rsplit(|c: char| !part(c)).next().unwrap_or_default();
        NAMED_BY_ID.contains(&name) || name.ends_with("_id")
    })
}

#[test]
fn files_are_short() {
    let long = |file: &File| {
        let lines = file.text.lines().count();
        (lines >= FILE_LINES).then(|| file.breach(lines, format!("{lines} lines, and a file stays under {FILE_LINES}")))
    };
    none("a file that is too long holds more than one noun", source::rust().iter().filter_map(long));
}

#[test]
fn functions_are_short() {
    let long = |file: &File| -> Vec<Breach> {
        let over = functions(file).into_iter().filter(|(_, _, lines)| *lines >= FUNCTION_LINES);
        over.map(|(line, name, lines)| file.breach(line, format!("`{name}` has {lines} lines, and stays under {FUNCTION_LINES}"))).collect()
    };
    none("a function that is too long does more than one thing", source::rust().iter().flat_map(long));
}

#[test]
fn lints_are_one_table_for_all() {
    let root = manifest("Cargo.toml");
    let rust = &root["workspace"]["lints"]["rust"];
    for lint in ["missing_docs", "unsafe_code"] {
        assert_eq!(rust[lint].as_str(), Some("deny"), "Cargo.toml: [workspace.lints.rust] {lint} is `deny`");
    }
    let members = root["workspace"]["members"].as_array().expect("members are a list");
    let members = members.iter().map(|member| format!("{}/Cargo.toml", member.as_str().expect("a member is a path")));
    for path in members.chain(["Cargo.toml".into()]) {
        assert_eq!(manifest(&path)["lints"]["workspace"].as_bool(), Some(true), "{path}: [lints] workspace = true");
    }
}

#[test]
fn nothing_is_allowed_without_a_reason() {
    let allowed = |file: &File| -> Vec<Breach> {
        attributes(file, "allow(").into_iter().map(|(line, _)| file.breach(line, "`allow`: say `expect`, with a reason")).collect()
    };
    let unexplained = |file: &File| -> Vec<Breach> {
        let bare = attributes(file, "expect(").into_iter().filter(|(_, attribute)| !attribute.contains("reason ="));
        bare.map(|(line, _)| file.breach(line, "`expect` without a reason")).collect()
    };
    let files = source::rust();
    none("a lint is expected, with a reason, and never allowed", files.iter().flat_map(|f| [allowed(f), unexplained(f)]).flatten());
}

#[test]
fn unsafe_has_its_place() {
    let elsewhere = |file: &&File| !file.is_in("src/adapter/libssl") && !file.is_in("recorder");
    none(
        "unsafe lives in src/adapter/libssl and recorder/ only",
        source::rust().iter().filter(elsewhere).flat_map(|f| f.code_says(&["unsafe"])),
    );
}

#[test]
fn unsafe_says_why_it_is_sound() {
    let silent = |file: &File| -> Vec<Breach> {
        let blocks = file.code_lines().filter(|(_, line)| holds_word(line, "unsafe {") || holds_word(line, "unsafe impl"));
        blocks.filter(|(n, _)| !is_argued(file, *n)).map(|(n, line)| file.breach(n, line.trim())).collect()
    };
    none("right above each unsafe block stands `// SAFETY:`", source::rust().iter().flat_map(silent));
}

/// Whether the comment right above the statement that the line of this number, from 1, is part of begins with `SAFETY:`.
fn is_argued(file: &File, number: usize) -> bool {
    let (text, code): (Vec<&str>, Vec<&str>) = (file.text.lines().collect(), file.code.lines().collect());
    for at in (0..number - 1).rev() {
        let line = text[at].trim();
        if line.starts_with("// SAFETY:") {
            return true;
        }
        let ends_before = code[at].trim_end().ends_with([';', '{', '}']) || line.is_empty();
        if ends_before && !line.starts_with("//") {
            return false;
        }
    }
    false
}

#[test]
fn tests_are_steady() {
    let words = ["sleep", "#[ignore", "#[should_panic]", "Instant", "SystemTime", "recv_timeout", "wait_timeout"];
    let unsteady = |file: &File| -> Vec<Breach> {
        let tests = tests_begin(file);
        let in_tests = file.code_says(&words).into_iter().filter(move |breach| breach.line() >= tests);
        in_tests.chain(fixed_ports(file).into_iter().filter(move |breach| breach.line() >= tests)).collect()
    };
    none(
        "a test sleeps not, asks no clock, has no port of its own, is not ignored, and says which panic it wants",
        source::rust().iter().flat_map(unsteady),
    );
}

/// The first line of a file's tests.
fn tests_begin(file: &File) -> usize {
    if file.is_in("tests") || file.is_in("model/tests") || file.path.ends_with("/tests.rs") {
        return 1;
    }
    file.code_lines().find(|(_, line)| line.contains("#[cfg(test)]")).map_or(usize::MAX, |(number, _)| number)
}

fn fixed_ports(file: &File) -> Vec<Breach> {
    let fixed = |line: &str| {
        ["127.0.0.1:", "localhost:", "0.0.0.0:", "[::1]:"]
            .iter()
            .any(|host| line.match_indices(host).any(|(at, _)| line[at + host.len()..].starts_with(|c: char| ('1'..='9').contains(&c))))
    };
    file.text_lines().filter(|(_, line)| fixed(line)).map(|(n, line)| file.breach(n, line.trim())).collect()
}

#[test]
fn a_clause_is_a_sentence_a_judge_and_tests() {
    none("a clause file: `//!` one sentence, CLAUSE, judge(), two tests or more", clause_files().iter().flat_map(misshapen));
}

fn misshapen(file: &File) -> Vec<Breach> {
    let doc: Vec<&str> = file.text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    let name = file.path.trim_end_matches(".rs").rsplit('/').next().unwrap_or_default().replace('_', "-");
    let tests = file.code.matches("#[test]").count();
    let rules = [
        (doc.join(" ").ends_with('.'), 1, "begins with `//! ` and one sentence"),
        (file.code.contains("static CLAUSE: Clause"), 1, "has its CLAUSE"),
        (file.text.contains(&format!("id: \"{name}\"")), 1, "is named for its clause"),
        (clauses::by_id(&name).is_some(), 1, "is listed in clauses/mod.rs"),
        (file.code.contains("fn judge(t: &Transition<'_>) -> Judgement"), 1, "has its judge"),
        (file.code.contains("#[cfg(test)]") && tests >= 2, file.text.lines().count(), "has two tests or more"),
    ];
    rules.into_iter().filter(|(kept, ..)| !kept).map(|(_, line, rule)| file.breach(line, format!("a clause {rule}"))).collect()
}

#[test]
fn nothing_speaks_of_one_machine() {
    // in two parts, so that this file does not speak of them either
    let words = [
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/tmp", "/w-"),
        ("/tmp", "/t-"),
        ("/.lib", "rary"),
        ("crates", ".io"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("deb.", "debian.org"),
        ("index.", "crates"),
        ("../sh", "ared"),
        ("STY", "LE.md"),
        ("CLAU", "SES.md"),
        ("LIBRA", "RIES.md"),
        ("KNOWN", "-BUGS"),
    ];
    let words = words.map(|(one, two)| format!("{one}{two}"));
    let says = |file: &File| -> Vec<Breach> {
        let found = |(n, line): (usize, &str)| words.iter().find(|w| line.contains(*w)).map(|w| file.breach(n, format!("`{w}`")));
        file.text_lines().filter_map(found).collect()
    };
    let files = source::all();
    // cargo writes where each crate comes from
    let ours = files.iter().filter(|file| !file.path.ends_with("Cargo.lock"));
    none("no file speaks of one machine, of a registry's host, or of a text that is not in the tree", ours.flat_map(says));
}

#[test]
fn traces_lie_in_the_folder_of_a_clause() {
    let misplaced = |file: &&File| {
        let parts: Vec<&str> = file.path.split('/').collect();
        file.path.ends_with(".ndjson") && !matches!(parts[..], [_, clause, _] if clauses::by_id(clause).is_some())
    };
    let files = source::all();
    let traces = files.iter().filter(|file| file.is_in("traces")).filter(misplaced);
    none("a trace is traces/CLAUSE/SITUATION.ndjson", traces.map(|file| file.breach(1, "no such clause, or not in its folder")));
}

#[test]
fn the_parts_look_one_way() {
    let rules: [(&str, &[&str]); 7] = [
        ("src/adapter", &["checker", "run", "script", "conform", "report", "cmd", "explain", "profile", "libs"]),
        ("src/checker", &["adapter", "run", "script", "conform", "report", "cmd", "explain", "profile", "libs", "trace"]),
        ("src/script", &["adapter", "checker", "run", "conform", "report", "cmd", "explain", "profile", "libs", "trace"]),
        ("src/trace", &["adapter", "checker", "script", "conform", "report", "cmd", "explain", "profile", "libs"]),
        ("src/conform", &["adapter", "report", "cmd", "explain", "profile", "libs", "trace"]),
        ("src/report", &["adapter", "script", "conform", "cmd", "libs"]),
        (
            "src/native",
            &[
                "adapter",
                "checker",
                "run",
                "script",
                "conform",
                "report",
                "cmd",
                "explain",
                "profile",
                "libs",
                "trace",
                "implementation",
                "faults",
            ],
        ),
    ];
    let files = source::rust();
    let looks = |(part, forbidden): &(&str, &[&str])| -> Vec<Breach> {
        let words: Vec<String> = forbidden.iter().map(|other| format!("crate::{other}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let within = |file: &&File| file.is_in(part) || file.path == format!("{part}.rs");
        files.iter().filter(within).flat_map(|file| file.code_says(&words)).collect()
    };
    none("the parts look one way (the crate's documentation says which)", rules.iter().flat_map(looks));
}

#[test]
fn both_licences_are_there() {
    for (path, begins) in [("LICENSE-MIT", "MIT License"), ("LICENSE-APACHE", "Apache License")] {
        let found = source::all().into_iter().find(|file| file.path == path);
        let text = found.unwrap_or_else(|| panic!("{path} is missing")).text;
        assert!(text.trim_start().starts_with(begins), "{path} begins with `{begins}`");
    }
    assert_eq!(manifest("Cargo.toml")["workspace"]["package"]["license"].as_str(), Some("MIT OR Apache-2.0"));
}

/// A manifest of the tree.
#[track_caller]
fn manifest(path: &str) -> toml::Table {
    let file = source::all().into_iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("{path} is missing")).text.parse().expect("cargo has read it")
}

/// The reader of source text, seen telling code from what only looks like it.
mod reader {
    use super::source::blanked;

    #[test]
    fn comments_and_literals_are_not_code() {
        assert_eq!(blanked("a // b\nc /* d */ e"), "a     \nc         e");
        assert_eq!(blanked(r#"f("g\"h", 'i', '\'') + 'j: k"#), r#"f(      ,    ,     ) + 'j: k"#);
        assert_eq!(blanked("r#\"l\"m\"# n"), "         n");
    }
}
