//! One naming of sessions over two halves that each have their own.

use std::collections::BTreeMap;

use sessck_model::{Call, SessId, Side};

use crate::implementation::Trouble;

/// Which session of which half each name is.
#[derive(Default)]
pub(super) struct Names {
    homes: Vec<(Side, SessId)>,
    names: [BTreeMap<SessId, SessId>; 2],
}

impl Names {
    /// A session was born: it gets the next name.
    pub(super) fn born(&mut self, side: Side, own: SessId) -> SessId {
        let name = SessId(u32::try_from(self.homes.len()).unwrap_or(u32::MAX));
        self.homes.push((side, own));
        self.names[side as usize].insert(own, name);
        name
    }

    /// The side that a session is of.
    pub(super) fn side_of(&self, name: SessId) -> Option<Side> {
        self.homes.get(name.0 as usize).map(|(side, _)| *side)
    }

    /// The name of a session that a half has shown.
    pub(super) fn of_half(&self, side: Side, own: SessId) -> Result<SessId, Trouble> {
        let name = self.names[side as usize].get(&own).copied();
        name.ok_or_else(|| Trouble::Harness(format!("the {side:?} half shows {own}, which was not born")))
    }

    /// A call as its half is to make it, which has all its sessions.
    pub(super) fn to_half(&self, side: Side, call: &Call) -> Result<Call, Trouble> {
        for name in call.named().sessions.into_iter().flatten() {
            if self.side_of(name) != Some(side) {
                return Err(Trouble::Harness(format!("the {side:?} half has no {name}")));
            }
        }
        let own = |name: SessId| self.homes.get(name.0 as usize).map_or(name, |(_, own)| *own);
        Ok(call.map_names(|x| x, |c| c, own))
    }
}
