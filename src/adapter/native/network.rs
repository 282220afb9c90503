//! The network between connections: what is on its way to each of them, and what the network does to that.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use sessck_model::{ConnId, Foreign, SessId};

use super::{Answer, Answered, Native, harness};
use crate::implementation::{Lack, Trouble};

/// A record of application data that no key made: 48 bytes, so that every cipher finds it long enough to try.
const BROKEN_RECORD: [u8; 53] = {
    let mut record = [0xA5; 53];
    [record[0], record[1], record[2], record[3], record[4]] = [0x17, 3, 3, 0, 48];
    record
};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum State {
    /// Carries bytes, if there is a peer.
    #[default]
    Up,
    /// Ends after what is on its way; what is written is lost.
    Cut,
    /// Fails.
    Broken,
}

/// One connection's end.
#[derive(Debug, Default)]
struct End {
    incoming: VecDeque<u8>,
    peer: Option<ConnId>,
    state: State,
    blocked: bool,
}

/// All ends of a case.
#[derive(Debug, Default)]
pub(super) struct Network {
    ends: BTreeMap<ConnId, End>,
    /// Bytes that were written or read so far.
    moved: u64,
    /// The byte that does not pass, from 1, of those that move from now on; 0 where all do.
    fails: u64,
    /// Bytes that have moved since that was set.
    passed: u64,
    /// It has failed.
    failed: bool,
}

/// What a connection reads from and writes to.
struct Port {
    network: Arc<Mutex<Network>>,
    id: ConnId,
}

impl Port {
    fn with<T>(&self, act: impl FnOnce(&mut Network) -> io::Result<T>) -> io::Result<T> {
        act(&mut self.network.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Read for Port {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.with(|network| {
            let Some(end) = network.ends.get_mut(&self.id).filter(|end| end.state != State::Broken) else {
                return Err(ErrorKind::BrokenPipe.into());
            };
            match (end.incoming.is_empty(), end.state) {
                (true, State::Cut) => Ok(0),
                (true, State::Up | State::Broken) => Err(ErrorKind::WouldBlock.into()),
                (false, _) => {
                    let wanted = buffer.len().min(end.incoming.len());
                    let passes = network.pass(self.id, wanted)?;
                    let end = network.ends.get_mut(&self.id).ok_or(ErrorKind::BrokenPipe)?;
                    end.incoming.read(&mut buffer[..passes])
                }
            }
        })
    }
}

impl Write for Port {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|network| {
            let Some(end) = network.ends.get(&self.id).filter(|end| end.state != State::Broken) else {
                return Err(ErrorKind::BrokenPipe.into());
            };
            if end.blocked {
                return Err(ErrorKind::WouldBlock.into());
            }
            let peer = end.peer.filter(|_| end.state == State::Up);
            let passes = network.pass(self.id, bytes.len())?;
            if let Some(peer) = peer.and_then(|peer| network.ends.get_mut(&peer)).filter(|peer| peer.state != State::Broken) {
                peer.incoming.extend(&bytes[..passes]);
            }
            Ok(passes)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Network {
    /// How many of so many bytes pass. Where one does not, the end fails after those that do, and for good.
    fn pass(&mut self, id: ConnId, length: usize) -> io::Result<usize> {
        let before = self.passed;
        self.passed += length as u64;
        self.moved += length as u64;
        if self.fails == 0 || self.failed || self.passed < self.fails {
            return Ok(length);
        }
        self.failed = true;
        if let Some(end) = self.ends.get_mut(&id) {
            end.state = State::Broken;
        }
        match usize::try_from(self.fails - 1 - before) {
            Ok(passes) if passes > 0 => Ok(passes),
            Ok(_) | Err(_) => Err(ErrorKind::BrokenPipe.into()),
        }
    }

    /// An end without a peer, and nothing on its way to it.
    fn unplug(&mut self, id: ConnId) {
        self.part(id);
        self.ends.insert(id, End::default());
    }

    /// Nothing goes between this connection and its peer any more. What was sent is still on its way to the peer.
    fn part(&mut self, id: ConnId) {
        let peer = self.ends.remove(&id).and_then(|end| end.peer);
        if let Some(peer) = peer.and_then(|peer| self.ends.get_mut(&peer)) {
            peer.peer = None;
        }
    }
}

impl Native {
    fn network<T>(&self, act: impl FnOnce(&mut Network) -> T) -> T {
        act(&mut self.network.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Has the byte of this number, from 1, fail of those that move from now on.
    pub(super) fn arm(&self, byte: u32) {
        self.network(|network| (network.fails, network.passed, network.failed) = (byte.into(), 0, false));
    }

    /// Lets everything pass again that did not fail. How many bytes there were, and whether one failed.
    pub(super) fn disarm(&self) -> (u32, bool) {
        self.network(|network| {
            network.fails = 0;
            (u32::try_from(network.passed).unwrap_or(u32::MAX), network.failed)
        })
    }

    /// Bytes that were written or read so far.
    pub(super) fn moved(&self) -> u64 {
        self.network(|network| network.moved)
    }

    pub(super) fn part(&self, id: ConnId) {
        self.network(|network| network.part(id));
    }

    /// The connection at the other end.
    pub(super) fn peer(&self, id: ConnId) -> Option<ConnId> {
        self.network(|network| network.ends.get(&id)?.peer)
    }

    fn change(&self, id: ConnId, change: impl FnOnce(&mut End)) -> Answered {
        self.network(|network| network.ends.get_mut(&id).map(change)).ok_or_else(|| harness(format!("{id} has no transport")))?;
        Ok(Answer::Nothing)
    }

    /// A new transport between two connections.
    pub(super) fn join(&mut self, one: ConnId, other: ConnId) -> Answered {
        for (id, peer) in [(one, other), (other, one)] {
            self.network(|network| network.unplug(id));
            self.change(id, |end| end.peer = Some(peer))?;
        }
        // each was unplugged, and so lost the other, before it was joined
        self.change(one, |end| end.peer = Some(other))?;
        for id in [one, other] {
            let port = Port { network: Arc::clone(&self.network), id };
            self.with_connection(id, |connection| connection.set_transport(port))?;
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn corrupt(&mut self, id: ConnId) -> Answered {
        self.change(id, |end| {
            if end.state != State::Broken {
                end.incoming.extend(BROKEN_RECORD);
            }
        })
    }

    pub(super) fn cut(&mut self, id: ConnId) -> Answered {
        for id in std::iter::once(id).chain(self.peer(id)) {
            self.change(id, |end| {
                if end.state == State::Up {
                    end.state = State::Cut;
                }
            })?;
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn break_wire(&mut self, id: ConnId) -> Answered {
        self.change(id, |end| {
            end.state = State::Broken;
            end.incoming.clear();
        })
    }

    pub(super) fn block(&mut self, id: ConnId) -> Answered {
        self.change(id, |end| end.blocked = true)
    }

    pub(super) fn unblock(&mut self, id: ConnId) -> Answered {
        self.change(id, |end| end.blocked = false)
    }

    /// What a peer that is not ours does can be told in a trace, and not be made.
    pub(super) fn join_foreign(&mut self, _: ConnId) -> Answered {
        Err(Trouble::Cannot(Lack::ForeignPeers))
    }

    pub(super) fn foreign_hello(&mut self, id: ConnId, _: Option<SessId>) -> Answered {
        self.join_foreign(id)
    }

    pub(super) fn foreign_sends(&mut self, id: ConnId, _: Foreign) -> Answered {
        self.join_foreign(id)
    }

    pub(super) fn foreign_ticket(&mut self, id: ConnId, _: u32) -> Answered {
        self.join_foreign(id)
    }
}
