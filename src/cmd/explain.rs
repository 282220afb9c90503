//! `sessck explain`: what a clause means, or what happens in a trace.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use sessck_model::search::{Need, kill, need};
use sessck_model::{Clause, Force, Obligation, Profile, clauses, worlds};

use super::replay::TRACES;
use super::table::wrapped;
use super::{Answer, Exit, Failure, World};
use crate::catalogue::{force, source, status, why};
use crate::checker::Verdict;
use crate::explain::c::program;
use crate::explain::text::{script, steps};
use crate::explain::{Judged, Told, story};
use crate::profile::{Wanted, text};
use crate::replay::files;
use crate::report::{Report, colored, misuse, violation};
use crate::trace::{Event, Trace, read};

const EXAMPLES: &str = "\
Examples:
  sessck explain get0-borrow
  sessck explain traces/get0-borrow/freed-connection.ndjson
  sessck explain case.ndjson --profile openssl-3.0.22
  sessck explain case.ndjson --as c > case.c";

/// `sessck explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// A clause by its id, or a trace by its path
    #[arg(value_name = "CLAUSE|TRACE")]
    what: String,
    /// What a trace is judged by: `page`, `openssl-3.0.22`, `auto` for what it was seen on, each with `+deviation`
    #[arg(long, default_value = "page", value_name = "P")]
    profile: Wanted,
    /// How a trace is told: step by step, or as a C program that shows it again
    #[arg(long = "as", value_enum, default_value_t = Form::Story, value_name = "FORM")]
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// Step by step, with what the clauses say
    Story,
    /// A complete C program
    C,
}

impl Explain {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        if let Some(clause) = clauses::by_id(&self.what) {
            return match self.form {
                Form::Story => Ok(clause_answer(clause)),
                Form::C => Err(Failure::Usage(format!("`{}` is a clause: name a trace to have it as C", self.what))),
            };
        }
        let path = PathBuf::from(&self.what);
        if !path.exists() && !self.what.contains(['/', '.']) {
            let near = clauses::ALL.iter().map(|clause| clause.id).filter(|id| id.contains(&self.what)).collect::<Vec<_>>();
            let near = if near.is_empty() { "`sessck spec` lists them".to_owned() } else { format!("there are {}", near.join(", ")) };
            return Err(Failure::Usage(format!("there is no clause and no file `{}`: {near}", self.what)));
        }
        let trace = read::file(&path).map_err(|reason| Failure::Trace { path: path.clone(), reason })?;
        let seen_on = trace.header.implementation.as_ref().map(|it| (it.family.as_str(), it.version.as_str()));
        match self.form {
            Form::Story => Ok(trace_answer(&trace, world.profiles.wanted(&self.profile, seen_on))),
            Form::C => c_answer(&trace, &path, world.profiles.wanted(&Wanted::auto(), seen_on)),
        }
    }
}

/// A script that shows a clause at work, and what it shows.
fn witness(clause: &'static Clause) -> Option<(String, String)> {
    let small = worlds::small();
    if clause.force == Force::Caller {
        let obligation = Obligation::ALL.iter().find(|obligation| obligation.clause() == clause.id)?;
        return match need(&small, *obligation) {
            Need::Needed(found) => {
                let why = format!("where an application does not keep it, {} breaks: {}", found.clause.id, found.clause.statement);
                Some((why, script(&found.witness.actions)))
            }
            Need::Assumed(why) => Some((format!("assumed: {why}"), String::new())),
            Need::Unknown => None,
        };
    }
    let deviation = clause.mutant?;
    let found = kill(&small, clause, deviation).witness?;
    let text = deviation.text().trim();
    Some((format!("broken where a library departs like this ({}): {text}", deviation.id()), script(&found.actions)))
}

fn clause_answer(clause: &'static Clause) -> Answer {
    let specimens: Vec<String> =
        files(&[Path::new(TRACES).join(clause.id)]).unwrap_or_default().iter().map(|file| file.display().to_string()).collect();
    let witness = witness(clause);
    let mut human = format!("{}\n{}\n", clause.id, wrapped(clause.statement, "  ", 100));
    // Writing to a String cannot fail.
    _ = writeln!(human, "force    {}", force(clause.force));
    _ = writeln!(human, "page     {}", source(clause));
    let reason = why(clause.status).map_or(String::new(), |why| format!(": {why}"));
    _ = writeln!(human, "status   {}{reason}", status(clause.status));
    if let Some(reading) = clause.reading {
        _ = writeln!(human, "read as  {reading}");
    }
    if let Some((why, script)) = &witness {
        _ = write!(human, "\n{}{script}", wrapped(why, "", 100));
    }
    for specimen in &specimens {
        _ = write!(human, "\ntrace    {specimen}");
    }
    human += if specimens.is_empty() { "" } else { "\n" };
    let script: Vec<&str> = witness.iter().flat_map(|(_, script)| script.lines()).map(str::trim).collect();
    let json = json!({
        "clause": {
            "id": clause.id,
            "force": force(clause.force),
            "page": clause.source.page,
            "section": clause.source.section,
            "paragraph": clause.source.paragraph,
            "statement": clause.statement,
            "status": status(clause.status),
            "reading": clause.reading,
            "mutant": clause.mutant.map(sessck_model::Deviation::id),
        },
        "witness": witness.as_ref().map(|(why, _)| json!({"why": why, "steps": script})),
        "traces": specimens,
    });
    Answer { exit: Exit::Clean, human, json, findings: None, markdown: None }
}

fn trace_answer(trace: &Trace, profile: Profile) -> Answer {
    let told = story(&trace.events, profile);
    let header = &trace.header;
    let by = header.implementation.as_ref().map_or("nobody", |it| it.name.as_str());
    let mut human = format!("{}\n{}\nseen on {by}, judged by {}\n\n", header.title, header.source, text(&profile));
    human += &steps(&told);
    let (exit, last, report) = ending(trace, &told, by, profile);
    human += &format!("\n{last}\n");
    if let Some(report) = &report {
        human += &colored(report);
    }
    let json = json!({
        "title": header.title,
        "profile": text(&profile),
        "steps": told.iter().map(step_json).collect::<Vec<_>>(),
        "verdict": last,
        "report": report.as_ref().map(Report::json),
    });
    Answer { exit, human, json, findings: None, markdown: None }
}

fn c_answer(trace: &Trace, path: &Path, profile: Profile) -> Result<Answer, Failure> {
    let stem = path.file_stem().map_or_else(|| "trace".into(), |stem| stem.to_string_lossy());
    let program = program(trace, &stem, profile).map_err(|why| Failure::Usage(format!("cannot tell {} in C: {why}", path.display())))?;
    let json = json!({"title": trace.header.title, "program": program});
    Ok(Answer { exit: Exit::Clean, human: program, json, findings: None, markdown: None })
}

/// How a story ends, and the report of what ended it.
fn ending(trace: &Trace, told: &[Told], by: &str, profile: Profile) -> (Exit, String, Option<Report>) {
    let Some(last) = told.last() else { return (Exit::Clean, "nothing happens in it".to_owned(), None) };
    let events: &[Event] = &trace.events[..told.len().min(trace.events.len())];
    match &last.judged {
        Judged::Agrees { .. } => {
            let known = told.iter().any(|told| matches!(&told.judged, Judged::Agrees { known, .. } if !known.is_empty()));
            let verdict = if known { "everything is as the profile says; what breaks the pages is known" } else { "everything agrees" };
            (Exit::Clean, verdict.to_owned(), None)
        }
        Judged::Balanced => {
            let verdict = "something failed; what is held is in memory and counted, and nothing was given back twice";
            (Exit::Clean, verdict.to_owned(), None)
        }
        Judged::Unseen => (Exit::Inconclusive, format!("nobody saw step {}: nothing can be said from there on", last.step), None),
        Judged::Ends(Verdict::Violation(broken)) => {
            (Exit::Findings, format!("step {} breaks a guarantee", last.step), Some(violation(events, broken, by, profile)))
        }
        Judged::Ends(Verdict::Misuse(broken)) => {
            (Exit::Findings, format!("step {} breaks an obligation", last.step), Some(misuse(events, broken, profile)))
        }
        Judged::Ends(Verdict::Undefined(why)) => (Exit::Inconclusive, format!("no page says what step {} does: {why:?}", last.step), None),
        Judged::Ends(Verdict::UnknownObject(name)) => {
            (Exit::Inconclusive, format!("step {} names something that does not exist: {name}", last.step), None)
        }
        Judged::Ends(Verdict::Agrees { .. }) => (Exit::Clean, "everything agrees".to_owned(), None),
    }
}

fn step_json(told: &Told) -> Value {
    let (held, known) = match &told.judged {
        Judged::Agrees { held, known } => (held.clone(), known.clone()),
        Judged::Ends(_) | Judged::Unseen | Judged::Balanced => (Vec::new(), Vec::new()),
    };
    json!({
        "step": told.step,
        "call": told.text,
        "happenings": told.happenings.iter().map(crate::explain::Happening::sentence).collect::<Vec<_>>(),
        "holdings": told.holdings,
        "holds": held,
        "known": known,
    })
}
