//! Virtual hosts: the server-name callback, and connections that are moved to another context.

use super::callbacks::ServerName;
use super::connection::Connection;
use super::context::Context;
use super::handshake::Over;
use super::tls::Alert;

impl Connection {
    /// Has another context configure it, `SSL_set_SSL_CTX`: its certificate, its session id context, its server-name callback. Its sessions
    /// stay with the context that it was made from.
    pub fn set_context(&mut self, context: &Context) {
        self.settings.sid_ctx = context.settings().sid_ctx;
        let before = if context.is_same(&self.home) { self.moved.take() } else { self.moved.replace(context.clone()) };
        drop(before);
    }

    /// Runs the server-name callback, where the client asks for a name.
    pub(super) fn ask_server_name(&mut self, name: Option<&str>) -> Result<(), Over> {
        let (Some(name), Some(callback)) = (name, self.context().callbacks().server_name) else { return Ok(()) };
        match callback(self, name) {
            ServerName::Accepted | ServerName::Refused => Ok(()),
            ServerName::Fatal => Err(self.end_with(Alert::UNRECOGNIZED_NAME, Over::Callback)),
        }
    }
}
