//! The kill matrix: each switchable fault of our own session layer is found, and explained by the deviation of its name.
#![cfg(feature = "faults")]

use std::fmt::Write as _;

use sessck::adapter::native::Native;
use sessck::conform::{Campaign, Results, Stage, conform_parallel};
use sessck::implementation::Implementation;
use sessck::native::Fault;
use sessck_model::{Deviation, Profile};

/// So many scripts at the most until a fault is found, and so many that its deviation has to explain.
const SCRIPTS: u32 = 3000;

fn campaign(fault: Fault, profile: Profile) -> Results {
    let start = || Native::start_with(&[fault]).map(|native| Box::new(native) as Box<dyn Implementation>);
    let campaign = Campaign { scripts: SCRIPTS, seed: 1, profile, most_findings: 1, ..Campaign::default() };
    conform_parallel(&start, &campaign, 1, &|_: Stage| true).expect("it starts")
}

#[test]
fn every_fault_is_killed_and_explained() {
    let mut table = String::new();
    for fault in Fault::ALL {
        let deviation = Deviation::ALL.iter().copied().find(|deviation| deviation.id() == fault.id());
        let deviation = deviation.unwrap_or_else(|| panic!("no deviation is called {}", fault.id()));
        let killed = campaign(*fault, Profile::PAGE);
        let explained = campaign(*fault, Profile::PAGE.with(deviation));
        let named = killed.findings.first().and_then(|finding| finding.clause()).unwrap_or("SURVIVES");
        let rest = explained.findings.first().map_or_else(String::new, |finding| format!("  UNEXPLAINED {:?}", finding.run.ending));
        writeln!(table, "{:<26} {named:<28} {:>4} scripts{rest}", fault.id(), killed.scripts).expect("a string takes all");
    }
    println!("{table}");
    assert!(!table.contains("SURVIVES") && !table.contains("UNEXPLAINED"), "{table}");
    insta::assert_snapshot!("kill_matrix", table);
}
