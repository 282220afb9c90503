//! Host names, the server-name callback, and connections that are moved to another context.

use std::ffi::{CStr, c_int};
use std::ptr::null_mut;

use sessck_model::{ConnId, CtxId, Hook, HostName, ServerNameCallback};

use super::api::{AnyCb, Ptr, ServerNameCb};
use super::witness::{Answers, with};
use super::{Answer, Libssl, harness, needs};
use crate::adapter::roll::Happening;
use crate::implementation::{Lack, Trouble};

const SET_CALLBACK: c_int = 53;
const SET_CALLBACK_ARGUMENT: c_int = 54;
const SET_HOST_NAME: c_int = 55;
const NAME: &CStr = c"other.example";

impl Libssl {
    pub(super) fn set_server_name_callback(&mut self, id: CtxId, callback: ServerNameCallback) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_CTX_callback_ctrl, Lack::ServerName)?;
        let ctx = self.context(id)?.ctx;
        let function: Option<ServerNameCb> = (callback != ServerNameCallback::Unset).then_some(on_server_name as _);
        // SAFETY: the library calls it as what it is.
        let function = function.map(|function| unsafe { std::mem::transmute::<ServerNameCb, AnyCb>(function) });
        // SAFETY: the context lives; the argument is a number to the library, and the function has the type of the header.
        let answer = unsafe {
            let control = needs(self.api.SSL_CTX_ctrl, Lack::ServerName)?;
            control(ctx, SET_CALLBACK_ARGUMENT, 0, id.0 as usize as Ptr);
            set(ctx, SET_CALLBACK, function)
        };
        with(|witness| witness.answers.entry(id).or_insert(Answers::UNSET).server_name = callback);
        Ok(Answer::Number(answer))
    }

    pub(super) fn set_host_name(&mut self, id: ConnId, name: HostName) -> Result<Answer, Trouble> {
        let control = needs(self.api.SSL_ctrl, Lack::ServerName)?;
        let ssl = self.connection(id)?.ssl;
        let name = if name == HostName::Sent { NAME.as_ptr().cast_mut().cast() } else { null_mut() };
        // SAFETY: the connection lives; it copies the name, or there is none.
        Ok(Answer::Number(unsafe { control(ssl, SET_HOST_NAME, 0, name) }))
    }

    pub(super) fn set_context(&mut self, id: ConnId, context: CtxId) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_set_SSL_CTX, Lack::ServerName)?;
        let (ssl, ctx) = (self.connection(id)?.ssl, self.context(context)?.ctx);
        // SAFETY: both live.
        let answer = unsafe { set(ssl, ctx) };
        if answer == ctx { Ok(Answer::Nothing) } else { Err(harness("SSL_set_SSL_CTX failed")) }
    }

    /// Notes where server-name callbacks move connections to: the oldest other context of the same side and version that is held.
    pub(super) fn note_hosts(&self) {
        let moves = |id: CtxId| with(|witness| witness.answers.get(&id).is_some_and(|a| a.server_name == ServerNameCallback::Switch));
        let mut hosts = Vec::new();
        for (id, context) in self.contexts.iter().filter(|(id, _)| moves(**id)) {
            let other = self
                .contexts
                .iter()
                .find(|(other, x)| *other != id && x.references > 0 && (x.side, x.version) == (context.side, context.version));
            hosts.extend(other.map(|(_, x)| (*id, x.ctx as usize)));
        }
        with(|witness| witness.hosts = hosts);
    }

    /// `SSL_get_SSL_CTX`, where that is not the context that the connection was made from.
    pub(super) fn moved_to(&self, id: ConnId, ssl: Ptr) -> Result<Option<CtxId>, Trouble> {
        // SAFETY: the caller has a living connection.
        let now = unsafe { (self.api.SSL_get_SSL_CTX)(ssl) };
        let home = self.connections.get(&id).and_then(|connection| self.contexts.get(&connection.context));
        if home.is_some_and(|home| home.ctx == now) {
            return Ok(None);
        }
        let known = with(|witness| witness.contexts.get(&(now as usize)).copied());
        known.map(Some).ok_or_else(|| harness("a connection has a context that is not of this case"))
    }
}

/// The server-name callback: its argument is the number of the context that it was set on.
unsafe extern "C" fn on_server_name(ssl: Ptr, _: *mut c_int, context: Ptr) -> c_int {
    let asked = CtxId(context as usize as u32);
    let (api, host, answer) = with(|witness| {
        let callback = witness.answers.get(&asked).map_or(ServerNameCallback::Unset, |answers| answers.server_name);
        match (witness.connections.get(&(ssl as usize)).copied(), callback.answer()) {
            (Some((connection, _)), Some(answer)) => {
                witness.roll.happens(Happening::Hook { hook: Hook::ServerName, connection, answer });
            }
            _ => witness.confusion = Some("the server-name callback ran where none was set".to_owned()),
        }
        let moves = callback == ServerNameCallback::Switch;
        let host = witness.hosts.iter().find(|(id, _)| moves && *id == asked).map(|(_, host)| *host);
        (witness.api, host, callback.answer().unwrap_or(3))
    });
    if let (Some(set), Some(host)) = (api.and_then(|api| api.SSL_set_SSL_CTX), host) {
        // SAFETY: the library passes a connection that lives, and the application holds the context.
        unsafe { set(ssl, host as Ptr) };
    }
    c_int::from(answer)
}
