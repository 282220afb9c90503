//! From moves to calls: copies, ids, and sessions of unusual kinds that are added and removed by hand.

use sessck_model::{Call, CtxId, Origin, SessId, Session, State};

use super::resolve::{Pending, any_context, nth};
use super::{Move, OnSession, Pick};

/// The calls of a move that is about copies or ids, if it is.
pub(super) fn on_session(state: &State, pick: Pick, what: &OnSession) -> Option<Vec<Pending>> {
    let held: Vec<SessId> = state.sessions.iter().rev().filter(|(id, _)| state.reachable(*id)).map(|(id, _)| id).collect();
    let chosen = |pick: Pick| nth(held.iter(), pick).copied();
    let id = chosen(pick);
    let call = match what {
        OnSession::AddAny => id.and_then(|id| Some(Call::AddSession(home(state, pick, id)?, id))),
        OnSession::RemoveAny => id.and_then(|id| Some(Call::RemoveSession(home(state, pick, id)?, id))),
        // some of what is encoded was never negotiated
        OnSession::DecodeAs(coding) if !pick.is_multiple_of(8) => id.map(|id| Call::SessionDecodeAs(id, *coding)),
        OnSession::DecodeAs(_) | OnSession::DecodeInto(_) if newest(state).is_none() => {
            return Some(vec![Pending::Call(Call::SessionNew), Pending::Move(Move::OnSession(pick, what.clone()))]);
        }
        OnSession::DecodeAs(coding) => newest(state).map(|new| Call::SessionDecodeAs(new, *coding)),
        OnSession::DecodeInto(coding) => newest(state).and_then(|new| {
            let from = nth(held.iter().filter(|id| **id != new), pick)?;
            Some(Call::SessionDecodeInto(new, *from, *coding))
        }),
        OnSession::SetId(new) => id.map(|id| Call::SessionSetId(id, *new)),
        OnSession::SetIdOf(other) => id.zip(chosen(*other)).filter(|(id, of)| id != of).map(|(id, of)| Call::SessionSetIdOf(id, of)),
        OnSession::SameId(other) => id.zip(chosen(*other)).filter(|(a, b)| a != b).map(|(a, b)| Call::SessionSameId(a, b)),
        _ => return None,
    };
    Some(call.map(Pending::Call).into_iter().collect())
}

/// The context that a session was used with, or any.
fn home(state: &State, pick: Pick, id: SessId) -> Option<CtxId> {
    state.sessions.get(id)?.context.or_else(|| any_context(state, pick, |_| true))
}

/// The newest session that was never negotiated, and that nothing was done to.
fn newest(state: &State) -> Option<SessId> {
    let untouched = |s: &Session| s.origin == Origin::Empty && (s.count, s.owned) == (1, 1) && s.identity.is_none();
    state.sessions.iter().rev().find(|(_, s)| untouched(s) && s.untimed && s.context.is_none()).map(|(id, _)| id)
}
