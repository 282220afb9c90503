//! What a campaign of faults came to, for people and for programs.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sessck_model::clauses;

use super::super::answer::Findings;
use super::super::progress::interrupted;
use super::super::table::{row, table, wrapped};
use super::super::{Answer, Exit, Failure};
use crate::conform::word;
use crate::faults::{Campaign, Finding, KnownFault, KnownFaults, Results, at_disturbance};
use crate::implementation::{Identity, Lack};
use crate::libs::Library;
use crate::profile::text;
use crate::report::{Kind, Report, colored, junit, of_run, plain, sarif};
use crate::run::{BALANCE, Ending};
use crate::trace::{Event, Trace, write};

/// A campaign that was run.
pub(super) struct Faulty {
    pub(super) library: Library,
    pub(super) identity: Identity,
    pub(super) campaign: Campaign,
    pub(super) results: Results,
    pub(super) known: KnownFaults,
}

/// One finding with its report, its trace and the entry that knows of it.
struct Told<'a> {
    finding: &'a Finding,
    report: Report,
    trace: PathBuf,
    known: Option<&'a KnownFault>,
}

impl Faulty {
    /// The answer. Traces of findings are written to `directory`, or to a temporary one.
    pub(super) fn answer(&self, directory: Option<&Path>) -> Result<Answer, Failure> {
        let told = self.told(directory)?;
        let exit = self.exit(&told);
        Ok(Answer { exit, human: self.human(&told), json: self.json(&told), findings: Some(self.findings(&told)), markdown: None })
    }

    /// How it ends: a finding that is none of the library's, or a library in which nothing can be made to fail, is inconclusive.
    fn exit(&self, told: &[Told<'_>]) -> Exit {
        let exits = told.iter().filter(|told| told.known.is_none()).map(|told| match told.report.kind {
            Kind::Violation | Kind::Misuse | Kind::Crash => Exit::Findings,
            Kind::Inconclusive => Exit::Inconclusive,
        });
        let none = if self.results.failed == 0 { Exit::Inconclusive } else { Exit::Clean };
        exits.max().unwrap_or(none)
    }

    fn told(&self, directory: Option<&Path>) -> Result<Vec<Told<'_>>, Failure> {
        if self.results.findings.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |path: &Path, reason| Failure::Write { path: path.to_owned(), reason };
        let wanted = directory.unwrap_or(Path::new("."));
        let directory = write::directory(directory).map_err(|reason| failed(wanted, reason))?;
        let mut told = Vec::new();
        for (at, finding) in self.results.findings.iter().enumerate() {
            let Some(mut report) = of_run(&finding.run, &self.library.name, self.campaign.profile) else { continue };
            if report.kind == Kind::Crash && finding.disturbance.failure().is_some() {
                report.clause = clauses::by_id(BALANCE);
            }
            let known = self.known.entry(&finding.signature, &self.library.family, &self.library.version);
            let name = known.map_or(finding.signature.call, |entry| &entry.id);
            let trace = directory.join(format!("{name}-{at}.ndjson"));
            write::file(&trace, &self.trace(finding, &report)).map_err(|reason| failed(&trace, reason))?;
            report.reproduce = Some(format!("sessck replay {} --on {}", trace.display(), self.library.asked_by()));
            told.push(Told { finding, report, trace, known });
        }
        Ok(told)
    }

    fn trace(&self, finding: &Finding, report: &Report) -> Trace {
        let run = &finding.run;
        let mut events: Vec<Event> = run.steps.iter().cloned().map(Event::from).collect();
        if let Ending::Trouble(call, _) | Ending::Unbound(call, _) = &run.ending {
            let fault = finding.disturbance.failure().filter(|_| at_disturbance(run) == Some(events.len()));
            events.push(Event { call: *call, fault, saw: None });
        }
        let source = format!("found by faults, seed {}, script {}; shortened", self.campaign.seed, finding.script);
        let mut trace = Trace::new(finding.signature.to_string(), source, events);
        trace.header.implementation = Some(self.identity.clone());
        trace.header.profile = text(&self.campaign.profile);
        trace.header.aims = report.clause.map(|clause| clause.id.to_owned()).into_iter().collect();
        trace
    }

    fn human(&self, told: &[Told<'_>]) -> String {
        let Results { scripts, left, failed, elapsed, .. } = &self.results;
        let mut human = format!("{} ({})\n", self.library.name, self.library.place);
        human += &format!("{scripts} scripts, {failed} failures, {:.1} s, seed {}", elapsed.as_secs_f64(), self.campaign.seed);
        human += if interrupted() { " (interrupted)\n" } else { "\n" };
        if *left > 0 {
            human += &format!("{left} scripts disagreed before anything failed: `sessck conform` tells\n");
        }
        for told in told.iter().filter(|told| told.known.is_none()) {
            human += &format!("\n{}\n{}", told.finding.signature, colored(&told.report));
            human += &if told.finding.again == 0 { String::new() } else { format!("{:<9} {} times more\n", "found", told.finding.again) };
        }
        let known: Vec<_> = told.iter().filter_map(|told| Some((told, told.known?))).collect();
        if !known.is_empty() {
            human += "\nknown faults met\n";
            let rows = known.iter().map(|(told, entry)| row![entry.id, told.finding.again + 1, told.finding.signature]);
            human += &table(&rows.collect::<Vec<_>>());
        }
        human += "\nwhat failed\n";
        let calls = self.results.calls.iter().map(|(call, failed)| row![call, failed.allocations, failed.bytes, failed.callbacks]);
        human += &table(&std::iter::once(row!["call", "allocations", "bytes", "callbacks"]).chain(calls).collect::<Vec<_>>());
        for lack in self.lacks() {
            human += &wrapped(&format!("not checked: the library lacks {}", word(lack)), "", 110);
        }
        human + &format!("\n{} unexplained findings\n", told.len() - known.len())
    }

    /// What could not be made to fail.
    fn lacks(&self) -> impl Iterator<Item = Lack> + '_ {
        let faults = |lack: &Lack| matches!(lack, Lack::AllocationFaults | Lack::TransportFaults);
        self.identity.lacks.iter().copied().filter(faults)
    }

    fn json(&self, told: &[Told<'_>]) -> Value {
        let Results { scripts, left, failed, elapsed, calls, .. } = &self.results;
        let calls = calls.iter().map(
            |(call, failed)| json!({"call": call, "allocations": failed.allocations, "bytes": failed.bytes, "callbacks": failed.callbacks}),
        );
        let found = told.iter().map(|told| {
            let signature = &told.finding.signature;
            json!({
                "clause": told.report.clause.map(|clause| clause.id),
                "blame": told.report.kind.blame(),
                "known": told.known.is_some(),
                "entry": told.known.map(|entry| &entry.id),
                "fault": told.finding.disturbance.to_string(),
                "call": signature.call,
                "site": signature.site,
                "symptom": signature.symptom,
                "trace": told.trace.display().to_string(),
                "script": told.finding.script,
                "again": told.finding.again,
                "report": told.report.json(),
            })
        });
        json!({
            "implementation": self.library.name,
            "version": self.library.version,
            "profile": text(&self.campaign.profile),
            "seed": self.campaign.seed,
            "scripts": scripts,
            "left": left,
            "failures": failed,
            "seconds": elapsed.as_secs_f64(),
            "interrupted": interrupted(),
            "kept_in_callbacks": self.results.kept_in_callbacks,
            "calls": calls.collect::<Vec<_>>(),
            "findings": found.collect::<Vec<_>>(),
            "lacks": self.lacks().map(word).collect::<Vec<_>>(),
        })
    }

    fn findings(&self, told: &[Told<'_>]) -> Findings {
        let mut findings = Findings::default();
        let case = |name: &str, outcome| junit::Case { group: self.library.name.clone(), name: name.to_owned(), outcome };
        for call in self.results.calls.keys() {
            let found = told.iter().find(|told| told.known.is_none() && told.finding.signature.call == *call);
            let outcome = found
                .map_or(junit::Outcome::Passed, |told| junit::Outcome::Failed(told.finding.signature.to_string(), plain(&told.report)));
            findings.cases.push(case(call, outcome));
        }
        for lack in self.lacks() {
            findings.cases.push(case(word(lack), junit::Outcome::Skipped("the library lacks it".to_owned())));
        }
        for told in told.iter().filter(|told| told.known.is_none()) {
            let rule = told.report.clause.map_or(told.report.kind.word(), |clause| clause.id).to_owned();
            findings.entries.push(sarif::Entry { rule, message: plain(&told.report), trace: Some(told.trace.display().to_string()) });
        }
        findings
    }
}
