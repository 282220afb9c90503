//! Native as one half of a pair.

use sessck_model::{ConnId, Side};

use super::witness::look;
use super::{Answer, Native};
use crate::adapter::half::{Bytes, Foretold, Half, Showing, Shown, Stroke, Struck, Wired};
use crate::implementation::{Implementation, Name, Trouble};

impl Half for Native {
    /// What it makes up is random: it never comes upon what the other half made.
    fn begin(&mut self, _: Side) -> Result<(), Trouble> {
        self.reset()
    }

    fn strike(&mut self, brought: Vec<Wired>, stroke: Stroke, showing: Showing) -> Result<Struck, Trouble> {
        for Wired { connection: Name(id), bytes: Bytes(bytes) } in brought {
            self.arrives(id, &bytes);
        }
        look(&self.witness, |witness| {
            witness.driven = None;
            witness.roll.begin_stroke();
        });
        let before = self.moved();
        let struck = self.struck(&stroke).inspect_err(|_| look(&self.witness, |witness| witness.roll.forget_stroke()));
        let (answer, goes_on) = struck?;
        let moved = goes_on && self.moved() != before;
        let wrote = self.take_written().into_iter().map(|(id, bytes)| Wired { connection: Name(id), bytes: Bytes(bytes) }).collect();
        let showed = match showing {
            Showing::Now => Some(self.observe_strokes(&answer)?),
            Showing::Later => None,
        };
        Ok(Struck { moved, wrote, showed: showed.map(|(saw, begins)| Shown { saw, begins }) })
    }

    fn foretell(&mut self, id: ConnId) -> Result<Foretold, Trouble> {
        Ok(Foretold {
            presents_ticket: self.presents_ticket(id)?,
            goes_by_id: self.goes_by_id(id)?,
            may_withdraw: self.may_withdraw(id)?,
            waits: self.waits(id)?,
        })
    }
}

impl Native {
    /// What a stroke gives back, and whether it was a handshake.
    fn struck(&mut self, stroke: &Stroke) -> Result<(Answer, bool), Trouble> {
        Ok(match stroke {
            Stroke::Call(call) => (self.carry_out(&call.0)?, false),
            Stroke::Plug(Name(id)) => (self.plug(*id)?, false),
            Stroke::Hello(Name(id)) => {
                self.note_hosts();
                self.took_turn(*id)?
            }
            Stroke::Go(Name(id)) => self.took_turn(*id)?,
            Stroke::Nothing => (Answer::Nothing, false),
        })
    }

    fn took_turn(&self, id: ConnId) -> Result<(Answer, bool), Trouble> {
        self.handshake(id).map(|()| (Answer::Nothing, true))
    }
}
