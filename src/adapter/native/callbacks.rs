//! The callbacks that are set on contexts. Each notes what it saw, and answers as the script set its context.

use std::sync::{Arc, Mutex};

use sessck_model::{Callback, CtxId, GetCallback as Get, Hook, NewCallback as New, NotResumableCallback as NotResumable};

use super::act::act;
use super::witness::{Witness, look};
use crate::adapter::roll::Happening;
use crate::native::{
    Cache, Connection, GetCallback, NewCallback, NewSession, NotResumableCallback, RemoveCallback, Resumption, Session, SessionKey, Watch,
};

/// Tells of births and deaths.
pub(super) struct Watcher(pub(super) Arc<Mutex<Witness>>);

impl Watch for Watcher {
    fn born(&self, session: &Session) {
        look(&self.0, |witness| witness.born(session));
    }

    fn died(&self, session: SessionKey) {
        look(&self.0, |witness| witness.died(session));
    }
}

/// The new-session callback of a context.
pub(super) fn on_new(witness: &Arc<Mutex<Witness>>, context: CtxId, answer: New) -> Option<Arc<NewCallback>> {
    let kept = match answer {
        New::Unset => return None,
        New::Keep => true,
        New::Refuse => false,
    };
    let witness = Arc::clone(witness);
    Some(Arc::new(move |connection: &Connection, session: &Session| {
        let (resumable, handle) = (session.is_resumable(), kept.then(|| session.clone()));
        let noted = look(&witness, |witness| {
            let (driven, _) = witness.driven?;
            let serial = witness.roll.show(&session.key())?;
            witness.roll[serial].own.handles.extend(handle);
            witness.roll.happens(Happening::New { connection: driven, session: serial, resumable, kept });
            Some(serial)
        });
        if let Some(serial) = noted {
            act(&witness, Callback::New, context, connection.home().cache(), session, serial);
        }
        if kept { NewSession::Taken } else { NewSession::Refused }
    }))
}

/// The remove-session callback of a context.
pub(super) fn on_remove(witness: &Arc<Mutex<Witness>>, context: CtxId) -> Arc<RemoveCallback> {
    let witness = Arc::clone(witness);
    Arc::new(move |cache: &Cache, session: &Session| {
        let noted = look(&witness, |witness| {
            let serial = witness.roll.show(&session.key())?;
            witness.roll.happens(Happening::Removed { context, session: serial });
            Some(serial)
        });
        if let Some(serial) = noted {
            act(&witness, Callback::Remove, context, cache, session, serial);
        }
    })
}

/// The not-resumable callback of a context.
pub(super) fn on_not_resumable(witness: &Arc<Mutex<Witness>>, answer: NotResumable) -> Option<Arc<NotResumableCallback>> {
    let (resumption, answer) = match answer {
        NotResumable::Unset => return None,
        NotResumable::Allow => (Resumption::Allowed, 0),
        NotResumable::Forbid => (Resumption::Forbidden, 1),
    };
    let witness = Arc::clone(witness);
    Some(Arc::new(move |_: &Connection| {
        hooked(&witness, Hook::NotResumable, answer);
        resumption
    }))
}

/// Notes what another callback answered, on the connection that is being driven.
pub(super) fn hooked(witness: &Mutex<Witness>, hook: Hook, answer: i8) {
    look(witness, |witness| {
        if let Some((connection, _)) = witness.driven {
            witness.roll.happens(Happening::Hook { hook, connection, answer });
        }
    });
}

/// The get-session callback of a context: what it finds is the oldest session of equal id to which the application holds a reference.
pub(super) fn on_get(witness: &Arc<Mutex<Witness>>, context: CtxId, answer: Get) -> Option<Arc<GetCallback>> {
    if answer == Get::Unset {
        return None;
    }
    let witness = Arc::clone(witness);
    Some(Arc::new(move |connection: &Connection, wanted| {
        let (serial, session) = look(&witness, |witness| {
            let (driven, _) = witness.driven?;
            let any = answer == Get::Any;
            let fits = |session: &Session| session.id().is_some_and(|id| any || id == *wanted);
            let found = witness.owned(context, any).find(|(_, session)| fits(session)).map(|(serial, _)| serial);
            let found = found.filter(|_| answer != Get::Miss);
            witness.roll.happens(Happening::Asked { connection: driven, answer: found });
            let life = &mut witness.roll[found?];
            life.home.get_or_insert(context);
            let given = match answer {
                Get::Give | Get::GiveBorrowed => life.own.handles.pop(),
                Get::Unset | Get::Miss | Get::Copy | Get::Preset | Get::Any => life.own.handles.first().cloned(),
            };
            let key = life.own.session.upgrade().map(|session| session.key());
            key.and_then(|key| witness.roll.show(&key));
            Some((found?, given?))
        })?;
        act(&witness, Callback::Get, context, connection.home().cache(), &session, serial);
        Some(session)
    }))
}
