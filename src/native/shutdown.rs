//! Shutting down: the state, what is sent, and what `SSL_shutdown` answers.

use super::connection::{Connection, Phase, Unsent};
use super::error::Error;
use super::faults::Fault;
use super::settings::{Quiet, ShutdownState};
use super::transport::Writing;
use super::wire::Until;

/// What [`Connection::shutdown`] came to where it did not fail.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shutdown {
    /// This end has shut down, the peer's close_notify has not come: 0 of `SSL_shutdown`.
    Sent,
    /// Both ends have: 1 of `SSL_shutdown`.
    Both,
}

impl Connection {
    /// The shutdown state, `SSL_get_shutdown`.
    #[must_use]
    pub fn shutdown_state(&self) -> ShutdownState {
        self.shutdown
    }

    /// Sets the state and sends nothing, `SSL_set_shutdown`.
    pub fn set_shutdown(&mut self, state: ShutdownState) {
        let before = if self.has(Fault::SetShutdownOnlyAdds) { self.shutdown } else { ShutdownState::default() };
        self.shutdown = ShutdownState { sent: before.sent || state.sent, received: before.received || state.received };
    }

    /// Whether its session stays good if it ends now: this end has shut down, whatever the peer did.
    pub(super) fn is_closed_cleanly(&self) -> bool {
        let ShutdownState { sent, received } = self.shutdown;
        let unanswered_counts = !self.has(Fault::SentNeedsReceived);
        (sent && (received || unanswered_counts)) || (received && self.has(Fault::ReceivedIsEnough))
    }

    /// Shuts this end down, `SSL_shutdown`: the first call sends a close_notify, and from then on the session is good whatever becomes
    /// of the connection; further calls wait for the peer's.
    ///
    /// # Errors
    /// Where it is not open or has no transport, where the transport takes nothing for now or the peer's close_notify has not come to a second call
    /// ([`Error::Blocked`]: call again), and where the connection fails.
    pub fn shutdown(&mut self) -> Result<Shutdown, Error> {
        match self.phase {
            Phase::Idle | Phase::Handshake => return Err(Error::NotOpen),
            Phase::Failed => return Err(Error::Failed),
            Phase::Open => {}
        }
        if self.settings.quiet == Quiet::On {
            self.shutdown = ShutdownState { sent: true, received: true };
            return Ok(Shutdown::Both);
        }
        if self.shutdown != (ShutdownState { sent: true, received: true }) {
            self.carried()?;
        }
        if !self.shutdown.sent || self.unsent == Some(Unsent::CloseNotify) {
            return self.send_close_notify();
        }
        self.take_in(Until::Data)?;
        match self.shutdown {
            ShutdownState { received: true, sent: true } => Ok(Shutdown::Both),
            // where a fault took back that this end has shut down
            ShutdownState { received: true, sent: false } => Ok(Shutdown::Sent),
            ShutdownState { received: false, .. } => Err(Error::Blocked),
        }
    }

    fn send_close_notify(&mut self) -> Result<Shutdown, Error> {
        self.shutdown.sent = true;
        if let Some(engine) = self.engine.as_mut().filter(|engine| !engine.has_closed()) {
            engine.close()?;
        }
        match self.send_output() {
            Writing::Blocked => {
                self.unsent = Some(Unsent::CloseNotify);
                Err(Error::Blocked)
            }
            Writing::Broken => Err(Error::Transport),
            Writing::Done => {
                self.unsent = None;
                Ok(if self.shutdown.received { Shutdown::Both } else { Shutdown::Sent })
            }
        }
    }
}
