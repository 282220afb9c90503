//! The internal cache: adding, finding, removing, dropping for size, flushing.

use crate::step::{Answer, Step, Stop};
use crate::{
    Callback, ConnId, Context, Counter, CtxId, Deviation, Effect, GetCallback, Ident, Misuse, Obligation, Origin, Outcome, Removal,
    RemoveCallback, SessId, Undefined,
};

impl Step<'_> {
    pub(crate) fn add_session(&mut self, context: CtxId, id: SessId) -> Answer {
        self.held_context(context)?;
        self.rightly_named(id)?;
        if self.session(id)?.freed || self.may_be_nameless(id)? {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        if self.is_in_the_making(id)? {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.used_with(id, context)?;
        self.session_mut(id)?;
        Ok(Outcome::Number(self.store(context, id, false)?.into()))
    }

    /// Puts a session into a context's cache. Says whether it was not there yet.
    pub(crate) fn store(&mut self, asked: CtxId, id: SessId, automatic: bool) -> Result<bool, Stop> {
        let context = if self.deviates(Deviation::CacheShared) { self.oldest_of_side(asked)? } else { asked };
        // divergence: adding counts as a use
        if self.context(context)?.mode.update_time && self.deviates(Deviation::UpdateTimeOnlyWhenAdded) {
            let now = self.state.now;
            self.session_mut(id)?.time = now.into();
        }
        if self.context(context)?.holds(id) {
            if self.deviates(Deviation::AddAgainCounts) {
                self.take(id)?;
            }
            if self.deviates(Deviation::AddAgainMovesUp) {
                let cache = &mut self.context_mut(context)?.cache;
                cache.retain(|cached| *cached != id);
                cache.insert(0, id);
            }
            return Ok(false);
        }
        if let Some(twin) = self.twin(context, id)? {
            self.displace(context, twin)?;
        }
        if !self.deviates(Deviation::AddDoesNotCount) {
            self.take(id)?;
        }
        let listed = self.session(id)?.stray;
        self.link(context, id, automatic)?;
        self.make_room(context, Some(id).filter(|_| !listed))?;
        // divergence: what was listed already can be dropped for size at once, and is listed again
        if listed && self.session(id)?.link.is_none() {
            let session = self.session_mut(id)?;
            (session.owner, session.stray) = (Some(context), true);
        }
        Ok(true)
    }

    fn oldest_of_side(&self, asked: CtxId) -> Result<CtxId, Stop> {
        let side = self.context(asked)?.side;
        let oldest = self.state.contexts.iter().find(|(_, x)| x.side == side).map(|(id, _)| id);
        Ok(oldest.unwrap_or(asked))
    }

    /// The object that has this one's place: another of the same identity.
    pub(crate) fn twin(&self, context: CtxId, id: SessId) -> Result<Option<SessId>, Stop> {
        let session = self.session(id)?;
        let alike = |other: &crate::Session| {
            // latitude: no page says whether two sessions without an id have the same
            let kindred = (session.origin == Origin::Empty) == (other.origin == Origin::Empty);
            let named = session.identity.is_some() || (self.choice.nameless_alike && kindred);
            named && session.is_named_like(other)
        };
        let cache = self.context(context)?.cache.iter().copied();
        Ok(cache.filter(|other| *other != id).find(|other| self.state.sessions.get(*other).is_some_and(alike)))
    }

    /// The session in the internal cache that a client can mean by this identity.
    pub(crate) fn cached(&self, context: CtxId, identity: Ident) -> Option<SessId> {
        let cache = &self.state.contexts.get(context)?.cache;
        let is_it = |s: &crate::Session| s.identity == Some(identity) && s.is_proposable();
        cache.iter().copied().find(|id| self.state.sessions.get(*id).is_some_and(is_it))
    }

    fn displace(&mut self, context: CtxId, twin: SessId) -> Result<(), Stop> {
        if self.deviates(Deviation::SameIdentityTwice) {
            return Ok(());
        }
        self.unlink(context, twin, Removal::Displaced)?;
        if !self.deviates(Deviation::DisplacedSilently) {
            self.announce_removal(context, twin, Removal::Displaced)?;
        }
        if self.deviates(Deviation::DisplacedKeepsReference) { Ok(()) } else { self.give_back(twin) }
    }

    /// Links a session at the front. Who calls it has counted the reference.
    pub(crate) fn link(&mut self, context: CtxId, id: SessId, automatic: bool) -> Result<(), Stop> {
        let session = self.session_mut(id)?;
        session.link = Some(context);
        session.owner = Some(context);
        session.stray = false;
        self.context_mut(context)?.cache.insert(0, id);
        self.note(Effect::Linked { context, session: id, automatic });
        Ok(())
    }

    /// Takes a session out of the list. Who calls it gives the reference back.
    pub(crate) fn unlink(&mut self, context: CtxId, id: SessId, why: Removal) -> Result<(), Stop> {
        let cache = &mut self.context_mut(context)?.cache;
        let Some(place) = cache.iter().position(|s| *s == id) else { return Ok(()) };
        cache.remove(place);
        let from_end = u32::try_from(cache.len() - place).unwrap_or(u32::MAX);
        let session = self.session_mut(id)?;
        session.link = None;
        session.owner = None;
        self.note(Effect::Unlinked { context, session: id, why, from_end });
        Ok(())
    }

    /// Drops sessions from the end until the cache is within its size. Never the one that was just added.
    pub(crate) fn make_room(&mut self, context: CtxId, added: Option<SessId>) -> Result<(), Stop> {
        while self.is_too_large(context, added)? {
            let Some(victim) = self.next_victim(context, added)? else { return Ok(()) };
            if self.deviates(Deviation::RemovalNeedsIdentity) && self.session(victim)?.identity.is_none() {
                return Ok(());
            }
            self.remove_linked(context, victim, Removal::Size)?;
            self.count(context, Counter::CacheFull)?;
        }
        Ok(())
    }

    fn is_too_large(&self, context: CtxId, added: Option<SessId>) -> Result<bool, Stop> {
        let context = self.context(context)?;
        let length = u32::try_from(context.cache.len()).unwrap_or(u32::MAX);
        let allowed =
            if self.deviates(Deviation::EvictsAtSize) { context.size.saturating_sub(1).max(added.is_some().into()) } else { context.size };
        Ok(context.size > 0 && length > allowed && !self.deviates(Deviation::NeverEvicts))
    }

    fn next_victim(&self, context: CtxId, added: Option<SessId>) -> Result<Option<SessId>, Stop> {
        let context = self.context(context)?;
        let candidates = || context.cache.iter().rev().copied().filter(|id| Some(*id) != added);
        let expiry = |id: &SessId| self.state.sessions.get(*id).map_or(0_i64, |s| s.time.saturating_add(s.timeout));
        // once it is gone the others follow
        let itself = added.filter(|id| self.deviates(Deviation::DropsWhatIsAdded) && context.cache.contains(id));
        Ok(if itself.is_some() {
            itself
        } else if self.deviates(Deviation::EvictsFromFront) {
            context.cache.iter().copied().find(|id| Some(*id) != added)
        } else if self.deviates(Deviation::EvictsByExpiry) {
            candidates().min_by_key(expiry)
        } else {
            candidates().next()
        })
    }

    pub(crate) fn remove_session(&mut self, context: CtxId, id: SessId) -> Answer {
        self.held_context(context)?;
        self.rightly_named(id)?;
        if self.may_be_nameless(id)? {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        self.used_with(id, context)?;
        self.session_mut(id)?;
        Ok(Outcome::Number(self.retire(context, id, Removal::ByHand)?.into()))
    }

    /// Takes a session out of use: out of the cache if it is there, and marked. Says whether it was there.
    pub(crate) fn retire(&mut self, context: CtxId, id: SessId, why: Removal) -> Result<bool, Stop> {
        if self.deviates(Deviation::RemovalNeedsIdentity) && self.session(id)?.identity.is_none() {
            return Ok(false);
        }
        if self.context(context)?.holds(id) {
            self.remove_linked(context, id, why)?;
            return Ok(true);
        }
        let twin = if self.deviates(Deviation::RemoveTakesTwin) { self.twin(context, id)? } else { None };
        if let Some(twin) = twin {
            self.unlink(context, twin, why)?;
        }
        self.mark(id, why)?;
        if self.choice.uncached_announced && self.session(id)?.identity.is_some() {
            self.announce_removal(context, id, why)?;
        }
        match twin {
            Some(twin) => self.give_back(twin).map(|()| true),
            None => Ok(false),
        }
    }

    fn mark(&mut self, id: SessId, why: Removal) -> Result<(), Stop> {
        let spared = match why {
            Removal::Displaced | Removal::Refused => true,
            Removal::ByHand => self.deviates(Deviation::RemoveDoesNotMark),
            Removal::Unclean => self.deviates(Deviation::UncleanNotMarked),
            Removal::Expired | Removal::Size | Removal::ContextFreed | Removal::SingleUse | Removal::Used | Removal::Misfit => false,
        };
        if !spared {
            let session = self.session_mut(id)?;
            session.marked = true;
            // the mark says as much
            session.settle();
        }
        Ok(())
    }

    /// Takes a session that is in the cache out of it: unlinked, marked, announced, given back.
    pub(crate) fn remove_linked(&mut self, context: CtxId, id: SessId, why: Removal) -> Result<(), Stop> {
        if why == Removal::Unclean && self.deviates(Deviation::UncleanStaysCached) {
            return self.mark(id, why);
        }
        self.unlink(context, id, why)?;
        self.mark(id, why)?;
        let silent = match why {
            Removal::Expired => self.deviates(Deviation::FlushedSilently),
            Removal::ContextFreed => self.deviates(Deviation::ContextFreeSilent),
            Removal::ByHand | Removal::Unclean | Removal::Size | Removal::Displaced => false,
            Removal::Refused | Removal::SingleUse | Removal::Used | Removal::Misfit => false,
        };
        let late = self.deviates(Deviation::RemoveCallbackAfterRelease);
        if !silent && !late {
            self.announce_removal(context, id, why)?;
        }
        if !(why == Removal::ByHand && self.deviates(Deviation::RemoveKeepsReference)) {
            self.give_back(id)?;
        }
        if !silent && late { self.announce_removal(context, id, why) } else { Ok(()) }
    }

    pub(crate) fn announce_removal(&mut self, context: CtxId, id: SessId, why: Removal) -> Result<(), Stop> {
        if self.context(context)?.remove_callback == RemoveCallback::Unset {
            return Ok(());
        }
        let alive = !self.session(id)?.freed;
        self.note(Effect::RemoveCallback { context, session: id, alive });
        if alive { self.act(Callback::Remove, context, id, Some(why)) } else { Ok(()) }
    }

    pub(crate) fn cache_number(&mut self, id: CtxId) -> Answer {
        let context = self.held_context(id)?;
        let blind = context.mode.no_store && self.deviates(Deviation::NumberOnlyOfStored);
        let number = if blind { 0 } else { i64::try_from(context.cache.len()).unwrap_or(i64::MAX) };
        Ok(Outcome::Number(number))
    }

    pub(crate) fn flush_sessions(&mut self, context: CtxId, at: u32) -> Answer {
        self.held_context(context)?;
        if at == 0 {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.flush(context, at)?;
        Ok(Outcome::Done)
    }

    /// Takes out every session that is expired then.
    pub(crate) fn flush(&mut self, context: CtxId, at: impl Into<i64>) -> Result<(), Stop> {
        let (at, all) = (at.into(), self.deviates(Deviation::FlushTakesAll));
        let due = |step: &Self, id: &SessId| all || step.state.sessions.get(*id).is_some_and(|s| s.is_expired(at));
        let mut victims: smallvec::SmallVec<[SessId; 8]> = self.context(context)?.cache.iter().rev().copied().collect();
        victims.retain(|id| due(self, id));
        if self.deviates(Deviation::FlushStopsEarly) {
            victims.truncate(1);
        }
        for id in victims {
            // a callback may have taken it out meanwhile
            if !self.context(context)?.holds(id) {
                continue;
            }
            let used = self.state.connections.iter().any(|(_, c)| c.session == Some(id));
            self.remove_linked(context, id, Removal::Expired)?;
            if used && self.deviates(Deviation::FlushFreesUsed) {
                self.give_back(id)?;
            }
        }
        self.flush_strays(context, at)
    }

    // divergence: a duplicate that kept the original's owner was listed there by set_time; the flush takes it for cached.
    fn flush_strays(&mut self, context: CtxId, at: i64) -> Result<(), Stop> {
        if !self.deviates(Deviation::DupKeepsOwner) {
            return Ok(());
        }
        let stray = |id: SessId, s: &crate::Session| (s.stray && s.owner == Some(context) && s.is_expired(at) && !s.freed).then_some(id);
        let strays: smallvec::SmallVec<[SessId; 4]> = self.state.sessions.iter().filter_map(|(id, s)| stray(id, s)).collect();
        for id in strays {
            if let Some(twin) = self.twin(context, id)? {
                self.unlink(context, twin, Removal::Expired)?;
            }
            let session = self.session_mut(id)?;
            session.marked = true;
            session.owner = None;
            self.announce_removal(context, id, Removal::Expired)?;
            self.give_back(id)?;
        }
        Ok(())
    }

    /// A server looks a proposal up: inside, then outside. What is found comes with a reference taken.
    pub(crate) fn lookup(&mut self, connection: ConnId, identity: Ident) -> Result<Option<SessId>, Stop> {
        let id = self.connection(connection)?.context;
        let context = self.context(id)?;
        let told_not_to = context.mode.no_lookup && !self.deviates(Deviation::LookupIgnoresFlag);
        let looks = !told_not_to && (context.mode.server || self.choice.looks_while_off);
        let inside = if looks { self.cached(id, identity) } else { None };
        match inside {
            Some(found) => self.take(found)?,
            None if told_not_to => self.count_in_doubt(id, Counter::Misses)?,
            None => self.count(id, Counter::Misses)?,
        }
        let asks = inside.is_none() || self.deviates(Deviation::GetCallbackFirst);
        let outside = if asks { self.ask_outside(connection, identity)? } else { None };
        if let (Some(inside), Some(_)) = (inside, outside) {
            self.give_back(inside)?;
        }
        let found = outside.or(inside);
        self.note(Effect::Lookup { connection, identity, found, inside: inside.is_some() });
        Ok(found)
    }

    /// Asks the get callback. What it gives comes with a reference taken, and is copied into the internal cache.
    fn ask_outside(&mut self, connection: ConnId, identity: Ident) -> Result<Option<SessId>, Stop> {
        let id = self.connection(connection)?.context;
        let context = self.context(id)?;
        let skipped = !context.mode.server && self.deviates(Deviation::GetCallbackOnlyWhileCaching);
        let (callback, stores) = (context.get_callback, self.copies_found(context));
        if callback == GetCallback::Unset || skipped || self.deviates(Deviation::GetCallbackNeverAsked) {
            return Ok(None);
        }
        let answer = match callback {
            GetCallback::Unset | GetCallback::Miss => None,
            GetCallback::GiveBorrowed => self.borrowed_finds(id, identity)?,
            GetCallback::Copy | GetCallback::Preset | GetCallback::Give | GetCallback::Any => {
                self.application_finds(id, callback, identity)
            }
        };
        let copy = !matches!(callback, GetCallback::Give | GetCallback::GiveBorrowed);
        self.note(Effect::GetCallback { connection, identity, answer, copy });
        let Some(found) = answer else { return Ok(None) };
        self.used_with(found, id)?;
        self.act(Callback::Get, id, found, None)?;
        if !copy {
            let session = self.session_mut(found)?;
            session.owned = session.owned.saturating_sub(1);
        } else if !self.deviates(Deviation::GetCallbackNotCopied) {
            self.take(found)?;
        }
        // divergence: a library that erases the identity of what it resumes does not ask for the mark
        if self.session(found)?.marked && !self.deviates(Deviation::MarkedLosesIdentity) {
            self.count_in_doubt(id, Counter::CallbackHits)?;
            self.give_back(found)?;
            return Ok(None);
        }
        self.count(id, Counter::CallbackHits)?;
        if stores {
            self.store(id, found, true)?;
        }
        Ok(Some(found))
    }

    /// The oldest session of this context and identity that the application has borrowed: to give it away it has to own a reference.
    fn borrowed_finds(&self, context: CtxId, identity: Ident) -> Result<Option<SessId>, Stop> {
        let lent = |id: SessId| self.state.borrows.iter().any(|b| b.session == id && b.of.is_some());
        let fits = |s: &crate::Session| !s.freed && s.identity == Some(identity) && s.context == Some(context);
        let Some((id, found)) = self.state.sessions.iter().find(|(id, s)| fits(s) && lent(*id)) else { return Ok(None) };
        if found.owned == 0 {
            self.obliged(Obligation::GetCallbackOwned, Misuse::GivesBorrowed(id))?;
        }
        Ok(Some(id))
    }

    /// Whether what was found outside goes into the internal cache.
    fn copies_found(&self, context: &Context) -> bool {
        let on = context.mode.client || context.mode.server;
        !context.mode.no_store && !self.deviates(Deviation::FoundNotCopied) && (on || self.deviates(Deviation::OffCopiesFound))
    }
}
