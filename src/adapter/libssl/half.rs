//! A libssl as one half of a pair: transports that lead out of the process, and handshakes that go on step by step.

use std::ffi::c_int;

use sessck_model::{ConnId, Side, Version};

use super::witness::with;
use super::{Answer, Libssl, memory, random};
use crate::adapter::half::{Bytes, Foretold, Half, Showing, Shown, Stroke, Struck, Wired};
use crate::implementation::{Implementation, Name, Trouble};

impl Half for Libssl {
    fn begin(&mut self, side: Side) -> Result<(), Trouble> {
        self.reset()?;
        if side == Side::Server {
            // both halves number what they make up, and neither is to come upon what the other made
            random::restart_apart();
            with(|witness| witness.ids_made = u32::MAX / 2);
        }
        Ok(())
    }

    fn strike(&mut self, brought: Vec<Wired>, stroke: Stroke, showing: Showing) -> Result<Struck, Trouble> {
        for Wired { connection: Name(id), bytes: Bytes(bytes) } in brought {
            self.arrives(id, &bytes);
        }
        with(|witness| {
            witness.driven = None;
            witness.roll.begin_stroke();
        });
        let (answer, moved) = self.struck(&stroke).inspect_err(|_| with(|witness| witness.roll.forget_stroke()))?;
        let wrote = self.take_written();
        let showed = match showing {
            Showing::Now => Some(self.observe_strokes(&answer)?),
            Showing::Later => None,
        };
        Ok(Struck { moved, wrote, showed: showed.map(|(saw, begins)| Shown { saw, begins }) })
    }

    fn foretell(&mut self, id: ConnId) -> Result<Foretold, Trouble> {
        self.foretold(id)
    }
}

impl Libssl {
    fn foretold(&self, id: ConnId) -> Result<Foretold, Trouble> {
        let connection = self.connection(id)?;
        let context = self.contexts.get(&connection.context);
        let session = self.current_session(connection.ssl);
        // SAFETY: the session lives, since the connection has it.
        let has_ticket = !session.is_null() && self.api.SSL_SESSION_has_ticket.is_some_and(|asks| unsafe { asks(session) } == 1);
        Ok(Foretold {
            presents_ticket: has_ticket && context.is_some_and(|context| context.version == Version::Tls12),
            waits: session.is_null() && !self.is_open(connection.ssl),
            ..Foretold::default()
        })
    }

    /// What a stroke gives back, and whether a handshake moved.
    fn struck(&mut self, stroke: &Stroke) -> Result<(Answer, bool), Trouble> {
        Ok(match stroke {
            Stroke::Call(call) => (self.carry_out(&call.0)?, false),
            Stroke::Plug(Name(id)) => {
                self.unplug(*id)?;
                self.connection_mut(*id)?.written = Some(Vec::new());
                (Answer::Nothing, false)
            }
            Stroke::Hello(Name(id)) => {
                self.note_hosts();
                (Answer::Nothing, self.handshake(*id)?)
            }
            Stroke::Go(Name(id)) => (Answer::Nothing, self.handshake(*id)?),
            Stroke::Nothing => (Answer::Nothing, false),
        })
    }

    /// Bytes come to a connection, unless it is gone or off its transport.
    fn arrives(&self, id: ConnId, bytes: &[u8]) {
        let _ours = memory::ours();
        let receiver = self.connection(id).ok().filter(|connection| connection.takes_in());
        if let (Some(receiver), Ok(length)) = (receiver, c_int::try_from(bytes.len())) {
            // SAFETY: the BIO is the receiver's; so many bytes are there.
            unsafe { (self.api.BIO_write)(receiver.incoming, bytes.as_ptr().cast(), length) };
        }
    }

    fn take_written(&mut self) -> Vec<Wired> {
        let connections = self.connections.iter_mut();
        let written = connections.filter_map(|(id, connection)| {
            let bytes = std::mem::take(connection.written.as_mut()?);
            (!bytes.is_empty()).then_some(Wired { connection: Name(*id), bytes: Bytes(bytes) })
        });
        written.collect()
    }
}
