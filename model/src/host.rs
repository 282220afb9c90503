//! Virtual hosts: the server-name callback, and connections that are moved to another context.

use crate::handshake::Hearing;
use crate::step::{Answer, Step, Stop};
use crate::wire::Telling;
use crate::{ConnId, Counter, CtxId, Effect, Hook, HostName, Outcome, Phase, Removal, ServerNameCallback, Side, Undefined, Version};

impl Step<'_> {
    pub(crate) fn set_server_name_callback(&mut self, id: CtxId, callback: ServerNameCallback) -> Answer {
        if self.held_context(id)?.side == Side::Client {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.context_mut(id)?.server_name = callback;
        Ok(Outcome::Number(1))
    }

    pub(crate) fn set_host_name(&mut self, id: ConnId, name: HostName) -> Answer {
        let connection = self.connection(id)?;
        if connection.phase != Phase::Idle || self.context(connection.context)?.side == Side::Server {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.connection_mut(id)?.host_name = name;
        Ok(Outcome::Number(1))
    }

    pub(crate) fn set_context(&mut self, id: ConnId, to: CtxId) -> Answer {
        let connection = self.connection(id)?;
        let (home, target) = (self.context(connection.context)?, self.held_context(to)?);
        let fits = (home.side, home.version) == (target.side, target.version);
        if connection.phase == Phase::Hello || !fits {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        self.switch(id, to)?;
        Ok(Outcome::Done)
    }

    /// Moves a connection to another context. Its sessions stay where they are, see `switch-keeps-sessions`.
    fn switch(&mut self, id: ConnId, to: CtxId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (home, left) = (connection.context, connection.switched);
        let sid_ctx = self.context(to)?.sid_ctx;
        let switched = (to != home).then_some(to);
        if let Some(taken) = switched {
            self.context_mut(taken)?.count += 1;
        }
        // latitude: no page says whether it takes over the session id context
        let kept = self.choice.switch_keeps_id_context;
        let connection = self.connection_mut(id)?;
        connection.switched = switched;
        if !kept {
            connection.sid_ctx = sid_ctx;
        }
        match left {
            Some(left) => self.context_give_back(left),
            None => Ok(()),
        }
    }

    /// The context whose server-name callback runs on a connection, if any.
    fn asked_for_name(&self, id: ConnId) -> Result<Option<CtxId>, Stop> {
        let connection = self.connection(id)?;
        let named = connection.peer.is_some_and(|peer| self.connection(peer).is_ok_and(|c| c.host_name == HostName::Sent));
        // latitude: whether it is asked for no name
        if !named && !self.choice.unnamed_asked {
            return Ok(None);
        }
        let current = connection.current_context();
        if self.context(current)?.server_name != ServerNameCallback::Unset {
            return Ok(Some(current));
        }
        // latitude: no page says whose callback it is where the connection was moved before
        let first = connection.context;
        let is_asked = self.choice.first_context_asked && self.context(first)?.server_name != ServerNameCallback::Unset;
        Ok(is_asked.then_some(first))
    }

    /// Runs the server-name callback.
    pub(crate) fn ask_server_name(&mut self, id: ConnId) -> Result<(), Stop> {
        let Some(asked) = self.asked_for_name(id)? else { return Ok(()) };
        let callback = self.context(asked)?.server_name;
        let Some(answer) = callback.answer() else { return Ok(()) };
        self.note(Effect::Hook { hook: Hook::ServerName, connection: id, answer });
        match (callback, self.other_host(asked)?) {
            (ServerNameCallback::Switch, Some(other)) if other != self.connection(id)?.current_context() => self.switch(id, other),
            (ServerNameCallback::Abort, _) => self.abort(id),
            (ServerNameCallback::Switch | ServerNameCallback::Unset | ServerNameCallback::Accept | ServerNameCallback::Refuse, _) => Ok(()),
        }
    }

    /// The callback ends the connection.
    fn abort(&mut self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let (context, session, resumed) = (connection.context, connection.session, connection.reused);
        let by_id = self.context(context)?.version == Version::Tls12;
        self.fail(id, Telling::Peer)?;
        match session {
            // latitude: a server may still have to decide whether it names the session
            Some(session) if by_id && self.session(session)?.identity.is_none() => {
                if self.choice.uncached_announced {
                    self.announce_removal(context, session, Removal::Unclean)
                } else {
                    Ok(())
                }
            }
            // nobody was told its name
            Some(session) if by_id && !resumed => {
                self.session_mut(session)?.identity = None;
                Ok(())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// A handshake that fails at the hello may have begun where the connection was moved to before.
    pub(crate) fn move_failed_start(&mut self, id: ConnId, hearing: Hearing) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        if connection.again || hearing == Hearing::Repeated {
            return Ok(());
        }
        self.move_start(id, connection.switched)
    }

    // latitude: no page says which context counts a handshake that moves from one to the other
    pub(crate) fn move_start(&mut self, id: ConnId, before: Option<CtxId>) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        let moved = if self.choice.counted_before_name { before } else { connection.switched };
        let (home, moved) = (connection.context, moved.filter(|_| self.choice.counted_where_moved));
        let Some(to) = moved else { return Ok(()) };
        self.uncount(home, Counter::Accept)?;
        self.count(to, Counter::Accept)
    }

    /// The oldest other context of the same side and version that the application holds.
    fn other_host(&self, asked: CtxId) -> Result<Option<CtxId>, Stop> {
        let of = self.context(asked)?;
        let fits = |id: CtxId, x: &crate::Context| id != asked && x.owned > 0 && (x.side, x.version) == (of.side, of.version);
        Ok(self.state.contexts.iter().find(|(id, x)| fits(*id, x)).map(|(id, _)| id))
    }
}
