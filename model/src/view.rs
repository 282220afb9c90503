//! What clauses often look at in a transition.

use crate::{Act, Call, ConnId, Connection, Context, CtxId, Effect, Hook, Ident, Outcome, Removal, SessId, Session, Transition};

impl<'a> Transition<'a> {
    /// The context that a connection was made from.
    #[must_use]
    pub fn made_from(&self, id: ConnId) -> Option<CtxId> {
        self.connection(id).or_else(|| self.was_connection(id)).map(|c| c.context)
    }

    /// The context that a connection was made from, as it is now; where the step freed either, as it was.
    #[must_use]
    pub fn context_of(&self, id: ConnId) -> Option<&'a Context> {
        let context = self.connection(id).or_else(|| self.was_connection(id))?.context;
        self.context(context).or_else(|| self.was_context(context))
    }

    /// The session of this identity that a context's cache held before.
    #[must_use]
    pub fn was_cached(&self, context: CtxId, identity: Ident) -> Option<SessId> {
        let is_it = |id: &SessId| self.was_session(*id).is_some_and(|s| s.identity == Some(identity) && s.is_proposable());
        self.was_context(context)?.cache.iter().copied().find(is_it)
    }

    /// Whether a context's cache holds a session now that it did not hold before.
    #[must_use]
    pub fn gained(&self, context: CtxId) -> bool {
        let (Some(was), Some(now)) = (self.was_context(context), self.context(context)) else { return false };
        now.cache.iter().any(|s| !was.holds(*s))
    }

    /// Whether something was added to a context's cache, by hand or by the library.
    #[must_use]
    pub fn added(&self, context: CtxId) -> bool {
        let by_hand = matches!(self.call(), Call::AddSession(x, _) if x == context) && self.outcome == Outcome::Number(1);
        by_hand || self.effects().iter().any(|e| matches!(e, Effect::Linked { context: x, .. } if *x == context))
    }

    /// Whether the application's own call put a session into a cache.
    #[must_use]
    pub fn added_by_hand(&self, session: SessId) -> bool {
        let by_callback = |e: &Effect| matches!(e, Effect::Acted { act: Act::Add, session: added, .. } if *added == session);
        matches!(self.call(), Call::AddSession(_, added) if added == session) || self.effects().iter().any(by_callback)
    }

    /// Whether a callback called back with this session: what became of it is not the doing of the call alone.
    #[must_use]
    pub fn acted_on(&self, session: SessId) -> bool {
        self.effects().iter().any(|e| matches!(e, Effect::Acted { session: acted, .. } if *acted == session))
    }

    /// Whether the server that answers this client's hello found another session than the one that the client proposed.
    #[must_use]
    pub fn finds_stranger(&self, client: ConnId) -> bool {
        let proposed = self.was_connection(client).and_then(|c| c.session).and_then(|s| self.was_session(s));
        let real = proposed.and_then(Session::real);
        self.effects().iter().any(|e| {
            let Effect::Lookup { identity, found: Some(found), .. } = e else { return false };
            self.was_session(*found).is_some_and(|s| s.identity != Some(*identity) || s.real() != real)
        })
    }

    /// Why a session left a context's cache, as far as that is known.
    #[must_use]
    pub fn removal(&self, context: CtxId, session: SessId) -> Option<Removal> {
        self.effects().iter().rev().find_map(|e| {
            let Effect::Unlinked { context: x, session: s, why, .. } = *e else { return None };
            ((x, s) == (context, session)).then_some(why)
        })
    }

    /// Whether a session that a context's cache held left it for the cache's size, or for no known reason.
    #[must_use]
    pub fn dropped(&self, context: CtxId, session: SessId) -> bool {
        let gone = self.context(context).is_some_and(|x| !x.holds(session));
        gone && self.removal(context, session).is_none_or(|why| why == Removal::Size)
    }

    /// Whether exactly one reference to a session was given back, besides that of a cache that it left.
    #[must_use]
    pub fn given_back(&self, id: SessId) -> bool {
        let (Some(was), Some(now)) = (self.was_session(id), self.session(id)) else { return false };
        let left_cache = was.link.is_some() && now.link.is_none();
        now.count + 1 + u32::from(left_cache) == was.count
    }

    /// Whether a session is gone from memory, or is in no cache and marked.
    #[must_use]
    pub fn is_retired(&self, id: SessId) -> bool {
        self.session(id).is_none_or(|s| s.freed || (s.link.is_none() && s.marked))
    }

    /// The former value of the connection whose present use ends with this call: freed for the last time, cleared, or
    /// given another session.
    #[must_use]
    pub fn ended(&self) -> Option<&'a Connection> {
        let (Call::ConnectionFree(id) | Call::Clear(id) | Call::SetSession(id, _)) = self.call() else { return None };
        let last = !matches!(self.call(), Call::ConnectionFree(_)) || self.connection(id).is_none();
        self.was_connection(id).filter(|_| last)
    }

    /// How many tickets a server's connection sent.
    #[must_use]
    pub fn tickets_sent(&self, connection: ConnId) -> usize {
        let is_it = |e: &&Effect| matches!(e, Effect::TicketSent { connection: c, .. } if *c == connection);
        self.effects().iter().filter(is_it).count()
    }

    /// Whether the session that a server's ticket stands for is in the server's cache, as far as the mode lets it in.
    #[must_use]
    pub fn is_named(&self, server: ConnId, session: SessId) -> bool {
        let Some((id, context)) = self.made_from(server).and_then(|id| Some((id, self.context(id)?))) else { return true };
        let stores = context.mode.server && !context.mode.no_store && !self.was_spoilt(session);
        // It may have left again in the same call.
        !stores || context.holds(session) || self.removal(id, session).is_some()
    }

    /// Whether a session was marked before this step: what is established then is of no use, and need not be kept.
    #[must_use]
    pub fn was_spoilt(&self, session: SessId) -> bool {
        self.was_session(session).is_some_and(|s| s.marked)
    }

    /// Whether a callback of the application's aborted a server's handshake in this step.
    #[must_use]
    pub fn is_aborted(&self, server: ConnId) -> bool {
        let fatal = |e: &Effect| matches!(e, Effect::Hook { hook: Hook::ServerName, connection, answer: 2 } if *connection == server);
        self.effects().iter().any(fatal)
    }
}
