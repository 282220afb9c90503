//! What a campaign came to, for people and for programs.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sessck_model::{Deviation, clauses};

use super::super::answer::Findings;
use super::super::progress::interrupted;
use super::super::table::{row, table, wrapped};
use super::super::{Answer, Exit, Failure, World};
use crate::conform::{Campaign, Finding, Results, Unchecked, unchecked};
use crate::implementation::Identity;
use crate::libs::Library;
use crate::profile::text;
use crate::report::{Kind, Report, colored, junit, of_run, plain, sarif};
use crate::run::{Ending, Run};
use crate::trace::{Event, Trace, write};

/// A campaign that was run.
pub(in crate::cmd) struct Campaigned<'a> {
    pub(in crate::cmd) world: &'a World,
    pub(in crate::cmd) library: Library,
    pub(in crate::cmd) identity: Identity,
    pub(in crate::cmd) campaign: Campaign,
    pub(in crate::cmd) results: Results,
}

/// One finding with its report and, once written, its trace.
struct Told<'a> {
    finding: &'a Finding,
    report: Report,
    trace: PathBuf,
}

impl Campaigned<'_> {
    /// The answer. Traces of findings are written to `directory`, or to a temporary one.
    pub(in crate::cmd) fn answer(&self, directory: Option<&Path>) -> Result<Answer, Failure> {
        let told = self.told(directory)?;
        let exit = self.exit();
        Ok(Answer { exit, human: self.human(&told), json: self.json(&told), findings: Some(self.findings(&told)), markdown: None })
    }

    /// How it ends: a finding that is none of the library's is inconclusive.
    fn exit(&self) -> Exit {
        let kinds = self.results.findings.iter().filter_map(|finding| self.report(finding)).map(|report| report.kind);
        let exits = kinds.map(|kind| match kind {
            Kind::Violation | Kind::Misuse | Kind::Crash => Exit::Findings,
            Kind::Inconclusive => Exit::Inconclusive,
        });
        exits.max().unwrap_or(Exit::Clean)
    }

    fn report(&self, finding: &Finding) -> Option<Report> {
        of_run(&finding.run, &self.library.name, self.campaign.profile)
    }

    fn told(&self, directory: Option<&Path>) -> Result<Vec<Told<'_>>, Failure> {
        let findings = &self.results.findings;
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |path: &Path, reason| Failure::Write { path: path.to_owned(), reason };
        let wanted = directory.unwrap_or(Path::new("."));
        let directory = write::directory(directory).map_err(|reason| failed(wanted, reason))?;
        let mut told = Vec::new();
        for finding in findings {
            let Some(mut report) = self.report(finding) else { continue };
            let name = report.clause.map_or(report.kind.word(), |clause| clause.id);
            let trace = directory.join(format!("{name}-{}.ndjson", finding.script));
            write::file(&trace, &self.trace(&finding.run, &report, finding.script)).map_err(|reason| failed(&trace, reason))?;
            report.reproduce =
                Some(format!("sessck replay {} --on {} --profile {}", trace.display(), self.on(), text(&self.campaign.profile)));
            told.push(Told { finding, report, trace });
        }
        Ok(told)
    }

    /// The library as it can be asked for again.
    fn on(&self) -> String {
        let again = self.library.asked_by();
        if again.contains(' ') { format!("'{again}'") } else { again }
    }

    fn trace(&self, run: &Run, report: &Report, script: u32) -> Trace {
        let mut events: Vec<Event> = run.steps.iter().cloned().map(Event::from).collect();
        if let Ending::Trouble(call, _) | Ending::Unbound(call, _) = &run.ending {
            events.push(Event { call: *call, fault: None, saw: None });
        }
        let title = report.clause.map_or("a disagreement that no clause names", |clause| clause.statement);
        let source = format!("found by conform, seed {}, script {script}; shortened", self.campaign.seed);
        let mut trace = Trace::new(title, source, events);
        trace.header.implementation = Some(self.identity.clone());
        trace.header.profile = text(&self.campaign.profile);
        trace.header.aims = report.clause.map(|clause| clause.id.to_owned()).into_iter().collect();
        trace
    }

    /// The deviations of this library that break a clause, by its entries.
    fn deviations(&self, clause: &str) -> impl Iterator<Item = Deviation> {
        let entries = self.world.profiles.concerning(&self.library.family, &self.library.version);
        entries.filter(move |entry| entry.clauses.contains(&clause)).map(|entry| entry.deviation)
    }

    fn human(&self, told: &[Told<'_>]) -> String {
        let Results { scripts, steps, elapsed, hung, .. } = &self.results;
        let mut human = format!("{} ({}), profile {}\n", self.library.name, self.library.place, text(&self.campaign.profile));
        human += &format!("{scripts} scripts, {steps} calls, {:.1} s, seed {}", elapsed.as_secs_f64(), self.campaign.seed);
        human += if interrupted() { " (interrupted)\n" } else { "\n" };
        human +=
            &if *hung == 0 { String::new() } else { format!("the library hung in {hung} scripts; where it does so often few are run\n") };
        for told in told {
            let again = told.finding.again;
            human += &format!("\n{}", colored(&told.report));
            human += &if again == 0 { String::new() } else { format!("{:<9} in {again} scripts more\n", "found") };
        }
        human += &self.known_and_unchecked();
        let met = self.results.held.iter().filter(|held| **held > 0).count();
        human += &format!("\n{met} of {} clauses met and kept; {} unexplained findings\n", clauses::ALL.len(), told.len());
        human
    }

    fn known_and_unchecked(&self) -> String {
        let mut text = String::new();
        if !self.results.known.is_empty() {
            text += "\nknown divergences met\n";
            let name = |clause| self.deviations(clause).map(Deviation::id).collect::<Vec<_>>().join(", ");
            text += &table(&self.results.known.iter().map(|(clause, count)| row![clause, count, name(clause)]).collect::<Vec<_>>());
        }
        let unchecked = unchecked(&self.results, &self.identity);
        if !unchecked.is_empty() {
            text += "\nnot checked\n";
            text += &by_reason(&unchecked);
        }
        text
    }

    /// The whole answer as one object.
    fn json(&self, told: &[Told<'_>]) -> Value {
        let Results { scripts, steps, elapsed, held, .. } = &self.results;
        let reached: Vec<Value> = clauses::ALL.iter().zip(held).map(|(clause, held)| json!({"clause": clause.id, "held": held})).collect();
        let unchecked = unchecked(&self.results, &self.identity);
        let why: serde_json::Map<String, Value> = unchecked.iter().map(|it| (it.clause.to_owned(), json!(it.why))).collect();
        json!({
            "implementation": self.library.name,
            "version": self.library.version,
            "profile": text(&self.campaign.profile),
            "seed": self.campaign.seed,
            "scripts": scripts,
            "steps": steps,
            "seconds": elapsed.as_secs_f64(),
            "interrupted": interrupted(),
            "hung": self.results.hung,
            "reached": reached,
            "findings": self.findings_json(told),
            "unchecked": unchecked.iter().map(|it| it.clause).collect::<Vec<_>>(),
            "unchecked_because": why,
            "lacks": self.identity.lacks,
            "resumed": self.results.resumed,
            "unclean": self.results.unclean,
            "small_caches": self.results.small_caches,
            "median_calls": self.results.median_length(),
            "digest": format!("{:016x}", self.results.digest),
        })
    }

    fn findings_json(&self, told: &[Told<'_>]) -> Vec<Value> {
        let found = told.iter().map(|told| {
            json!({
                "clause": told.report.clause.map(|clause| clause.id),
                "blame": told.report.kind.blame(),
                "known": false,
                "deviation": told.report.explained_by.first().map(|deviation| deviation.id()),
                "trace": told.trace.display().to_string(),
                "script": told.finding.script,
                "again": told.finding.again,
                "report": told.report.json(),
            })
        });
        let known = self.results.known.iter().map(|(clause, count)| {
            json!({
                "clause": clause,
                "blame": "library",
                "known": true,
                "deviation": self.deviations(clause).next().map(Deviation::id),
                "trace": self.witness(clause),
                "again": count,
            })
        });
        found.chain(known).collect()
    }

    fn witness(&self, clause: &str) -> Option<String> {
        let mut entries = self.world.profiles.concerning(&self.library.family, &self.library.version);
        entries
            .find(|entry| entry.clauses.contains(&clause))
            .and_then(|entry| entry.witness.as_ref())
            .map(|path| path.display().to_string())
    }

    fn findings(&self, told: &[Told<'_>]) -> Findings {
        let mut findings = Findings::default();
        let unchecked = unchecked(&self.results, &self.identity);
        for clause in clauses::ALL {
            let found = told.iter().find(|told| told.report.clause.is_some_and(|broken| broken.id == clause.id));
            let outcome = match (found, unchecked.iter().find(|it| it.clause == clause.id)) {
                (Some(told), _) => junit::Outcome::Failed(clause.statement.to_owned(), plain(&told.report)),
                (None, Some(it)) => junit::Outcome::Skipped(it.why.clone()),
                (None, None) => junit::Outcome::Passed,
            };
            findings.cases.push(junit::Case { group: self.library.name.clone(), name: clause.id.to_owned(), outcome });
        }
        for told in told {
            let rule = told.report.clause.map_or(told.report.kind.word(), |clause| clause.id).to_owned();
            if told.report.clause.is_none() {
                let outcome = junit::Outcome::Failed(rule.clone(), plain(&told.report));
                findings.cases.push(junit::Case { group: self.library.name.clone(), name: rule.clone(), outcome });
            }
            findings.entries.push(sarif::Entry { rule, message: plain(&told.report), trace: Some(told.trace.display().to_string()) });
        }
        findings
    }
}

/// Clauses that were not checked, those of one reason together.
fn by_reason(unchecked: &[Unchecked]) -> String {
    let mut reasons: Vec<&str> = unchecked.iter().map(|it| it.why.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let clauses = |reason: &str| unchecked.iter().filter(|it| it.why == reason).map(|it| it.clause).collect::<Vec<_>>().join(", ");
    reasons.iter().map(|reason| wrapped(&format!("{reason}: {}", clauses(reason)), "  ", 110)).collect()
}
