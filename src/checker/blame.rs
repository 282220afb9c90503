//! Where no choice agrees: which clause is broken, and which deviations would explain it.

use sessck_model::{Action, Call, Choice, Deviation, Journal, Profile, Transition, choices, clauses, step};

use super::{Candidate, Checker, Difference, Seen, Verdict, Violation, compare, judge, patch, unknown};
use crate::implementation::Observation;

impl Checker {
    /// Finds out which clause an event broke that no choice explains.
    pub(super) fn violation(&mut self, call: &Call, observation: &Observation) -> Verdict {
        let mut nearest: Option<(Vec<Difference>, Candidate, Action)> = None;
        for candidate in &self.candidates {
            let Ok(model_call) = candidate.names.to_model(call) else { return unknown(call) };
            for choice in choices(&candidate.state, &model_call, &self.profile) {
                let action = Action { call: model_call, choice };
                let differences = differences(candidate, &action, &self.profile, &self.seen, observation);
                if nearest.as_ref().is_none_or(|(fewest, ..)| differences.len() < fewest.len()) {
                    nearest = Some((differences, candidate.clone(), action));
                }
            }
        }
        let Some((differences, candidate, action)) = nearest else { return unknown(call) };
        let mut broken = patch::broken(&candidate.state, &candidate.names, &action, &self.profile, &differences, observation);
        let explained_by = self.explanations(&candidate, &action.call, observation);
        // what was seen can say too little of what happened: one deviation that alone explains it all says the rest
        let telling = if broken.is_empty() { explained_by.first() } else { explained_by.first().filter(|_| explained_by.len() == 1) };
        let besides = telling.map_or_else(Vec::new, |deviation| self.broken_by(&candidate, &action.call, *deviation, observation));
        broken.extend(besides.into_iter().filter(|clause| !broken.contains(clause)).collect::<Vec<_>>());
        let clause = broken.first().copied();
        Verdict::Violation(Violation { clause, also: broken.into_iter().skip(1).collect(), differences, explained_by })
    }

    /// The clauses that the step breaks where the library departs in a way that explains what was seen.
    fn broken_by(&self, candidate: &Candidate, call: &Call, deviation: Deviation, observation: &Observation) -> Vec<&'static str> {
        let profile = self.profile.with(deviation);
        let agreeing = choices(&candidate.state, call, &profile).into_iter().map(|choice| Action { call: *call, choice });
        let agreeing = agreeing.filter(|action| differences(candidate, action, &profile, &self.seen, observation).is_empty());
        let broken = agreeing.map(|action| {
            let (mut after, mut journal) = (candidate.state.clone(), Journal::default());
            let outcome = step(&mut after, &action, &profile, &mut journal);
            judge(&Transition { action: &action, outcome, after: &after, journal: &journal }, &mut vec![0; clauses::ALL.len()])
        });
        broken.max_by_key(Vec::len).unwrap_or_default()
    }

    /// Single deviations that make the step agree when they are put in or taken out.
    fn explanations(&self, candidate: &Candidate, call: &Call, observation: &Observation) -> Vec<Deviation> {
        let explains = |deviation: &Deviation| {
            let profile = if self.profile.has(*deviation) { self.profile.without(*deviation) } else { self.profile.with(*deviation) };
            choices(&candidate.state, call, &profile).into_iter().any(|choice: Choice| {
                let action = Action { call: *call, choice };
                differences(candidate, &action, &profile, &self.seen, observation).is_empty()
            })
        };
        Deviation::ALL.iter().copied().filter(explains).collect()
    }
}

/// What differs between what was seen and a step from a candidate.
fn differences(candidate: &Candidate, action: &Action, profile: &Profile, seen: &Seen, observation: &Observation) -> Vec<Difference> {
    let mut after = candidate.clone();
    let mut journal = Journal::default();
    let outcome = step(&mut after.state, action, profile, &mut journal);
    let transition = Transition { action, outcome, after: &after.state, journal: &journal };
    compare::differences(&transition, &mut after.names, seen, observation)
}
