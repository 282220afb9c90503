//! Our own session layer, held against the pages.

use std::path::PathBuf;

use sessck::adapter::native::Native;
use sessck::conform::{Campaign, Stage, conform_parallel};
use sessck::implementation::{Implementation, Trouble};
use sessck::replay::{expected, files, is_as_expected, replay};
use sessck::trace::{Verdict, read};
use sessck_model::Profile;

fn start() -> Result<Box<dyn Implementation>, Trouble> {
    Ok(Box::new(Native::start()?))
}

/// A campaign of so many scripts, with this seed.
#[track_caller]
fn campaign(scripts: u32, seed: u64) -> sessck::conform::Results {
    let campaign = Campaign { scripts, seed, ..Campaign::default() };
    conform_parallel(&start, &campaign, 2, &|_: Stage| true).expect("it starts")
}

#[test]
fn generated_scripts_agree_with_the_pages() {
    let results = campaign(1000, 1);
    assert!(results.findings.is_empty(), "{:?}", results.findings[0].run.ending);
    assert_eq!(results.known, [], "where the step is as the pages say, so is what the clauses see");
    assert!(results.resumed > 300 && results.unclean > 300, "{} resumed, {} ended uncleanly", results.resumed, results.unclean);
}

#[test]
fn the_same_seed_shows_the_same() {
    assert_eq!(campaign(100, 7).digest, campaign(100, 7).digest);
}

#[test]
fn traces_come_to_what_they_say() {
    let mut native = Native::start().expect("it starts");
    let mut agreed = 0;
    for file in files(&[PathBuf::from("traces")]).expect("the traces are there") {
        let trace = read::file(&file).expect("it can be read");
        let replayed = replay(&trace, &mut native, Profile::PAGE).expect("it starts again");
        assert!(is_as_expected(&replayed, expected(&trace, native.identity())), "{}: {:?}", file.display(), replayed.verdict);
        agreed += u32::from(replayed.verdict == Verdict::Agrees);
    }
    assert!(agreed > 100, "{agreed} agree");
}

#[test]
fn clauses_that_its_page_names_are_there() {
    let page = std::fs::read_to_string("src/native/mod.rs").expect("it is there");
    let named: Vec<&str> = page.lines().filter(|line| line.starts_with("//! |")).flat_map(|line| line.split('`')).collect();
    let ids: Vec<&str> = named
        .into_iter()
        .filter(|word| word.contains('-') && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        .collect();
    let unknown: Vec<&str> = ids.iter().copied().filter(|id| !id.starts_with('-') && sessck_model::clauses::by_id(id).is_none()).collect();
    assert!(ids.len() > 40, "{} ids", ids.len());
    assert_eq!(unknown, [""; 0]);
}

/// Every call of OpenSSL that the documentation of a public item speaks of is in the table.
#[test]
fn the_table_of_calls_is_complete() {
    let page = std::fs::read_to_string("src/native/mod.rs").expect("it is there");
    let table: Vec<&str> = page.lines().filter(|line| line.starts_with("//! |")).flat_map(|line| line.split('`')).collect();
    let files = std::fs::read_dir("src/native").expect("it is there").map(|entry| entry.expect("it can be read").path());
    let is_call = |word: &&str| {
        let prefixes = ["SSL_", "d2i_SSL_", "i2d_SSL_", "PEM_"];
        let rest = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix));
        // what is in capitals alone is a constant, and options are in the table as well
        rest.is_some_and(|rest| rest.contains(|c: char| c.is_ascii_lowercase()) || rest.starts_with("OP_"))
    };
    let (mut calls, mut missing) = (0, Vec::new());
    for file in files.filter(|file| file.is_file()) {
        let text = std::fs::read_to_string(&file).expect("it is text");
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("/// ")) {
            for call in line.split('`').skip(1).step_by(2).map(|word| word.split('(').next().unwrap_or(word)).filter(is_call) {
                calls += 1;
                if !table.contains(&call) {
                    missing.push(format!("{call} of {}", file.display()));
                }
            }
        }
    }
    assert!(calls > 60, "{calls} calls");
    assert_eq!(missing, [""; 0]);
}
