//! The call in which something fails, and those after it.

use sessck_model::Call;

use super::aftermath::{Aftermath, written};
use super::{Case, Ending, Made, Passed, Step, Unbound};
use crate::checker::Violation;
use crate::implementation::{CallFault, Faulted};

impl Case<'_> {
    /// Makes one call while something fails in it. Where it does not come to that, the call is one like any other.
    pub(super) fn make_faulted(&mut self, call: Call, fault: CallFault) -> Made {
        if let Some(why) = self.unmakable(&call) {
            return Made::Left(call, why);
        }
        let mut aftermath = Aftermath::before(&self.checker);
        let performed = self.implementation.perform_faulted(&call, fault);
        let Faulted { saw, passed, site } = match self.answered(call, performed) {
            Ok(faulted) => faulted,
            Err(made) => return made,
        };
        let step = Step { call, fault: Some(fault), saw };
        let failed = step.failed();
        self.run.faulted = Some(Passed { number: passed, failed, site });
        let broken = if failed { aftermath.event(&call, &step.saw) } else { None };
        let verdict = if failed { None } else { Some(self.checker.event(&call, &step.saw)) };
        self.run.steps.push(step);
        match verdict {
            Some(verdict) => self.settle(verdict),
            None => {
                self.aftermath = Some(aftermath);
                self.stands(broken)
            }
        }
    }

    /// Makes one call after something failed.
    pub(super) fn make_after(&mut self, call: Call) -> Made {
        if !self.aftermath.as_ref().is_some_and(|aftermath| aftermath.permits(&call)) {
            return Made::Left(call, Unbound::UnknownObject);
        }
        let performed = self.implementation.perform(&call);
        let saw = match self.answered(call, performed) {
            Ok(saw) => saw,
            Err(made) => return made,
        };
        let broken = self.aftermath.as_mut().and_then(|aftermath| aftermath.event(&call, &saw));
        self.run.steps.push(Step { call, fault: None, saw });
        self.stands(broken)
    }

    fn stands(&mut self, broken: Option<Violation>) -> Made {
        let Some(violation) = broken else { return Made::Yes };
        self.run.ending = Ending::Violation(violation);
        Made::Ended
    }

    /// After something failed the application gives all back that it holds.
    pub(super) fn give_back(&mut self) {
        while let Some(call) = self.aftermath.as_ref().and_then(Aftermath::next_call) {
            if !matches!(self.make_after(call), Made::Yes) {
                return;
            }
        }
        match self.implementation.written_after_release() {
            Ok(blocks) => _ = self.stands(written(blocks)),
            Err(trouble) => self.run.ending = self.run.steps.last().map_or(Ending::Agrees, |step| Ending::Trouble(step.call, trouble)),
        }
    }
}
