//! `sessck check`: the whole job.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use sessck_model::{Profile, clauses, worlds};

use super::conform::{Campaigned, campaigned, cores};
use super::explore::{Bound, explored};
use super::replay::{Results, TRACES, replay_all};
use super::table::{row, table};
use super::{Answer, Exit, Failure, World};
use crate::conform::Campaign;
use crate::libs::discover;
use crate::profile::Wanted;

const EXAMPLES: &str = "\
Examples:
  sessck check
  sessck check --scripts 20000
  sessck check --format junit > sessck.xml";

/// `sessck check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// How many scripts on each library
    #[arg(long, default_value_t = 2000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    scripts: u32,
    /// Where the generator starts
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// Where to write the traces of findings; a new temporary directory if nothing is said
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// The parts of the answer, as they come in.
#[derive(Default)]
struct Parts {
    exit: Option<Exit>,
    rows: Vec<Vec<String>>,
    details: String,
    not_checked: Vec<String>,
}

impl Check {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let mut parts = Parts::default();
        let explored = explored(Bound::Small, &worlds::small(), Profile::PAGE, cores());
        let explored_exit = explored.outcome(&world.profiles);
        let explore = explored.answer(&world.profiles);
        let details = if explored_exit == Exit::Clean { "" } else { &explore.human };
        parts.add("the model", "explore small", explored.summary().trim_end(), explored_exit, details);

        let found = discover(&world.executable);
        if !found.has_libssl() {
            parts.not_checked.push("libssl: none was found on this machine".to_owned());
        }
        for unusable in &found.unusable {
            parts.not_checked.push(unusable.reason.to_string());
        }
        let mut findings = super::answer::Findings::default();
        let mut conform = Vec::new();
        for library in &found.libraries {
            let profile = world.profiles.for_version(&library.family, &library.version);
            let campaign = Campaign { scripts: self.scripts, seed: self.seed, profile, ..Campaign::default() };
            let campaigned = campaigned(world, library, &campaign, cores())?;
            let answer = campaigned.answer(self.write.as_deref())?;
            parts.campaign(&campaigned, &answer);
            findings.extend(answer.findings.unwrap_or_default());
            conform.push(answer.json);
        }
        let replayed = self.replayed(world, &found.libraries, &mut parts)?;
        findings.extend(replayed.findings());
        Ok(parts.answer(explore.json, conform, &replayed, findings))
    }

    fn replayed(&self, world: &World, libraries: &[crate::libs::Library], parts: &mut Parts) -> Result<Results, Failure> {
        let mut results = Results::default();
        if !Path::new(TRACES).is_dir() {
            parts.not_checked.push(format!("traces: there is no directory `{TRACES}` here"));
            return Ok(results);
        }
        replay_all(world, libraries, &Wanted::auto(), &mut results)?;
        let exit = results.exit();
        let details = if exit == Exit::Clean { String::new() } else { results.human() };
        parts.add("traces", "replay", results.summary().trim_end(), exit, &details);
        Ok(results)
    }
}

impl Parts {
    fn add(&mut self, what: &str, how: &str, result: &str, exit: Exit, details: &str) {
        let verdict = if exit == Exit::Clean { "ok" } else { exit.word() };
        self.rows.push(row![what, how, verdict, result]);
        if !details.is_empty() {
            self.details += &format!("\n{details}");
        }
        self.exit = self.exit.max(Some(exit));
    }

    fn campaign(&mut self, campaigned: &Campaigned<'_>, answer: &Answer) {
        let results = &campaigned.results;
        let met = results.held.iter().filter(|held| **held > 0).count();
        let line = format!(
            "{} scripts, {} calls in {:.1} s: {met} of {} clauses met and kept, {} unexplained findings, {} clauses broken in known ways",
            results.scripts,
            results.steps,
            results.elapsed.as_secs_f64(),
            clauses::ALL.len(),
            results.findings.len(),
            results.known.len()
        );
        let details = if answer.exit == Exit::Clean { "" } else { &answer.human };
        self.add(&campaigned.library.name, "conform", &line, answer.exit, details);
        self.not_checked.extend(
            campaigned.identity.lacks.iter().map(|lack| format!("{}: it lacks {}", campaigned.library.name, crate::conform::word(*lack))),
        );
    }

    fn answer(self, explore: Value, conform: Vec<Value>, replayed: &Results, findings: super::answer::Findings) -> Answer {
        let exit = self.exit.unwrap_or(Exit::Clean);
        let mut human = table(&self.rows) + &self.details;
        for line in &self.not_checked {
            human += &format!("  not checked  {line}\n");
        }
        human += match exit {
            Exit::Clean => "\nnothing unexplained\n",
            Exit::Findings => "\nthere are unexplained findings\n",
            Exit::Inconclusive | Exit::Missing | Exit::Usage | Exit::Internal => "\ninconclusive\n",
        };
        let json = json!({
            "explore": explore,
            "conform": conform,
            "replay": replayed.json(),
            "not_checked": self.not_checked,
            "verdict": exit.word(),
        });
        Answer { exit, human, json, findings: Some(findings), markdown: None }
    }
}
