//! A case in which something was found, made as small as it goes: first a simpler script, then fewer calls.

use proptest::strategy::ValueTree;
use sessck_model::Profile;

use super::{Campaign, Kind, kind, tree};
use crate::implementation::{Implementation, Observation, Trouble};
use crate::run::{Ending, Run, Step, Unmakable, run_again, run_script};

/// The most attempts at simplifying one script.
const SIMPLIFICATIONS: u32 = 400;
/// What simpler scripts may cost, and what fewer calls may cost, in libraries lost: a case in which one crashes or hangs is found again only
/// by another crash. A crash can take seconds, since a library whose lists are broken asks for ever more memory before it ends.
const LOSSES_OF_SCRIPTS: u32 = 8;
const LOSSES_OF_CALLS: u32 = 32;
/// What one that hangs counts: it costs a whole deadline.
const HANG: u32 = 8;

/// What may still be lost, and whether to go on at all.
struct Budget<'a> {
    left: u32,
    goes_on: &'a dyn Fn() -> bool,
}

impl Budget<'_> {
    fn spend(&mut self, run: &Run) {
        self.left = self.left.saturating_sub(match run.ending {
            Ending::Trouble(_, Trouble::Hung(_)) => HANG,
            Ending::Trouble(..) => 1,
            Ending::Agrees | Ending::Violation(_) | Ending::Unbound(..) => 0,
        });
    }

    fn is_spent(&self) -> bool {
        self.left == 0 || !(self.goes_on)()
    }
}

/// The smallest case that disagrees in the same way as this run of the script of this number. Where `goes_on` says no, it is the smallest
/// so far.
///
/// # Errors
/// If the implementation cannot be started again.
pub(super) fn shorten(
    implementation: &mut dyn Implementation,
    campaign: &Campaign,
    number: u32,
    run: Run,
    goes_on: &dyn Fn() -> bool,
) -> Result<Run, Trouble> {
    let wanted = kind(&run);
    let mut smallest = run;
    let mut tree = tree(campaign.seed, number)?;
    let mut budget = Budget { left: LOSSES_OF_SCRIPTS, goes_on };
    let mut more = tree.simplify();
    for _ in 0..SIMPLIFICATIONS {
        if !more || budget.is_spent() {
            break;
        }
        let run = run_script(&tree.current(), implementation, campaign.profile)?;
        budget.spend(&run);
        let same = kind(&run) == wanted;
        if same && run.steps.len() <= smallest.steps.len() {
            smallest = run;
        }
        more = if same { tree.simplify() } else { tree.complicate() };
    }
    let budget = Budget { left: LOSSES_OF_CALLS, goes_on };
    fewer_calls(implementation, campaign.profile, smallest, wanted.as_ref(), budget)
}

/// Leaves calls out as long as the disagreement stays the same.
fn fewer_calls(
    implementation: &mut dyn Implementation,
    profile: Profile,
    run: Run,
    wanted: Option<&Kind>,
    mut budget: Budget<'_>,
) -> Result<Run, Trouble> {
    let mut steps = run.steps.clone();
    if let Ending::Trouble(call, _) = &run.ending {
        steps.push(Step { call: *call, fault: None, saw: Observation::default() });
    }
    let mut smallest = run;
    let mut failure = None;
    let kept = sessck_model::shrink(&steps, |fewer: &[Step]| {
        if failure.is_some() || budget.is_spent() {
            return false;
        }
        match run_again(fewer, implementation, profile, Unmakable::Skip) {
            Ok(run) => {
                budget.spend(&run);
                let same = kind(&run).as_ref() == wanted;
                if same {
                    smallest = run;
                }
                same
            }
            Err(trouble) => {
                failure = Some(trouble);
                false
            }
        }
    });
    drop(kept);
    failure.map_or(Ok(smallest), Err)
}
