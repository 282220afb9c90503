//! Calls in the middle of which something fails.

use sessck_model::Call;

use super::witness::with;
use super::{Libssl, memory, transport};
use crate::implementation::{CallFault, Faulted, Lack, Trouble};

/// Whether what was to fail in the call that runs has failed.
pub(super) fn met() -> bool {
    with(|witness| witness.roll.has_failed())
}

impl Libssl {
    /// Carries a call out while something fails in it.
    pub(super) fn perform_with(&mut self, call: &Call, fault: CallFault) -> Result<Faulted, Trouble> {
        with(|witness| witness.driven = None);
        self.arm(fault)?;
        let answer = self.carry_out(call);
        let (allocations, site) = memory::disarm();
        let bytes = transport::disarm();
        let saw = self.observe(&answer?)?;
        let passed = match fault {
            CallFault::Allocation(_) => allocations,
            CallFault::Byte(_) => bytes,
        };
        Ok(Faulted { saw, passed, site })
    }

    fn arm(&self, fault: CallFault) -> Result<(), Trouble> {
        match fault {
            CallFault::Allocation(_) if self.identity.lacks.contains(&Lack::AllocationFaults) => {
                return Err(Trouble::Cannot(Lack::AllocationFaults));
            }
            CallFault::Allocation(number) => memory::arm(number),
            CallFault::Byte(number) => {
                if !transport::arm(self.api, self.plugs(), number) {
                    return Err(Trouble::Cannot(Lack::TransportFaults));
                }
                memory::arm(0);
            }
        }
        Ok(())
    }
}
