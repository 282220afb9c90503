//! What exploring came to, for people and for programs.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use sessck_model::explore::{End, Exploration};
use sessck_model::search::Need;
use sessck_model::{Clause, Force, Obligation, Profile, Status, Witness, clauses};

use super::super::progress::interrupted;
use super::super::table::{row, table};
use super::super::{Answer, Exit};
use super::Bound;
use crate::catalogue::{force, status};
use crate::explain::text::script;
use crate::profile::{Profiles, text};

/// Worlds that were explored.
pub(in crate::cmd) struct Explored {
    pub(in crate::cmd) bound: Bound,
    pub(in crate::cmd) profile: Profile,
    pub(in crate::cmd) worlds: Vec<(Exploration, Duration)>,
    pub(in crate::cmd) needs: Vec<(Obligation, Need)>,
    pub(in crate::cmd) elapsed: Duration,
    /// Every world of the bound was explored, so that a clause that was not reached is a defect.
    pub(in crate::cmd) whole: bool,
}

/// What all worlds together say of a clause.
struct Sum {
    clause: &'static Clause,
    held: u64,
    broken: u64,
    witness: Option<Witness>,
}

impl Explored {
    pub(in crate::cmd) fn answer(&self, profiles: &Profiles) -> Answer {
        let sums = self.sums();
        Answer { exit: self.exit(&sums, profiles), human: self.human(&sums), json: self.json(&sums), findings: None, markdown: None }
    }

    /// How it ends, without the details.
    pub(in crate::cmd) fn outcome(&self, profiles: &Profiles) -> Exit {
        self.exit(&self.sums(), profiles)
    }

    /// What is broken, not reached or not needed although it has to be.
    fn exit(&self, sums: &[Sum], profiles: &Profiles) -> Exit {
        let entries = profiles.divergences.iter().filter(|entry| self.profile.has(entry.deviation));
        let known: BTreeSet<&str> = entries.flat_map(|entry| entry.clauses.iter().copied()).collect();
        let broken = sums.iter().any(|sum| sum.broken > 0 && !known.contains(sum.clause.id));
        let unreached = self.whole && sums.iter().any(|sum| sum.is_missed());
        let unneeded = self.needs.iter().any(|(_, need)| matches!(need, Need::Unknown));
        let unfinished = self.worlds.iter().any(|(world, _)| world.end != End::Exhausted);
        match (broken, unreached && self.profile == Profile::PAGE || unneeded, unfinished || interrupted()) {
            (true, _, _) => Exit::Findings,
            (false, _, true) => Exit::Inconclusive,
            (false, true, false) => Exit::Findings,
            (false, false, false) => Exit::Clean,
        }
    }

    fn sums(&self) -> Vec<Sum> {
        let sum = |(at, clause): (usize, &&'static Clause)| {
            let tallies = self.worlds.iter().filter_map(|(world, _)| world.tallies.get(at));
            let witnesses = tallies.clone().filter_map(|tally| tally.witness.clone());
            Sum {
                clause,
                held: tallies.clone().map(|tally| tally.held).sum(),
                broken: tallies.map(|tally| tally.broken).sum(),
                witness: witnesses.min_by_key(|witness| witness.actions.len()),
            }
        };
        clauses::ALL.iter().enumerate().map(sum).collect()
    }

    fn states(&self) -> (u64, u64) {
        self.worlds.iter().fold((0, 0), |(states, steps), (world, _)| (states + world.states, steps + world.transitions))
    }

    fn human(&self, sums: &[Sum]) -> String {
        let mut rows = vec![row!["world", "states", "transitions", "depth", "seconds", ""]];
        for (world, took) in &self.worlds {
            let end = if world.end == End::Exhausted { "" } else { end_word(world.end) };
            rows.push(row![world.world, world.states, world.transitions, world.depth, format!("{:.2}", took.as_secs_f64()), end]);
        }
        let mut human = format!("bound {}, profile {}\n", self.bound.word(), text(&self.profile)) + &table(&rows);
        human += "\n";
        let clause = |sum: &Sum| row![sum.clause.id, force(sum.clause.force), status(sum.clause.status), sum.verdict(), sum.held];
        let head = vec![row!["clause", "force", "status", "", "reached"]];
        human += &table(&head.into_iter().chain(sums.iter().map(clause)).collect::<Vec<_>>());
        for sum in sums {
            if let Some(witness) = &sum.witness {
                human += &format!("\n{} breaks: {}\n{}", sum.clause.id, sum.clause.statement, script(&witness.shrunk(sum.clause).actions));
            }
        }
        human += &self.needs_text();
        human + &format!("\n{}", self.summary())
    }

    fn needs_text(&self) -> String {
        let text = |(obligation, need): &(Obligation, Need)| match need {
            Need::Needed(found) => {
                let found_in = script(&found.witness.actions);
                format!("\n{} is needed: without it {} breaks\n{found_in}", obligation.clause(), found.clause.id)
            }
            Need::Assumed(why) => format!("\n{} is assumed: {why}\n", obligation.clause()),
            Need::Unknown => format!("\n{} is not needed in any world: a defect\n", obligation.clause()),
        };
        self.needs.iter().map(text).collect()
    }

    /// One line.
    pub(in crate::cmd) fn summary(&self) -> String {
        let (states, transitions) = self.states();
        let sums = self.sums();
        let broken = sums.iter().filter(|sum| sum.broken > 0).count();
        let missed = sums.iter().filter(|sum| sum.is_missed()).count();
        let kept = sums.iter().filter(|sum| sum.broken == 0 && sum.held > 0).count();
        format!(
            "{} worlds, {states} states, {transitions} transitions in {:.1} s: {kept} clauses reached and kept, {broken} broken, {missed} not reached\n",
            self.worlds.len(),
            self.elapsed.as_secs_f64()
        )
    }

    /// The whole answer as one object.
    fn json(&self, sums: &[Sum]) -> Value {
        let (states, transitions) = self.states();
        let worlds = self.worlds.iter().map(|(world, took)| {
            json!({
                "name": world.world,
                "states": world.states,
                "transitions": world.transitions,
                "depth": world.depth,
                "seconds": took.as_secs_f64(),
                "end": end_word(world.end),
            })
        });
        let violations = sums.iter().filter_map(|sum| {
            let witness = sum.witness.as_ref()?;
            let steps = json!(lines(&witness.shrunk(sum.clause)));
            Some(json!({"clause": sum.clause.id, "world": witness.world, "broken": sum.broken, "steps": steps}))
        });
        let clauses = sums.iter().map(|sum| {
            json!({
                "id": sum.clause.id,
                "force": force(sum.clause.force),
                "status": status(sum.clause.status),
                "holds": sum.broken == 0,
                "reached": sum.held > 0,
                "held": sum.held,
            })
        });
        let obligations = self.needs.iter().map(|(obligation, need)| match need {
            Need::Needed(found) => {
                let steps = lines(&found.witness);
                json!({"id": obligation.clause(), "needed": true, "assumed": null, "breaks": found.clause.id, "steps": steps})
            }
            Need::Assumed(why) => json!({"id": obligation.clause(), "needed": false, "assumed": why, "steps": []}),
            Need::Unknown => json!({"id": obligation.clause(), "needed": false, "assumed": null, "steps": []}),
        });
        json!({
            "bound": self.bound.word(),
            "profile": text(&self.profile),
            "states": states,
            "transitions": transitions,
            "seconds": self.elapsed.as_secs_f64(),
            "interrupted": interrupted(),
            "worlds": worlds.collect::<Vec<_>>(),
            "violations": violations.collect::<Vec<_>>(),
            "clauses": clauses.collect::<Vec<_>>(),
            "obligations": obligations.collect::<Vec<_>>(),
        })
    }
}

impl Sum {
    /// It has to be reached and is not. Whether obligations are met is asked of programs, not of the model.
    fn is_missed(&self) -> bool {
        self.clause.status == Status::Checked && self.clause.force != Force::Caller && self.held == 0 && self.broken == 0
    }

    fn verdict(&self) -> &'static str {
        match (self.broken > 0, self.is_missed(), self.held > 0) {
            (true, _, _) => "BROKEN",
            (false, true, _) => "NOT REACHED",
            (false, false, true) => "holds",
            (false, false, false) => "-",
        }
    }
}

fn lines(witness: &Witness) -> Vec<String> {
    script(&witness.actions).lines().map(|line| line.trim().to_owned()).collect()
}

fn end_word(end: End) -> &'static str {
    match end {
        End::Exhausted => "exhausted",
        End::Broke => "broke",
        End::Full => "full",
        End::Interrupted => "interrupted",
    }
}
