//! Which session of a trace is which session of the model.

use sessck_model::{Call, SessId};

/// A one-to-one relation between the sessions that a trace names and those of a model state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    pairs: Vec<(SessId, SessId)>,
}

impl Names {
    /// Notes that the trace's `name` is the model's `id`.
    pub fn bind(&mut self, name: SessId, id: SessId) {
        self.pairs.push((name, id));
    }

    /// Forgets the names that were bound last, down to `len`.
    pub fn truncate(&mut self, len: usize) {
        self.pairs.truncate(len);
    }

    /// How many sessions have a name.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether no session has a name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The model's session of this name. Names come in ascending order, so the newest are found first.
    #[must_use]
    pub fn model(&self, name: SessId) -> Option<SessId> {
        self.pairs.iter().rev().find(|(n, _)| *n == name).map(|(_, id)| *id)
    }

    /// The trace's name of this session.
    #[must_use]
    pub fn trace(&self, id: SessId) -> Option<SessId> {
        self.pairs.iter().rev().find(|(_, i)| *i == id).map(|(name, _)| *name)
    }

    /// Forgets the sessions for which `gone` holds.
    pub fn forget(&mut self, gone: impl Fn(SessId) -> bool) {
        self.pairs.retain(|(_, id)| !gone(*id));
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

/// A call with its session, if it names one, replaced.
fn rename(call: &Call, of: impl Fn(SessId) -> Result<SessId, SessId>) -> Result<Call, SessId> {
    Ok(match *call {
        Call::AddSession(x, s) => Call::AddSession(x, of(s)?),
        Call::RemoveSession(x, s) => Call::RemoveSession(x, of(s)?),
        Call::SetSession(c, s) => Call::SetSession(c, s.map(of).transpose()?),
        Call::SessionUpRef(s) => Call::SessionUpRef(of(s)?),
        Call::SessionFree(s) => Call::SessionFree(of(s)?),
        Call::SessionDup(s) => Call::SessionDup(of(s)?),
        Call::SessionDecode(s) => Call::SessionDecode(of(s)?),
        Call::SessionUse(s) => Call::SessionUse(of(s)?),
        Call::SessionIsResumable(s) => Call::SessionIsResumable(of(s)?),
        Call::SessionSetTime(s, time) => Call::SessionSetTime(of(s)?, time),
        Call::SessionSetTimeout(s, timeout) => Call::SessionSetTimeout(of(s)?, timeout),
        Call::SessionForget(s) => Call::SessionForget(of(s)?),
        other => other,
    })
}
