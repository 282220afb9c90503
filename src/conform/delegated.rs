//! A script that is run where the implementation runs. A library in a process of its own would be asked once for each call; as a rule
//! all agrees, and then nothing but the sums is of interest. Where something does not, the script is run again call by call from here,
//! so that it shows which call it was.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use sessck_model::{Deviation, Profile, Side, clauses};

use super::script;
use crate::implementation::{Implementation, Lack, Trouble};
use crate::run::{Ending, Run, Tally, run_script};

/// Which script, and by which profile it is judged: the ids of the deviations at each end.
#[derive(Serialize, Deserialize)]
struct Task {
    seed: u64,
    number: u32,
    client: Vec<String>,
    server: Vec<String>,
}

impl Task {
    fn of(seed: u64, number: u32, profile: &Profile) -> Self {
        let at = |side| profile.iter().filter(move |deviation| profile.has_at(side, *deviation)).map(|deviation| deviation.id().to_owned());
        Self { seed, number, client: at(Side::Client).collect(), server: at(Side::Server).collect() }
    }

    /// The profile, or an id that is no deviation's.
    fn profile(&self) -> Result<Profile, String> {
        let by_id = |id: &String| Deviation::ALL.iter().copied().find(|deviation| deviation.id() == id).ok_or_else(|| id.clone());
        let all = |ids: &[String]| ids.iter().map(by_id).collect::<Result<Profile, String>>();
        Ok(Profile::of_pair(all(&self.client)?, all(&self.server)?))
    }
}

/// What is counted of one run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Sums {
    /// Calls that were made.
    pub(super) steps: u32,
    /// The clauses that held, by their places in the catalogue, and how often.
    pub(super) held: Vec<(usize, u64)>,
    /// The clauses that the profile's own deviations broke, by their places, once for each time.
    pub(super) known: Vec<usize>,
    pub(super) lacked: Vec<Lack>,
    pub(super) resumed: bool,
    pub(super) unclean: bool,
    pub(super) small_cache: bool,
    /// Of every step.
    pub(super) digest: u64,
    /// It ended otherwise than by agreeing to its end.
    departs: bool,
}

impl Sums {
    /// Of this run.
    pub(super) fn of(run: &Run) -> Self {
        let Tally { resumed, unclean, small_cache } = run.tally;
        let place = |id| clauses::ALL.iter().position(|clause| clause.id == id);
        let mut hasher = DefaultHasher::new();
        run.steps.hash(&mut hasher);
        Self {
            steps: u32::try_from(run.steps.len()).unwrap_or(u32::MAX),
            held: run.held.iter().copied().enumerate().filter(|(_, held)| *held > 0).collect(),
            known: run.known.iter().filter_map(|(_, id)| place(*id)).collect(),
            lacked: run.lacked.clone(),
            resumed,
            unclean,
            small_cache,
            digest: hasher.finish(),
            departs: run.ending != Ending::Agrees,
        }
    }
}

/// Runs the script of this number. The run itself is given where there is more to it than its sums.
pub(super) fn run_numbered(
    implementation: &mut dyn Implementation,
    seed: u64,
    number: u32,
    profile: Profile,
) -> Result<(Sums, Option<Run>), Trouble> {
    let task = serde_json::to_string(&Task::of(seed, number, &profile)).map_err(|error| Trouble::Harness(error.to_string()))?;
    let at_once = implementation.delegate(&task).map(|answer| answer.and_then(|answer| understood(&answer)));
    if let Some(Ok(sums)) = &at_once
        && !sums.departs
    {
        return Ok((sums.clone(), None));
    }
    let mut run = run_script(&script(seed, number)?, implementation, profile)?;
    if let (Ending::Agrees, Some(departure)) = (&run.ending, at_once) {
        let trouble = once_only(departure.err());
        let Some(last) = run.steps.last() else { return Err(trouble) };
        run.ending = Ending::Trouble(last.call, trouble);
    }
    let sums = Sums::of(&run);
    Ok((sums, (run.ending != Ending::Agrees).then_some(run)))
}

fn understood(answer: &str) -> Result<Sums, Trouble> {
    serde_json::from_str(answer).map_err(|error| Trouble::Gone(format!("it answered nonsense: {error}")))
}

/// What is told of a departure that did not come again. A crash stays one.
fn once_only(trouble: Option<Trouble>) -> Trouble {
    const ONCE: &str = "in this script, and not when its calls were made again one by one";
    match trouble {
        Some(Trouble::Crashed(how)) => Trouble::Crashed(format!("{how}, {ONCE}")),
        Some(hung @ Trouble::Hung(_)) => hung,
        Some(other) => Trouble::Harness(format!("{other}, {ONCE}")),
        None => Trouble::Harness(format!("something did not agree {ONCE}")),
    }
}

/// Does a task that was delegated, and gives what is to be answered.
///
/// # Errors
/// If the task is not understood, or the implementation cannot be started.
pub fn perform_task(implementation: &mut dyn Implementation, task: &str) -> Result<String, Trouble> {
    let harness = |error: String| Trouble::Harness(format!("a task was not understood: {error}"));
    let task: Task = serde_json::from_str(task).map_err(|error| harness(error.to_string()))?;
    let run = run_script(&script(task.seed, task.number)?, implementation, task.profile().map_err(harness)?)?;
    serde_json::to_string(&Sums::of(&run)).map_err(|error| harness(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_arrives_as_it_is_at_each_end() {
        let profile = Profile::PAGE.with(Deviation::EvictsAtSize).with_at(Side::Server, Deviation::DisplacedSilently);
        let task = serde_json::to_string(&Task::of(1, 2, &profile)).expect("it is written");
        let task: Task = serde_json::from_str(&task).expect("it is read");
        assert_eq!((task.seed, task.number, task.profile()), (1, 2, Ok(profile)));
    }
}
