//! What carries a connection's bytes.

use std::io::{self, ErrorKind, Read, Write};

/// What carries a connection's bytes: anything that can be read from and written to. Where it gives or takes nothing for now it says
/// [`ErrorKind::WouldBlock`], where it has ended it reads 0 bytes, and any other error is the failure of the transport.
pub trait Transport: Read + Write + Send {}

impl<T: Read + Write + Send> Transport for T {}

/// What reading came to.
pub(super) enum Reading {
    /// A record, whole.
    Record(Vec<u8>),
    /// There is nothing more for now.
    Nothing,
    /// The transport has ended.
    End,
    /// The transport failed.
    Broken,
}

/// What writing came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Writing {
    /// All was taken.
    Done,
    /// Some is to be tried again.
    Blocked,
    /// The transport failed.
    Broken,
}

const HEADER_BYTES: usize = 5;

/// A transport, and what of a record is on this side of it.
pub(super) struct Line {
    transport: Box<dyn Transport>,
    /// The beginning of a record.
    incoming: Vec<u8>,
    /// What the transport did not take.
    outgoing: Vec<u8>,
    /// Nobody reads at the other end.
    deserted: bool,
}

impl Line {
    pub(super) fn new(transport: Box<dyn Transport>) -> Self {
        Self { transport, incoming: Vec::new(), outgoing: Vec::new(), deserted: false }
    }

    /// Reads up to the end of one record, and not further: what comes after it stays with the transport.
    pub(super) fn read_record(&mut self) -> Reading {
        loop {
            let wanted = match self.incoming[..] {
                [_, _, _, high, low, ..] => HEADER_BYTES + usize::from(u16::from_be_bytes([high, low])),
                _ => HEADER_BYTES,
            };
            let had = self.incoming.len();
            if had >= HEADER_BYTES && had >= wanted {
                return Reading::Record(std::mem::take(&mut self.incoming));
            }
            self.incoming.resize(wanted, 0);
            let read = self.transport.read(&mut self.incoming[had..]);
            self.incoming.truncate(had + read.as_ref().map_or(0, |length| *length));
            match read {
                Ok(0) => return Reading::End,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Reading::Nothing,
                Err(_) => return Reading::Broken,
            }
        }
    }

    /// Writes this, after what was not taken before.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Writing {
        self.outgoing.extend_from_slice(bytes);
        while !self.outgoing.is_empty() {
            match self.transport.write(&self.outgoing) {
                Ok(0) => return Writing::Broken,
                Ok(length) => drop(self.outgoing.drain(..length)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Writing::Blocked,
                Err(error) => {
                    self.deserted = matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset);
                    return Writing::Broken;
                }
            }
        }
        match self.transport.flush() {
            Err(error) if !is_temporary(&error) => Writing::Broken,
            Ok(()) | Err(_) => Writing::Done,
        }
    }

    /// Whether there is something that the transport did not take.
    pub(super) fn has_outgoing(&self) -> bool {
        !self.outgoing.is_empty()
    }

    /// Whether writing failed because nobody reads at the other end.
    pub(super) fn is_deserted(&self) -> bool {
        self.deserted
    }

    /// Forgets what the transport did not take.
    pub(super) fn forget_outgoing(&mut self) {
        self.outgoing.clear();
    }
}

fn is_temporary(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
