//! What can be done to a connection: making, joining, attaching, asking for its session, shutting down, clearing, freeing.

use crate::step::{Answer, Step, Stop};
use crate::{
    Callback, Challenge, ConnId, Connection, CtxId, Deviation, EarlyData, Gone, HostName, Misuse, NewCallback, Obligation, Origin, Outcome,
    Outlet, Phase, Quiet, Removal, Renewal, SessId, Session, ShutdownState, Side, Undefined, Verify, Wire,
};

impl Step<'_> {
    pub(crate) fn connection_new(&mut self, id: ConnId, context: CtxId) -> Answer {
        if self.state.connections.get(id).is_some() || self.context(context)?.owned == 0 {
            return Err(Stop::Undefined(Undefined::NoSuchObject));
        }
        self.connect(id, context)?;
        Ok(Outcome::Done)
    }

    /// A connection with the settings of its context.
    pub(crate) fn connect(&mut self, id: ConnId, context: CtxId) -> Result<(), Stop> {
        self.journal.note_connection(self.state, id);
        let deaf = self.deviates(Deviation::ContextQuietIgnored);
        let made_from = self.context_mut(context)?;
        made_from.count += 1;
        let quiet = if deaf { Quiet::Off } else { made_from.quiet };
        let connection = Connection {
            count: 1,
            context,
            switched: None,
            peer: None,
            wire: Wire::None,
            foreign: false,
            phase: Phase::Idle,
            awaits: 0,
            session: None,
            reused: false,
            proposed: false,
            shutdown: ShutdownState::default(),
            quiet,
            error: false,
            num_tickets: made_from.num_tickets,
            tickets: made_from.tickets,
            early_data: made_from.early_data,
            sid_ctx: made_from.sid_ctx,
            verify: made_from.verify,
            host_name: HostName::Unset,
            eof: made_from.eof,
            outlet: Outlet::Free,
            unsent: None,
            ticketed: 0,
            earlier: smallvec::SmallVec::new(),
            anti_replay: made_from.anti_replay,
            asked: 0,
            left_over: 0,
            renewal: Renewal::Preset,
            groups: made_from.groups,
            renegotiation: made_from.renegotiation,
            not_resumable: made_from.not_resumable,
            again: false,
            abbreviated: false,
            consents: false,
            challenge: Challenge::None,
            inbox: smallvec::SmallVec::new(),
        };
        self.state.connections.insert(id, connection);
        self.state.gone.retain(|gone| gone.connection != id);
        Ok(())
    }

    pub(crate) fn connection_up_ref(&mut self, id: ConnId) -> Answer {
        self.connection_mut(id)?.count += 1;
        Ok(Outcome::Number(1))
    }

    pub(crate) fn connection_free(&mut self, id: ConnId) -> Answer {
        if self.state.connections.get(id).is_none() {
            self.obliged(Obligation::ConnectionFreeOwn, Misuse::ConnectionNotOwned(id))?;
            return self.free_freed(id);
        }
        let connection = self.connection_mut(id)?;
        if connection.count > 1 {
            connection.count -= 1;
            return Ok(Outcome::Done);
        }
        let (context, switched) = (connection.context, connection.switched);
        self.end_if_open(id)?;
        if let (Some(session), false) = (self.connection(id)?.session, self.deviates(Deviation::ConnectionFreeKeepsReference)) {
            self.give_back(session)?;
        }
        self.detach(id)?;
        let gone = self.state.connections.remove(id);
        if let (Some(session), true) = (gone.and_then(|c| c.session), self.profile.trusts(Obligation::ConnectionFreeOwn)) {
            self.state.gone.push(Gone { connection: id, session });
        }
        for context in [switched, Some(context)].into_iter().flatten() {
            self.context_give_back(context)?;
        }
        Ok(Outcome::Done)
    }

    /// What a trusting library does where a connection is freed that is gone: it gives back once more what that had.
    fn free_freed(&mut self, id: ConnId) -> Answer {
        let at = self.state.gone.iter().position(|gone| gone.connection == id).ok_or(Stop::Undefined(Undefined::NoSuchObject))?;
        let Gone { session, .. } = self.state.gone.remove(at);
        self.give_back(session)?;
        Ok(Outcome::Done)
    }

    /// Whether ending this connection now is unclean.
    fn ends_uncleanly(&self, connection: &Connection) -> bool {
        let ShutdownState { sent, received } = connection.shutdown;
        let clean = if self.deviates(Deviation::SentNeedsReceived) {
            sent && received
        } else if self.deviates(Deviation::ReceivedIsEnough) {
            sent || received
        } else {
            sent
        };
        // divergence: a connection that was asked for a ticket is in its handshake again
        let hidden = connection.asked > 0 && self.deviates(Deviation::AskedCountsAsHandshake);
        match connection.phase {
            Phase::Open => !clean && !hidden,
            // divergence: in a renegotiation nothing is open
            Phase::Hello if connection.again => !clean && !self.deviates(Deviation::RenegotiatingSpared),
            Phase::Hello => self.deviates(Deviation::UncleanInHandshake),
            Phase::Idle | Phase::Failed => false,
        }
    }

    /// Takes the session of a connection that ends uncleanly out of use. Says whether it did.
    fn end_if_open(&mut self, id: ConnId) -> Result<bool, Stop> {
        let connection = self.connection(id)?;
        let unclean = self.ends_uncleanly(connection);
        let (context, session) = (connection.context, connection.session);
        if let (true, Some(session)) = (unclean, session) {
            self.retire(context, session, Removal::Unclean)?;
        }
        if unclean {
            self.retire_earlier(id)?;
        }
        Ok(unclean)
    }

    /// An unclean end costs the sessions, too, that a connection established before its current one.
    pub(crate) fn retire_earlier(&mut self, id: ConnId) -> Result<(), Stop> {
        // divergence: only the current session is looked at
        if self.connection(id)?.earlier.is_empty() || self.deviates(Deviation::UncleanSparesEarlier) {
            return Ok(());
        }
        let context = self.connection(id)?.context;
        let connection = self.connection_mut(id)?;
        let (mut earlier, current) = (std::mem::take(&mut connection.earlier), connection.session);
        // what a renegotiation did not replace is looked at already
        earlier.retain(|session| Some(*session) != current);
        earlier.into_iter().try_for_each(|session| self.retire(context, session, Removal::Unclean).map(|_| ()))
    }

    /// A connection that establishes one session more gives up its current one.
    pub(crate) fn succeed(&mut self, id: ConnId, session: SessId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let before = connection.session.filter(|_| connection.ticketed > 1);
        self.replace_session(id, Some(session))?;
        match before {
            Some(before) if !self.session(before)?.freed => {
                self.connection_mut(id)?.earlier.push(before);
                Ok(())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Takes a connection off its transport. What it sent is still on its way to the peer.
    fn detach(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection_mut(id)?;
        let peer = connection.peer.take();
        connection.wire = Wire::None;
        connection.foreign = false;
        connection.inbox.clear();
        connection.awaits = 0;
        connection.outlet = Outlet::Free;
        connection.unsent = None;
        connection.earlier.clear();
        if let Some(peer) = peer {
            self.connection_mut(peer)?.peer = None;
        }
        Ok(())
    }

    pub(crate) fn join(&mut self, client: ConnId, server: ConnId) -> Answer {
        self.joinable(client, Side::Client)?;
        self.joinable(server, Side::Server)?;
        self.attach_wire(client, server)?;
        self.attach_wire(server, client)?;
        Ok(Outcome::Done)
    }

    fn joinable(&self, id: ConnId, side: Side) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let fits = connection.phase == Phase::Idle && connection.wire == Wire::None && self.context(connection.context)?.side == side;
        if fits { Ok(()) } else { Err(Stop::Undefined(Undefined::WrongPhase)) }
    }

    fn attach_wire(&mut self, id: ConnId, peer: ConnId) -> Result<(), Stop> {
        let connection = self.connection_mut(id)?;
        connection.peer = Some(peer);
        connection.wire = Wire::Whole;
        Ok(())
    }

    pub(crate) fn clear(&mut self, id: ConnId) -> Answer {
        let unclean = !self.deviates(Deviation::ClearSparesOpen) && self.end_if_open(id)?;
        let session = self.connection(id)?.session;
        if let (true, Some(session)) = (unclean || self.deviates(Deviation::ClearDropsClosed), session) {
            self.connection_mut(id)?.session = None;
            self.give_back(session)?;
        }
        if self.deviates(Deviation::ClearKeepsPhase) {
            return Ok(Outcome::Number(1));
        }
        self.detach(id)?;
        let keeps_requests = self.deviates(Deviation::ClearedKeepsRequests);
        let fails = self.deviates(Deviation::ClearFailsInRenegotiation);
        let connection = self.connection_mut(id)?;
        connection.reused = false;
        connection.proposed = false;
        connection.shutdown = ShutdownState::default();
        connection.error = false;
        // divergence: it fails half-way, and will fail again
        if connection.again && fails {
            return Ok(Outcome::Number(0));
        }
        connection.phase = Phase::Idle;
        connection.again = false;
        connection.abbreviated = false;
        connection.ticketed = 0;
        connection.renewal = Renewal::Preset;
        // divergence: what was asked for on the connection before is sent on the next
        let asked = std::mem::take(&mut connection.asked);
        connection.left_over = if keeps_requests { connection.left_over.saturating_add(asked) } else { 0 };
        connection.challenge = match connection.challenge {
            Challenge::None => Challenge::None,
            Challenge::Open | Challenge::Past => Challenge::Past,
        };
        Ok(Outcome::Number(1))
    }

    pub(crate) fn set_session(&mut self, id: ConnId, session: Option<SessId>) -> Answer {
        let context = self.connection(id)?.context;
        if let Some(session) = session {
            self.rightly_named(session)?;
            self.fits_end(session, context)?;
            self.used_with(session, context)?;
        }
        self.attach(id, session)?;
        Ok(Outcome::Number(1))
    }

    /// Puts a session in the place of the one that a connection has.
    pub(crate) fn attach(&mut self, id: ConnId, session: Option<SessId>) -> Result<(), Stop> {
        let gone = |step: &Self| session.and_then(|s| step.state.sessions.get(s)).is_some_and(|s| s.freed);
        let gone_before = gone(self);
        if !self.deviates(Deviation::SetSessionSparesOpen) {
            self.end_if_open(id)?;
        }
        // a callback gave back meanwhile what its application had passed
        if gone(self) && !gone_before {
            return Err(Stop::Undefined(Undefined::UnfitSession));
        }
        if let (Some(session), false) = (session, self.deviates(Deviation::SetSessionDoesNotCount)) {
            self.take(session)?;
        }
        let before = std::mem::replace(&mut self.connection_mut(id)?.session, session);
        if let (Some(before), false) = (before, self.deviates(Deviation::SetSessionKeepsOld)) {
            self.give_back(before)?;
        }
        if self.connection(id)?.phase != Phase::Idle {
            self.detach(id)?;
        }
        Ok(())
    }

    /// The session that the getters give.
    fn current(&mut self, id: ConnId) -> Result<Option<SessId>, Stop> {
        let connection = self.connection(id)?;
        let (session, context, sent) = (connection.session, connection.context, connection.shutdown.sent);
        if sent && self.deviates(Deviation::GettersForgetAfterShutdown) {
            return Ok(None);
        }
        if session.is_none() && self.deviates(Deviation::EmptyGetterMakesSession) {
            let version = self.context(context)?.version;
            let made = Session { owned: 1, ..Session::fresh(Origin::Handshake, version, self.state.now.into()) };
            return Ok(Some(self.born(made)));
        }
        Ok(session)
    }

    pub(crate) fn get0(&mut self, id: ConnId) -> Answer {
        let session = self.current(id)?;
        if let Some(session) = session {
            self.session_mut(session)?;
            if self.deviates(Deviation::Get0Counts) {
                self.take(session)?;
            }
            self.lend(id, session);
        }
        Ok(Outcome::Session(session))
    }

    pub(crate) fn get1(&mut self, id: ConnId) -> Answer {
        let session = self.current(id)?;
        if let Some(session) = session {
            if !self.deviates(Deviation::Get1DoesNotCount) {
                self.take(session)?;
            }
            self.hand_over(session)?;
        }
        Ok(Outcome::Session(session))
    }

    pub(crate) fn set_connection_early_data(&mut self, id: ConnId, early_data: EarlyData) -> Answer {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Idle {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.connection_mut(id)?.early_data = early_data;
        Ok(Outcome::Done)
    }

    /// What follows where a session is established: it is stored and announced as the context's mode and callbacks say.
    pub(crate) fn established(&mut self, id: ConnId, session: SessId, storable: bool) -> Result<(), Stop> {
        // divergence: a session that was marked before is established all the same
        let fit = self.session(session)?.is_resumable() || self.deviates(Deviation::TicketInheritsMark);
        if !fit {
            return Ok(());
        }
        self.note(crate::Effect::Established { connection: id, session });
        let connection = self.connection(id)?;
        let verifies = connection.verify == Verify::Peer;
        if verifies && self.session(session)?.sid_ctx == 0 && self.deviates(Deviation::VerifyPeerUnstored) {
            return Ok(());
        }
        let moved = self.deviates(Deviation::SwitchMovesSessions);
        let (context, later) = (if moved { connection.current_context() } else { connection.context }, connection.ticketed > 1);
        let settings = self.context(context)?;
        let (side, callback, no_store) = (settings.side, settings.new_callback, settings.mode.no_store);
        let covered = settings.mode.covers(side);
        let never = side == Side::Client && self.deviates(Deviation::ClientNeverStores);
        let wanted = covered || self.deviates(Deviation::OffStillStores);
        if wanted && storable && !never && (!no_store || self.deviates(Deviation::StoreIgnoresFlag)) {
            self.store(context, session, true)?;
        }
        let announced = covered || self.deviates(Deviation::NewCallbackInAnyMode);
        if announced && !(later && self.deviates(Deviation::NewCallbackOnce)) {
            self.announce_new(id, session, callback)?;
        }
        Ok(())
    }

    /// Runs the new-session callback.
    pub(crate) fn announce_new(&mut self, id: ConnId, session: SessId, callback: NewCallback) -> Result<(), Stop> {
        let kept = match callback {
            NewCallback::Unset => return Ok(()),
            NewCallback::Keep => true,
            NewCallback::Refuse => false,
        };
        let (context, resumable) = (self.connection(id)?.context, self.session(session)?.is_resumable());
        self.note(crate::Effect::NewCallback { connection: id, session, resumable, kept });
        if kept {
            if !self.deviates(Deviation::NewCallbackWithoutReference) {
                self.take(session)?;
            }
            self.hand_over(session)?;
            return self.act(Callback::New, context, session, None);
        }
        self.act(Callback::New, context, session, None)?;
        self.refused(session)
    }

    /// A session that the new-session callback refused leaves the internal cache.
    fn refused(&mut self, session: SessId) -> Result<(), Stop> {
        match self.session(session)?.link {
            Some(context) if !self.deviates(Deviation::RefusedStaysCached) => self.remove_linked(context, session, Removal::Refused),
            Some(_) | None => {
                self.session_mut(session)?;
                Ok(())
            }
        }
    }
}
