//! Connections that take after others.

use super::connection::{Connection, Phase};
use super::error::OtherContext;

impl Connection {
    /// A connection of the same context, as that is now, with the session of this one, its session id context, and how it verifies and
    /// gives tickets, `SSL_dup`. The rest of this one's own settings, and its transport, stay behind. None where its handshake has begun: then
    /// `SSL_dup` gives the same connection once more, which in Rust is for its owner to do.
    #[must_use]
    pub fn duplicate(&self) -> Option<Self> {
        if self.phase != Phase::Idle {
            return None;
        }
        let mut copy = Self::new(&self.home);
        copy.session = self.session.clone();
        copy.settings.sid_ctx = self.settings.sid_ctx;
        copy.settings.verify = self.settings.verify;
        copy.settings.tickets = self.settings.tickets;
        Some(copy)
    }

    /// Takes over the session and the session id context of another connection, `SSL_copy_session_id`. If the session of this one is open
    /// and was not shut down, that is an unclean end. As with [`Connection::set_session`], its handshake has not begun.
    ///
    /// # Errors
    /// If the session belongs to another context. Nothing has changed then.
    pub fn copy_session_id(&mut self, from: &Self) -> Result<(), OtherContext> {
        if let Some(session) = &from.session {
            session.used_with(self.home.brand())?;
        }
        self.attach(from.session.clone());
        self.settings.sid_ctx = from.settings.sid_ctx;
        Ok(())
    }
}
