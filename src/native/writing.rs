//! Writing application data.

use super::connection::{Connection, Phase, Unsent};
use super::error::Error;
use super::transport::Writing;

impl Connection {
    /// Writes application data, `SSL_write`: all of it, or nothing yet.
    ///
    /// # Errors
    /// [`Error::Blocked`] where the transport does not take it for now: the same call is to be made again, with the same data. Else the
    /// connection is not open, has shut down, or fails.
    pub fn write(&mut self, data: &[u8]) -> Result<usize, Error> {
        match self.phase {
            Phase::Open if self.shutdown.sent => return Err(Error::NotOpen),
            Phase::Open => self.carried()?,
            Phase::Failed => return Err(Error::Failed),
            Phase::Idle | Phase::Handshake => return Err(Error::NotOpen),
        }
        if self.unsent.is_none() {
            self.make_asked()?;
        }
        if let (None, Some(engine)) = (self.unsent, &mut self.engine) {
            // whoever takes back that this end has shut down writes what no peer reads
            engine.write(data)?;
        }
        match self.send_output() {
            Writing::Done => {
                self.unsent = None;
                Ok(data.len())
            }
            Writing::Blocked => {
                self.unsent = Some(Unsent::Data);
                Err(Error::Blocked)
            }
            Writing::Broken => {
                self.fail();
                Err(Error::Transport)
            }
        }
    }
}
