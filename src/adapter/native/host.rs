//! Host names, the server-name callback, connections that are moved to another context or take after others.

use std::sync::{Arc, Mutex};

use sessck_model::{ConnId, CtxId, Hook, HostName, ServerNameCallback as Asked};

use super::callbacks::hooked;
use super::witness::look;
use super::{Answer, Answered, Native, harness};
use crate::implementation::Trouble;
use crate::native::{Connection, Context, ServerName};

const NAME: &str = "other.example";

impl Native {
    pub(super) fn set_server_name_callback(&mut self, id: CtxId, callback: Asked) -> Answered {
        let answered = match callback {
            Asked::Unset => None,
            Asked::Accept | Asked::Switch => Some(ServerName::Accepted),
            Asked::Refuse => Some(ServerName::Refused),
            Asked::Abort => Some(ServerName::Fatal),
        };
        let moves = callback == Asked::Switch;
        self.moves.retain(|mover| *mover != id);
        self.moves.extend(moves.then_some(id));
        let witness = Arc::clone(&self.witness);
        let callback = answered.map(|answered| -> Arc<crate::native::ServerNameCallback> {
            Arc::new(move |connection: &mut Connection, _: &str| {
                hooked(&witness, Hook::ServerName, callback.answer().unwrap_or_default());
                let host = look(&witness, |witness| witness.hosts.get(&id).filter(|_| moves).cloned());
                if let Some(host) = host.and_then(|host| host.upgrade()) {
                    connection.set_context(&host);
                }
                answered
            })
        });
        self.context(id)?.set_server_name_callback(callback);
        Ok(Answer::Number(1))
    }

    pub(super) fn set_host_name(&mut self, id: ConnId, name: HostName) -> Answered {
        let name = (name == HostName::Sent).then_some(NAME);
        let set = self.with_connection(id, |connection| connection.set_host_name(name))?;
        set.map_err(|error| harness(error.to_string()))?;
        Ok(Answer::Number(1))
    }

    pub(super) fn set_context(&mut self, id: ConnId, context: CtxId) -> Answered {
        let context = self.context(context)?.clone();
        self.with_connection(id, |connection| connection.set_context(&context))?;
        Ok(Answer::Nothing)
    }

    /// Notes where server-name callbacks move connections to: the oldest other context of the same side and version that is held.
    pub(super) fn note_hosts(&self) {
        let kind = |context: &Context| (context.side(), context.version());
        let held = || self.contexts.iter().filter_map(|(id, held)| Some((*id, held.handles.first()?)));
        let mut hosts = std::collections::HashMap::new();
        for mover in &self.moves {
            let of = self.contexts.get(mover).and_then(super::context::HeldContext::living);
            let other = of.and_then(|of| held().find(|(id, context)| id != mover && kind(context) == kind(&of)));
            hosts.extend(other.map(|(_, context)| (*mover, context.downgrade())));
        }
        look(&self.witness, |witness| witness.hosts = hosts);
    }

    /// The context that configures a connection, where that is not the one that it was made from.
    pub(super) fn moved_to(&self, id: ConnId) -> Result<Option<CtxId>, Trouble> {
        let now = self
            .with_connection(id, |connection| (!connection.context().is_same(connection.home())).then(|| connection.context().clone()))?;
        now.map(|now| self.name_of_context(&now)).transpose()
    }

    pub(super) fn connection_dup(&mut self, new: ConnId, of: ConnId) -> Answered {
        if self.connections.contains_key(&new) {
            return Err(harness(format!("{new} was made before")));
        }
        let Some(copy) = self.with_connection(of, |connection| connection.duplicate())? else {
            let handles = self.handles(of)?;
            handles.extend(handles.first().cloned());
            return Ok(Answer::Number(0));
        };
        self.connections.insert(new, vec![Arc::new(Mutex::new(copy))]);
        Ok(Answer::Number(1))
    }

    pub(super) fn copy_session_id(&mut self, to: ConnId, from: ConnId) -> Answered {
        let source = self.handles(from)?.first().cloned().ok_or_else(|| harness(format!("there is no {from}")))?;
        let source = source.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let copied = self.with_connection(to, |connection| connection.copy_session_id(&source))?;
        copied.map_err(|error| harness(error.to_string()))?;
        Ok(Answer::Number(1))
    }
}
