//! The kill matrix: each switchable fault of our own session layer is named by the clause that it breaks, and explained by the deviation of
//! its name.
//!
//! All that is seen of a fault has to follow from its deviation, in every script and every trace; where the deviation broke a clause on the
//! way, that is a case in which the fault was met. These are judged by the pages, too. Some of them nobody would notice: what became of a
//! session that nobody asks about shows nowhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use sessck::adapter::native::Native;
use sessck::conform::script;
use sessck::implementation::Trouble;
use sessck::native::Fault;
use sessck::replay::{files, replay};
use sessck::run::{Ending, Run, run_script};
use sessck::script::Script;
use sessck::trace::{Trace, read};
use sessck_model::search::kill;
use sessck_model::{Deviation, Profile, clauses, worlds};

/// How many generated scripts each fault has to go through.
const SCRIPTS: u32 = 1200;
/// Of what seed.
const SEED: u64 = 1;

/// The clause that each fault breaks by its meaning, and that the pages have to name.
const EXPECTED: &[(Fault, &str)] = &[
    (Fault::EvictsAtSize, "drop-only-on-overflow"),
    (Fault::NeverEvicts, "bounded"),
    (Fault::DisplacedSilently, "remove-cb-every-removal"),
    (Fault::FlushedSilently, "remove-cb-every-removal"),
    (Fault::FlushTakesAll, "flush-only-expired"),
    (Fault::FlushStopsEarly, "flush-expired"),
    (Fault::RemoveDoesNotMark, "remove-gives-back"),
    (Fault::RefusedStaysCached, "new-cb-returns-zero"),
    (Fault::ContextFreeSilent, "context-free-removes"),
    (Fault::UncleanStaysCached, "unclean-removed"),
    (Fault::UncleanNotMarked, "unclean-not-resumable"),
    (Fault::UncleanSparesEarlier, "unclean-all-tickets"),
    (Fault::StoreIgnoresFlag, "no-internal-store"),
    (Fault::SetShutdownOnlyAdds, "set-shutdown-sets"),
    (Fault::StatisticsStandStill, "stats-connect"),
    (Fault::SentNeedsReceived, "sent-is-enough"),
    (Fault::ReceivedIsEnough, "received-not-enough"),
    (Fault::IgnoredEndClearsSent, "sent-stays"),
    (Fault::NewCallbackOnce, "new-cb-all"),
    (Fault::GetCallbackOnlyWhileCaching, "get-cb-cache-off"),
    (Fault::NegativeTimeoutIsZero, "timeout-later-only"),
    (Fault::ServerIgnoresExpiry, "expired-not-resumed"),
    (Fault::SidCtxIgnored, "sid-ctx-separates"),
    (Fault::MisfitIsFatal, "resume-soft"),
    (Fault::AntiReplayKeeps, "anti-replay-single-use"),
    (Fault::TicketInheritsMark, "new-cb-only-established"),
    (Fault::ResumptionSendsAll, "tickets-one-after-resumption"),
    (Fault::TimelessTicketFatal, "shortened-lifetime"),
    (Fault::TicketAbortLeaks, "error-paths-balance"),
];

/// How often each clause was broken.
type Clauses = BTreeMap<&'static str, u32>;

/// What everything is tried on.
struct Corpus {
    scripts: Vec<Script>,
    traces: Vec<(PathBuf, Trace)>,
}

/// A case of it.
#[derive(Clone, Copy)]
enum Case<'a> {
    Script(usize, &'a Script),
    Trace(&'a Path, &'a Trace),
}

impl Corpus {
    fn gathered() -> Self {
        let scripts = (0..SCRIPTS).map(|number| script(SEED, number).expect("there is a script of each number")).collect();
        let files = files(&[PathBuf::from("traces")]).expect("the traces are there");
        let traces = files.into_iter().map(|file| (file.clone(), read::file(&file).expect("it can be read"))).collect();
        Self { scripts, traces }
    }

    fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        let scripts = self.scripts.iter().enumerate().map(|(number, script)| Case::Script(number, script));
        scripts.chain(self.traces.iter().map(|(file, trace)| Case::Trace(file, trace)))
    }
}

impl Case<'_> {
    fn run(self, native: &mut Native, profile: Profile) -> Run {
        match self {
            Self::Script(_, script) => run_script(script, native, profile),
            Self::Trace(_, trace) => replay(trace, native, profile).map(|replayed| replayed.run),
        }
        .expect("it starts again")
    }

    /// Whether what was seen is explained to the end, or as far as the calls of a trace can be made.
    fn is_explained(self, run: &Run) -> bool {
        match (&run.ending, self) {
            (Ending::Agrees, _) | (Ending::Unbound(..) | Ending::Trouble(_, Trouble::Cannot(_)), Self::Trace(..)) => true,
            (Ending::Violation(_) | Ending::Unbound(..) | Ending::Trouble(..), _) => false,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Script(number, _) => format!("script {number}"),
            Self::Trace(file, _) => file.display().to_string(),
        }
    }
}

fn deviation(fault: Fault) -> Deviation {
    let same = Deviation::ALL.iter().copied().find(|deviation| deviation.id() == fault.id());
    same.unwrap_or_else(|| panic!("no deviation is called {}", fault.id()))
}

/// A row of the matrix.
#[derive(Default)]
struct Row {
    /// Cases in which the deviation broke a clause: scripts, traces.
    met: [u32; 2],
    /// Those among them that are violations by the pages.
    noticed: u32,
    /// The clauses that it broke there.
    breaks: Clauses,
    /// The clauses that the pages name first in these cases.
    first: Clauses,
    /// What the same step breaks, too.
    besides: Clauses,
    /// What is wrong with this row.
    complaints: Vec<String>,
    /// The deviation of another fault explains all of these cases.
    explained_by_another: bool,
}

impl Row {
    /// All cases on native with this fault, judged by its deviation; those in which it was met by the pages as well, and by another's.
    fn of(corpus: &Corpus, fault: Fault, another: Fault) -> Self {
        let mut native = Native::start_with(&[fault]).expect("it starts");
        let mut row = Self { explained_by_another: true, ..Self::default() };
        for case in corpus.cases() {
            let run = case.run(&mut native, Profile::PAGE.with(deviation(fault)));
            if !case.is_explained(&run) {
                row.complaints.push(format!("{} is not explained: {:?}", case.name(), run.ending));
            }
            if run.known.is_empty() {
                continue;
            }
            row.met[usize::from(matches!(case, Case::Trace(..)))] += 1;
            let mut broken: Vec<&'static str> = run.known.iter().map(|(_, clause)| *clause).collect();
            broken.sort_unstable();
            broken.dedup();
            broken.into_iter().for_each(|clause| *row.breaks.entry(clause).or_default() += 1);
            row.judge_by_the_pages(case, &case.run(&mut native, Profile::PAGE));
            if row.explained_by_another {
                let run = case.run(&mut native, Profile::PAGE.with(deviation(another)));
                row.explained_by_another = case.is_explained(&run);
            }
        }
        row
    }

    fn judge_by_the_pages(&mut self, case: Case<'_>, run: &Run) {
        let Ending::Violation(violation) = &run.ending else {
            if !case.is_explained(run) {
                self.complaints.push(format!("{} went wrong: {:?}", case.name(), run.ending));
            }
            return;
        };
        self.noticed += 1;
        *self.first.entry(violation.clause.unwrap_or("(none)")).or_default() += 1;
        violation.also.iter().for_each(|clause| *self.besides.entry(clause).or_default() += 1);
    }

    fn check(&mut self, expected: &'static str) {
        if !self.breaks.contains_key(expected) {
            self.complaints.push(format!("its deviation never broke {expected}"));
        }
        if !self.first.contains_key(expected) && !self.besides.contains_key(expected) {
            self.complaints.push(format!("the pages never name {expected}"));
        }
        if self.explained_by_another {
            self.complaints.push("the deviation of another fault explains everything, too".to_owned());
        }
    }
}

fn listed(clauses: &Clauses) -> String {
    clauses.iter().map(|(clause, count)| format!("{clause} {count}")).collect::<Vec<_>>().join(", ")
}

/// The rows of all faults, made on two threads.
fn rows(corpus: &Corpus) -> Vec<Row> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let one_after_another = || {
        let at = || Some(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)).filter(|at| *at < EXPECTED.len());
        std::iter::from_fn(at).map(|at| (at, Row::of(corpus, EXPECTED[at].0, EXPECTED[(at + 1) % EXPECTED.len()].0))).collect::<Vec<_>>()
    };
    let mut rows = std::thread::scope(|scope| {
        let other = scope.spawn(one_after_another);
        let mut rows = one_after_another();
        rows.extend(other.join().expect("a row does not panic"));
        rows
    });
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

#[test]
fn every_fault_is_named_and_explained() {
    let corpus = Corpus::gathered();
    let mut table = format!("{SCRIPTS} scripts and {} traces\n", corpus.traces.len());
    let mut complaints = String::new();
    for ((fault, expected), mut row) in EXPECTED.iter().zip(rows(&corpus)) {
        row.check(expected);
        let [scripts, traces] = row.met;
        let named = if row.first.contains_key(expected) { "" } else { ", named besides" };
        writeln!(table, "\n{}: met in {scripts} scripts, {traces} traces; expected {expected}{named}", fault.id())
            .expect("a string takes all");
        writeln!(table, "  its deviation breaks  {}", listed(&row.breaks)).expect("a string takes all");
        writeln!(table, "  the pages name first  {}; {} unnoticed", listed(&row.first), scripts + traces - row.noticed)
            .expect("a string takes all");
        for complaint in row.complaints {
            writeln!(complaints, "{}: {complaint}", fault.id()).expect("a string takes all");
        }
    }
    assert!(complaints.is_empty(), "{complaints}{table}");
    insta::assert_snapshot!("kill_matrix", table);
}

#[test]
fn without_a_fault_the_pages_explain_everything() {
    let mut native = Native::start_with(&[]).expect("it starts");
    for case in Corpus::gathered().cases() {
        let run = case.run(&mut native, Profile::PAGE);
        assert!(case.is_explained(&run) && run.known.is_empty(), "{}: {:?}", case.name(), run.ending);
    }
}

#[test]
fn every_fault_has_a_row() {
    let rows: Vec<Fault> = EXPECTED.iter().map(|(fault, _)| *fault).collect();
    assert_eq!(rows, Fault::ALL);
    let page = std::fs::read_to_string("src/native/mod.rs").expect("it is there");
    let untold = Fault::ALL.iter().filter(|fault| !page.contains(&format!("`{}`", fault.id())));
    assert_eq!(untold.collect::<Vec<_>>(), Vec::<&Fault>::new(), "src/native/mod.rs lists them");
}

/// What is expected is what the model says, which has never seen native.
#[test]
fn the_model_expects_the_same() {
    let small = worlds::small();
    for (fault, expected) in EXPECTED {
        let clause = clauses::by_id(expected).unwrap_or_else(|| panic!("there is no clause {expected}"));
        assert!(kill(&small, clause, deviation(*fault)).witness.is_some(), "{} does not break {expected}", fault.id());
    }
}

#[test]
fn faults_are_asked_for_by_name() {
    let conform = |on: &str, profile: &str| {
        let arguments = ["conform", "--scripts", "200", "--findings", "1", "--on", on, "--profile", profile];
        let output = Command::new(env!("CARGO_BIN_EXE_sessck")).args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(conform("native+never-evicts", "page").0, Some(1));
    assert_eq!(conform("native+never-evicts", "page+never-evicts").0, Some(0));
    assert_eq!(conform("native+never-evicts+unclean-not-marked", "page+never-evicts+unclean-not-marked").0, Some(0));
    let (code, message) = conform("native+sometimes-evicts", "page");
    assert_eq!(code, Some(4), "{message}");
    assert!(message.contains("there is no fault `sometimes-evicts`") && message.contains("never-evicts"), "{message}");
}
