//! What encoding and decoding do to session objects, and giving them another id.

use crate::step::{Answer, Step, Stop};
use crate::{Coding, Deviation, Ident, Misuse, NewId, Obligation, Origin, Outcome, Phase, SessId, Session, Side, Undefined, Version};

impl Session {
    /// What it really is, whatever it is called.
    #[must_use]
    pub fn real(&self) -> Option<Ident> {
        self.own.or(self.identity)
    }

    /// Whether an application that is given this session's name would find `other` by it. In TLS 1.3 the two ends name a session differently.
    #[must_use]
    pub fn is_named_like(&self, other: &Self) -> bool {
        self.identity == other.identity && self.version == other.version && (self.version == Version::Tls12 || self.side == other.side)
    }

    /// Whether a server can find it by what clients propose: it was negotiated, and is named as servers name sessions.
    #[must_use]
    pub fn is_proposable(&self) -> bool {
        self.origin != Origin::Empty && (self.version == Version::Tls12 || self.side != Some(Side::Client))
    }

    /// A copy with one reference, owned by nobody yet, in no cache and used with no context. What was never negotiated stays so.
    pub(crate) fn copied(&self, origin: Origin) -> Self {
        let origin = match (self.origin, origin) {
            (Origin::Empty, _) => Origin::Empty,
            (Origin::Begun, Origin::Copy) => Origin::Begun,
            (Origin::Begun | Origin::Handshake | Origin::Copy, origin) => origin,
        };
        Self { count: 1, owned: 0, freed: false, orphaned: false, link: None, owner: None, stray: false, origin, ..self.clone() }
    }

    /// Its handshake gives it this identity. With one it is as good as any, however far that handshake comes.
    pub(crate) fn named(&mut self, identity: Ident) {
        self.identity = Some(identity);
        self.settle();
    }

    /// From now on it does not matter whether its handshake completes.
    pub(crate) fn settle(&mut self) {
        if self.origin == Origin::Begun {
            self.origin = Origin::Handshake;
        }
    }

    /// Whether it is as `SSL_SESSION_new` made it, and the application's alone.
    fn is_new(&self) -> bool {
        let untouched = self.origin == Origin::Empty && self.untimed && !self.marked && self.identity.is_none();
        untouched && self.context.is_none() && self.link.is_none() && (self.count, self.owned) == (1, 1)
    }
}

impl Step<'_> {
    pub(crate) fn session_decode(&mut self, id: SessId) -> Answer {
        self.session_decode_as(id, Coding::Der)
    }

    pub(crate) fn session_decode_as(&mut self, id: SessId, coding: Coding) -> Answer {
        self.rightly_named(id)?;
        self.session_mut(id)?;
        let Some(mut copy) = self.encoded(id)? else { return Ok(Outcome::Session(None)) };
        if coding == Coding::Cut {
            if self.deviates(Deviation::CutDecodingLeaks) {
                self.born(copy);
            }
            return Ok(Outcome::Session(None));
        }
        let twice = self.deviates(Deviation::DecodedCountsTwice) || (coding == Coding::Pem && self.deviates(Deviation::PemCountsTwice));
        copy.owned = 1;
        copy.count = if twice { 2 } else { 1 };
        Ok(Outcome::Session(Some(self.born(copy))))
    }

    /// What the encoding of a session is decoded to; `None` where it has no encoding.
    fn encoded(&self, id: SessId) -> Result<Option<Session>, Stop> {
        let session = self.session(id)?;
        // before the handshake has settled what it holds there may be nothing to encode
        if self.state.connections.iter().any(|(_, c)| c.session == Some(id) && c.phase == Phase::Hello && !c.reused) {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        let negotiated = session.origin != Origin::Empty;
        if !negotiated && !self.deviates(Deviation::EncodesInvalid) {
            return Ok(None);
        }
        // latitude: whether what was negotiated counts as valid before it has an identity
        if negotiated && session.identity.is_none() && self.choice.nameless_invalid {
            return Ok(None);
        }
        let mut copy = session.copied(Origin::Copy);
        copy.context = None;
        // latitude: no page says whether the mark is the object's alone
        copy.marked = session.marked && self.choice.mark_encoded;
        if self.deviates(Deviation::DecodingRestartsTime) {
            copy.time = self.state.now.into();
        }
        // divergence: a timeout of 0 is left out of the encoding, and what is left out is read as 3
        if copy.timeout == 0 && self.deviates(Deviation::DecodedTimelessGetsThree) {
            copy.timeout = 3;
        }
        Ok(Some(copy))
    }

    pub(crate) fn session_decode_into(&mut self, into: SessId, from: SessId, coding: Coding) -> Answer {
        self.rightly_named(into)?;
        self.rightly_named(from)?;
        if into == from || self.session(from)?.identity.is_none() || self.session(into)?.owned == 0 {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        if !self.session(into)?.is_new() {
            self.obliged(Obligation::ReuseNew, Misuse::NotNew(into))?;
        }
        let content = self.encoded(from)?.ok_or(Stop::Undefined(Undefined::UnfitSession))?;
        self.session_mut(from)?;
        if coding == Coding::Cut {
            return self.failed_reuse(into);
        }
        let keeps_time = self.deviates(Deviation::ReuseKeepsTime);
        let target = self.session_mut(into)?;
        let before = target.clone();
        *target = Session {
            count: before.count,
            owned: before.owned,
            freed: before.freed,
            context: before.context,
            orphaned: before.orphaned,
            link: before.link,
            owner: before.owner,
            stray: before.stray,
            ..content
        };
        if keeps_time {
            (target.time, target.timeout) = (before.time, before.timeout);
        }
        Ok(Outcome::Session(Some(into)))
    }

    /// What was to be decoded into an existing object cannot be decoded: that object goes.
    fn failed_reuse(&mut self, into: SessId) -> Answer {
        // divergence: the object stays, and stays the caller's
        if self.deviates(Deviation::FailedReuseKeepsObject) {
            self.session_mut(into)?;
            return Ok(Outcome::Session(None));
        }
        self.session_mut(into)?.owned -= 1;
        self.give_back(into)?;
        Ok(Outcome::Session(None))
    }

    pub(crate) fn session_set_id(&mut self, id: SessId, new: NewId) -> Answer {
        self.may_be_renamed(id)?;
        let taken = new == NewId::Fresh || self.deviates(Deviation::LongIdTaken);
        if taken && !self.deviates(Deviation::SetIdIgnored) {
            let identity = self.fresh_identity();
            self.rename(id, identity)?;
        }
        Ok(Outcome::Number(taken.into()))
    }

    pub(crate) fn session_set_id_of(&mut self, id: SessId, of: SessId) -> Answer {
        self.rightly_named(of)?;
        let (session, model) = (self.session(id)?, self.session(of)?);
        let negotiated = session.origin != Origin::Empty && model.origin != Origin::Empty;
        // a TLS 1.3 session has no id that both ends know
        let by_id = (session.version, model.version) == (Version::Tls12, Version::Tls12);
        let Some(identity) = model.identity.filter(|_| negotiated && by_id) else {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        };
        self.may_be_renamed(id)?;
        self.session_mut(of)?;
        if !self.deviates(Deviation::SetIdIgnored) {
            self.rename(id, identity)?;
        }
        Ok(Outcome::Number(1))
    }

    /// Refuses to give another id to a session that a cache is to find by the one it has, and where no page tells what an id is for.
    fn may_be_renamed(&mut self, id: SessId) -> Result<(), Stop> {
        self.rightly_named(id)?;
        self.session_mut(id)?;
        let session = self.session(id)?;
        let by_ticket = session.version == Version::Tls13 && session.side == Some(Side::Client);
        let unsettled = session.identity.is_none() && (session.marked || session.origin == Origin::Begun);
        if by_ticket || unsettled {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        let linked = session.link.is_some();
        if self.is_in_handshake(id) {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        if linked { self.obliged(Obligation::CachedIdStays, Misuse::RenamedInCache(id)) } else { Ok(()) }
    }

    fn is_in_handshake(&self, id: SessId) -> bool {
        self.state.connections.iter().any(|(_, c)| c.session == Some(id) && c.phase == Phase::Hello)
    }

    fn rename(&mut self, id: SessId, identity: Ident) -> Result<(), Stop> {
        let own = match self.session(id)?.real() {
            Some(own) => own,
            None => self.fresh_identity(),
        };
        let session = self.session_mut(id)?;
        session.own = (own != identity).then_some(own);
        session.identity = Some(identity);
        Ok(())
    }

    pub(crate) fn session_same_id(&mut self, one: SessId, other: SessId) -> Answer {
        for id in [one, other] {
            self.rightly_named(id)?;
            self.session_mut(id)?;
            if self.session(id)?.version == Version::Tls13 || self.is_in_handshake(id) {
                return Err(Stop::Undefined(Undefined::UnfitSession));
            }
        }
        let (one, other) = (self.session(one)?, self.session(other)?);
        let same = one.identity.is_some() && one.identity == other.identity;
        Ok(Outcome::Number((same && !self.deviates(Deviation::GetIdEmpty)).into()))
    }
}
