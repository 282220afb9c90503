//! Which session of a trace is which session of the model.

use std::cell::Cell;

use sessck_model::{Call, SessId, Table};

/// A one-to-one relation between the sessions that a trace names and those of a model state.
///
/// Names come in ascending order as a rule, and so do the model's ids: then binding costs nothing and finding is a binary search.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    by_name: Table<SessId, SessId, 8>,
    by_id: Table<SessId, SessId, 8>,
}

impl Names {
    /// Notes that the trace's `name` is the model's `id`.
    pub fn bind(&mut self, name: SessId, id: SessId) {
        self.by_name.insert(name, id);
        self.by_id.insert(id, name);
    }

    /// Forgets the name of a session, and says which it was.
    pub fn unbind(&mut self, id: SessId) -> Option<SessId> {
        let name = self.by_id.remove(id)?;
        if self.by_name.get(name) == Some(&id) {
            self.by_name.remove(name);
        }
        Some(name)
    }

    /// Forgets the names of this session and of all that were born after it.
    pub fn unbind_from(&mut self, first: SessId) {
        let newest = |names: &Self| names.by_id.ids().next_back().filter(|id| *id >= first);
        while let Some(id) = newest(self) {
            self.unbind(id);
        }
    }

    /// The names of this session and of all that were born after it: the trace's, the model's; the newest first.
    #[must_use]
    pub fn named_from(&self, first: SessId) -> Vec<(SessId, SessId)> {
        self.by_id.iter().rev().take_while(|(id, _)| *id >= first).map(|(id, name)| (*name, id)).collect()
    }

    /// How many sessions have a name.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether no session has a name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The model's session of this name.
    #[must_use]
    pub fn model(&self, name: SessId) -> Option<SessId> {
        self.by_name.get(name).copied()
    }

    /// The trace's name of this session.
    #[must_use]
    pub fn trace(&self, id: SessId) -> Option<SessId> {
        self.by_id.get(id).copied()
    }

    /// Forgets the sessions for which `gone` holds.
    pub fn forget(&mut self, gone: impl Fn(SessId) -> bool) {
        self.by_name.retain(|_, id| !gone(*id));
        self.by_id.retain(|id, _| !gone(id));
    }

    /// A call with the trace's sessions replaced by the model's; the unknown name where there is one.
    ///
    /// # Errors
    /// The name that is bound to nothing.
    pub fn to_model(&self, call: &Call) -> Result<Call, SessId> {
        rename(call, |name| self.model(name).ok_or(name))
    }

    /// A call with the model's sessions replaced by the trace's names.
    ///
    /// # Errors
    /// The session that has no name.
    pub fn to_trace(&self, call: &Call) -> Result<Call, SessId> {
        rename(call, |id| self.trace(id).ok_or(id))
    }
}

/// A call with the sessions that it names replaced.
fn rename(call: &Call, of: impl Fn(SessId) -> Result<SessId, SessId>) -> Result<Call, SessId> {
    let unknown = Cell::new(None);
    let found = |s| {
        of(s).unwrap_or_else(|name| {
            unknown.set(Some(name));
            name
        })
    };
    let renamed = call.map_names(|x| x, |c| c, found);
    unknown.get().map_or(Ok(renamed), Err)
}
