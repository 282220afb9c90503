//! Early data: what a TLS 1.3 client writes before it is answered.

use super::connection::{Connection, Phase, Unsent};
use super::error::Error;
use super::settings::Side;
use super::transport::Writing;

impl Connection {
    /// Writes before the server has answered, `SSL_write_early_data`: begins the handshake if it has not begun, and sends as much as the
    /// ticket of the session allows. How much was sent. Whether the server took it, [`Connection::is_early_data_taken`] says afterwards;
    /// what it did not take is to be written once more.
    ///
    /// # Errors
    /// [`Error::Blocked`] where the transport does not take it for now: the same call is to be made again, with the same data;
    /// [`Error::NotOpen`] on a server, and where the handshake has been answered. Else the connection fails.
    pub fn write_early_data(&mut self, data: &[u8]) -> Result<usize, Error> {
        match self.phase {
            Phase::Failed => return Err(Error::Failed),
            Phase::Idle | Phase::Handshake if self.line.is_some() && self.side() == Side::Client => {}
            Phase::Idle | Phase::Handshake | Phase::Open => return Err(Error::NotOpen),
        }
        let written = match self.unsent {
            Some(Unsent::Early(written)) => written,
            Some(Unsent::Data | Unsent::CloseNotify) | None => self.take_early(data)?,
        };
        match self.send_output() {
            Writing::Done => {
                self.unsent = None;
                Ok(written)
            }
            Writing::Blocked => {
                self.unsent = Some(Unsent::Early(written));
                Err(Error::Blocked)
            }
            Writing::Broken => Err(Error::Transport),
        }
    }

    /// Makes records of as much of this as the ticket of the session allows.
    fn take_early(&mut self, data: &[u8]) -> Result<usize, Error> {
        self.announces_early = true;
        self.begin()?;
        let engine = self.engine.as_mut().ok_or(Error::NotOpen)?;
        Ok(engine.write_early(data)?)
    }

    /// Whether the server took what a client wrote early; on a client.
    #[must_use]
    pub fn is_early_data_taken(&self) -> bool {
        self.early_taken
    }

    /// Reads what a client wrote early, `SSL_read_early_data`. It may be a replay where the context does not guard against that. 0 where
    /// there is none, or no more.
    pub fn read_early_data(&mut self, buffer: &mut [u8]) -> usize {
        let length = buffer.len().min(self.early.len());
        for (place, byte) in buffer.iter_mut().zip(self.early.drain(..length)) {
            *place = byte;
        }
        length
    }
}
