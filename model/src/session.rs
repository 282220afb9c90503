//! What can be done to a session object: taking and giving back references, copying, reading, changing its time.

use smallvec::SmallVec;

use crate::step::{Answer, Step, Stop};
use crate::{
    Borrow, ConnId, Connection, CtxId, Deviation, Effect, Misuse, Obligation, Origin, Outcome, SessId, Session, Undefined, Version,
};

/// How long an object that was never negotiated is good for: no page says, so this is what libraries have.
const EMPTY_TIMEOUT_S: i64 = 304;

/// The most borrowed pointers that an application keeps: a further get0 forgets one that has ended.
const BORROWS_KEPT: usize = 4;

impl Session {
    /// A session with one reference, owned by nobody yet.
    pub(crate) fn fresh(origin: Origin, version: Version, time: i64) -> Self {
        Self {
            count: 1,
            owned: 0,
            freed: false,
            context: None,
            orphaned: false,
            link: None,
            owner: None,
            stray: false,
            marked: false,
            identity: None,
            own: None,
            origin,
            side: None,
            version,
            time,
            timeout: crate::context::TIMEOUT_PRESET_S,
            untimed: true,
            sid_ctx: 0,
            other_group: false,
            hint: 0,
            hinted: false,
            ticket: None,
        }
    }
}

impl Session {
    // divergence: a list that is sorted by expiry takes in whatever believes to be owned by it
    pub(crate) fn list_again(&mut self) {
        self.stray = self.owner.is_some() && self.link.is_none();
    }
}

impl Step<'_> {
    /// Gives a session a slot.
    pub(crate) fn born(&mut self, session: Session) -> SessId {
        let id = SessId(self.state.next_session);
        self.state.next_session += 1;
        self.journal.note_session(self.state, id);
        self.state.sessions.insert(id, session);
        self.note(Effect::Born(id));
        id
    }

    /// Takes one reference.
    pub(crate) fn take(&mut self, id: SessId) -> Result<(), Stop> {
        self.session_mut(id)?.count += 1;
        Ok(())
    }

    /// Gives one reference back; the last one takes the memory with it.
    pub(crate) fn give_back(&mut self, id: SessId) -> Result<(), Stop> {
        let session = self.session_mut(id)?;
        session.count = session.count.saturating_sub(1);
        if session.count == 0 && !session.freed {
            session.freed = true;
            self.note(Effect::Died(id));
            self.forget_earlier(id)?;
        }
        Ok(())
    }

    /// No connection knows a session of its own that is gone.
    fn forget_earlier(&mut self, id: SessId) -> Result<(), Stop> {
        let knows = |c: &Connection| c.earlier.contains(&id);
        let knowing: SmallVec<[ConnId; 2]> = self.state.connections.iter().filter(|(_, c)| knows(c)).map(|(c, _)| c).collect();
        for connection in knowing {
            self.connection_mut(connection)?.earlier.retain(|s| *s != id);
        }
        Ok(())
    }

    /// Notes a borrowed pointer in place of the one that this connection lent before.
    pub(crate) fn lend(&mut self, id: ConnId, session: SessId) {
        let borrows = &mut self.state.borrows;
        // another connection can have lent the same session: that borrow lives on its own
        borrows.retain(|b| b.of != Some(id) && (b.session != session || b.of.is_some()));
        let ended = borrows.iter().position(|b| b.of.is_none());
        if let Some(ended) = ended.filter(|_| borrows.len() >= BORROWS_KEPT) {
            borrows.remove(ended);
        }
        borrows.push(Borrow { session, of: Some(id) });
    }

    /// Refuses a pointer that the application has no right to pass.
    pub(crate) fn rightly_named(&self, id: SessId) -> Result<(), Stop> {
        self.session(id)?;
        if self.state.reachable(id) { Ok(()) } else { self.obliged(Obligation::Borrow, Misuse::EndedBorrow(id)) }
    }

    /// Binds a session to the context that it is used with, and refuses a second one.
    pub(crate) fn used_with(&mut self, id: SessId, context: CtxId) -> Result<(), Stop> {
        let session = self.session(id)?;
        match session.context {
            Some(first) if first != context => {
                self.obliged(Obligation::OneContext, Misuse::SecondContext { session: id, first, second: context })
            }
            Some(_) => Ok(()),
            None if session.orphaned => Err(Stop::Undefined(Undefined::UnfitSession)),
            None => {
                self.session_mut(id)?.context = Some(context);
                Ok(())
            }
        }
    }

    /// Refuses to attach a session that was negotiated for the other end.
    pub(crate) fn fits_end(&self, id: SessId, context: CtxId) -> Result<(), Stop> {
        let side = self.context(context)?.side;
        let fits = self.session(id)?.side.is_none_or(|made_for| made_for == side);
        if fits { Ok(()) } else { Err(Stop::Undefined(Undefined::UnfitSession)) }
    }

    /// Gives the application a reference that the library counted.
    pub(crate) fn hand_over(&mut self, id: SessId) -> Result<(), Stop> {
        self.session_mut(id)?.owned += 1;
        Ok(())
    }

    pub(crate) fn session_new(&mut self) -> Answer {
        let mut session = Session::fresh(Origin::Empty, Version::Tls12, self.state.now.into());
        session.owned = 1;
        session.timeout = EMPTY_TIMEOUT_S;
        session.count = if self.deviates(Deviation::NewSessionCountsTwice) { 2 } else { 1 };
        Ok(Outcome::Session(Some(self.born(session))))
    }

    pub(crate) fn session_up_ref(&mut self, id: SessId) -> Answer {
        self.rightly_named(id)?;
        if !self.deviates(Deviation::UpRefDoesNotCount) {
            self.take(id)?;
        }
        self.hand_over(id)?;
        Ok(Outcome::Number(1))
    }

    pub(crate) fn session_free(&mut self, id: SessId) -> Answer {
        let session = self.session(id)?;
        if session.owned == 0 {
            // a pointer that a connection had lent, and that outlived it
            if self.state.borrows.iter().any(|b| b.session == id && b.of.is_none()) {
                self.obliged(Obligation::FreeIndirect, Misuse::FreedIndirectly(id))?;
            } else {
                self.obliged(Obligation::FreeOnlyOwn, Misuse::NotOwned(id))?;
            }
        }
        let session = self.session_mut(id)?;
        session.owned = session.owned.saturating_sub(1);
        if !self.deviates(Deviation::FreeKeepsReference) {
            self.give_back(id)?;
        }
        Ok(Outcome::Done)
    }

    pub(crate) fn session_free_null(&mut self) -> Answer {
        Ok(Outcome::Done)
    }

    pub(crate) fn session_forget(&mut self, id: SessId) -> Answer {
        if self.session(id)?.owned == 0 {
            return Err(Stop::Undefined(Undefined::NoSuchObject));
        }
        self.obliged(Obligation::FreeOnce, Misuse::Forgotten(id))?;
        self.session_mut(id)?.owned -= 1;
        Ok(Outcome::Done)
    }

    pub(crate) fn session_dup(&mut self, id: SessId) -> Answer {
        self.rightly_named(id)?;
        self.session_mut(id)?;
        let original = self.session(id)?;
        let (link, owner) = (original.link, original.owner);
        let mut copy = original.copied(Origin::Copy);
        copy.context = None;
        copy.owned = 1;
        copy.owner = if self.deviates(Deviation::DupKeepsOwner) { owner } else { None };
        let id = self.born(copy);
        if let (true, Some(context)) = (self.deviates(Deviation::DupIsLinked), link) {
            self.link(context, id, false)?;
        }
        Ok(Outcome::Session(Some(id)))
    }

    pub(crate) fn session_use(&mut self, id: SessId) -> Answer {
        self.rightly_named(id)?;
        self.session_mut(id)?;
        Ok(Outcome::Done)
    }

    pub(crate) fn session_is_resumable(&mut self, id: SessId) -> Answer {
        self.rightly_named(id)?;
        self.session_mut(id)?;
        let session = self.session(id)?;
        let blind = self.deviates(Deviation::ResumableIgnoresMark) && session.identity.is_some();
        Ok(Outcome::Number(i64::from(session.is_resumable() || blind)))
    }

    pub(crate) fn session_set_time(&mut self, id: SessId, time: i64) -> Answer {
        self.rightly_named(id)?;
        let session = self.session_mut(id)?;
        session.time = time;
        session.list_again();
        self.sort_again(id)?;
        Ok(Outcome::Number(if self.deviates(Deviation::SetTimeReturnsTime) { time } else { 1 }))
    }

    pub(crate) fn session_set_timeout(&mut self, id: SessId, timeout_s: i64) -> Answer {
        self.rightly_named(id)?;
        // latitude: no page says what a timeout below 0 means
        if self.choice.negative_refused && timeout_s < 0 {
            return Ok(Outcome::Number(0));
        }
        let timeout_s = self.kept_timeout(timeout_s);
        let session = self.session_mut(id)?;
        session.timeout = timeout_s;
        session.untimed = false;
        session.list_again();
        self.sort_again(id)?;
        Ok(Outcome::Number(1))
    }

    // divergence: a list that is sorted by expiry has a session whose time was set before its equals
    fn sort_again(&mut self, id: SessId) -> Result<(), Stop> {
        let Some(context) = self.session(id)?.link.filter(|_| self.deviates(Deviation::EvictsByExpiry)) else { return Ok(()) };
        let cache = &mut self.context_mut(context)?.cache;
        cache.retain(|cached| *cached != id);
        cache.insert(0, id);
        Ok(())
    }
}
