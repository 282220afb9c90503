//! The network between connections: each has a memory BIO to read from and one to write to, and what it wrote is carried over
//! after each call. So bytes on their way to a connection are bytes in its read BIO.

use std::ffi::{c_int, c_void};
use std::ptr::null_mut;

use sessck_model::{ConnId, CtxId, Foreign, SessId};

use super::api::Ptr;
use super::memory;
use super::{Answer, Libssl};
use crate::implementation::{Lack, Trouble};

/// One connection and its end of a transport.
pub(super) struct Connection {
    pub(super) ssl: Ptr,
    pub(super) context: CtxId,
    /// References that the application holds.
    pub(super) references: u32,
    pub(super) incoming: Ptr,
    pub(super) outgoing: Ptr,
    /// The far end of a full BIO pair, while the transport takes nothing.
    pub(super) plug: Ptr,
    /// Tickets were asked for in this connection's present life.
    pub(super) asked: bool,
    /// Where its transport leads out of this process: what it has written since that was last asked for.
    pub(super) written: Option<Vec<u8>>,
    peer: Option<ConnId>,
    state: Transport,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    /// Carries bytes, if there is a peer.
    Up,
    /// Ends after what is on its way; what is written is lost.
    Cut,
    /// Fails.
    Broken,
}

impl Connection {
    /// A connection without a transport, and without BIOs until [`Libssl::unplug`].
    pub(super) fn new(ssl: Ptr, context: CtxId) -> Self {
        Self {
            ssl,
            context,
            references: 1,
            incoming: null_mut(),
            outgoing: null_mut(),
            plug: null_mut(),
            asked: false,
            written: None,
            peer: None,
            state: Transport::Up,
        }
    }

    /// Whether anything comes to it that is sent to it.
    pub(super) fn takes_in(&self) -> bool {
        self.state != Transport::Broken && !self.incoming.is_null()
    }
}

/// `BIO_C_SET_BUF_MEM_EOF_RETURN`.
const SET_EOF_RETURN: c_int = 130;
/// A record of application data that no key made: 48 bytes, so that every cipher finds it long enough to try.
const BROKEN_RECORD: [u8; 53] = {
    let mut record = [0xA5; 53];
    [record[0], record[1], record[2], record[3], record[4]] = [0x17, 3, 3, 0, 48];
    record
};

impl Libssl {
    /// A new transport between two connections.
    pub(super) fn join(&mut self, one: ConnId, other: ConnId) -> Result<Answer, Trouble> {
        self.unplug(one)?;
        self.unplug(other)?;
        self.connection_mut(one)?.peer = Some(other);
        self.connection_mut(other)?.peer = Some(one);
        Ok(Answer::Nothing)
    }

    /// Takes a connection off its transport and gives it an empty one. What it had written stays on its way.
    pub(super) fn unplug(&mut self, id: ConnId) -> Result<(), Trouble> {
        let _ours = memory::ours();
        self.part(id);
        let api = self.api;
        let connection = self.connection_mut(id)?;
        // SAFETY: two fresh BIOs, which the connection owns from here on; it frees those it had.
        unsafe {
            connection.incoming = (api.BIO_new)((api.BIO_s_mem)());
            connection.outgoing = (api.BIO_new)((api.BIO_s_mem)());
            (api.SSL_set_bio)(connection.ssl, connection.incoming, connection.outgoing);
        }
        connection.state = Transport::Up;
        self.pull_plug(id)
    }

    /// Nothing goes between this connection and its peer any more.
    pub(super) fn part(&mut self, id: ConnId) {
        let peer = self.connections.get_mut(&id).and_then(|connection| connection.peer.take());
        if let Some(peer) = peer.and_then(|peer| self.connections.get_mut(&peer)) {
            peer.peer = None;
        }
    }

    /// What each connection with a transport reads from and writes to.
    pub(super) fn plugs(&self) -> Vec<[Ptr; 2]> {
        let held = self.connections.values().filter(|connection| connection.references > 0);
        held.map(|connection| [connection.incoming, connection.outgoing]).collect()
    }

    /// The connection at the other end.
    pub(super) fn peer(&self, id: ConnId) -> Option<ConnId> {
        self.connections.get(&id)?.peer
    }

    /// Carries over what a connection has written. Returns whether it had written anything.
    pub(super) fn carry(&mut self, id: ConnId) -> Result<bool, Trouble> {
        let _ours = memory::ours();
        let connection = self.connection(id)?;
        if connection.state == Transport::Broken || connection.outgoing.is_null() {
            return Ok(false);
        }
        let (arrives, mut leaves) = (connection.state == Transport::Up, Vec::new());
        let receiver = connection.peer.and_then(|peer| self.connections.get(&peer));
        let receiver = receiver.filter(|peer| arrives && peer.state != Transport::Broken);
        let mut buffer = [0_u8; 4_096];
        let mut moved = false;
        loop {
            // SAFETY: the BIO is the connection's, and the buffer is as long as said.
            let length = unsafe { (self.api.BIO_read)(connection.outgoing, buffer.as_mut_ptr().cast(), buffer.len() as c_int) };
            if length <= 0 {
                break;
            }
            moved = true;
            leaves.extend(buffer.iter().take(length as usize).filter(|_| arrives && connection.written.is_some()));
            if let Some(receiver) = receiver {
                // SAFETY: the BIO is the receiver's; so many bytes were read.
                unsafe { (self.api.BIO_write)(receiver.incoming, buffer.as_ptr().cast(), length) };
            }
        }
        if let Some(written) = self.connections.get_mut(&id).and_then(|connection| connection.written.as_mut()) {
            written.append(&mut leaves);
        }
        Ok(moved)
    }

    /// A broken record comes after all that is on its way to this connection.
    pub(super) fn corrupt(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let connection = self.connection(id)?;
        if connection.state != Transport::Broken {
            let record: *const c_void = BROKEN_RECORD.as_ptr().cast();
            // SAFETY: the BIO is the connection's; the record is as long as said.
            unsafe { (self.api.BIO_write)(connection.incoming, record, BROKEN_RECORD.len() as c_int) };
        }
        Ok(Answer::Nothing)
    }

    /// Both directions end: what is on its way arrives, then the end.
    pub(super) fn cut(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let api = self.api;
        for id in std::iter::once(id).chain(self.peer(id)) {
            let connection = self.connection_mut(id)?;
            if connection.state == Transport::Up {
                connection.state = Transport::Cut;
                // SAFETY: the BIO is the connection's. An empty one now reads as an end instead of "later".
                unsafe { (api.BIO_ctrl)(connection.incoming, SET_EOF_RETURN, 0, null_mut()) };
            }
        }
        Ok(Answer::Nothing)
    }

    /// Reads and writes of this connection fail: its BIO is a file descriptor that is not open.
    pub(super) fn break_wire(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let api = self.api;
        let connection = self.connection_mut(id)?;
        // SAFETY: one BIO for both directions, of which the connection takes the one reference.
        unsafe {
            let bad = (api.BIO_new_fd)(-1, 0);
            (api.SSL_set_bio)(connection.ssl, bad, bad);
        }
        connection.state = Transport::Broken;
        (connection.incoming, connection.outgoing) = (null_mut(), null_mut());
        self.pull_plug(id)?;
        Ok(Answer::Nothing)
    }

    /// What a peer that is not ours does can be told in a trace, and not be made.
    pub(super) fn join_foreign(&mut self, _: ConnId) -> Result<Answer, Trouble> {
        Err(Trouble::Cannot(Lack::ForeignPeers))
    }

    pub(super) fn foreign_hello(&mut self, id: ConnId, _: Option<SessId>) -> Result<Answer, Trouble> {
        self.join_foreign(id)
    }

    pub(super) fn foreign_sends(&mut self, id: ConnId, _: Foreign) -> Result<Answer, Trouble> {
        self.join_foreign(id)
    }

    pub(super) fn foreign_ticket(&mut self, id: ConnId, _: u32) -> Result<Answer, Trouble> {
        self.join_foreign(id)
    }
}
