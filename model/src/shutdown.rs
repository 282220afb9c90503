//! Shutting down: the state, what is sent, and what `SSL_shutdown` answers.

use crate::step::{Answer, Step, Stop};
use crate::wire::{Telling, Until};
use crate::{ConnId, CtxId, Deviation, Item, Misuse, Obligation, Outcome, Outlet, Phase, Quiet, ShutdownState, Undefined, Unsent, Wire};

/// The answer of a call that could not be done, or not yet.
const UNDONE: Outcome = Outcome::Number(-1);

impl Step<'_> {
    pub(crate) fn set_context_quiet_shutdown(&mut self, id: CtxId, quiet: Quiet) -> Answer {
        self.held_context(id)?;
        self.context_mut(id)?.quiet = quiet;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_quiet_shutdown(&mut self, id: ConnId, quiet: Quiet) -> Answer {
        self.connection_mut(id)?.quiet = quiet;
        Ok(Outcome::Done)
    }

    pub(crate) fn set_shutdown(&mut self, id: ConnId, state: ShutdownState) -> Answer {
        let connection = self.connection(id)?;
        // what becomes of a close_notify that waits to be sent is not written
        if connection.phase == Phase::Hello || connection.unsent == Some(Unsent::CloseNotify) {
            return Err(Stop::Undefined(Undefined::WrongPhase));
        }
        let only_adds = self.deviates(Deviation::SetShutdownOnlyAdds);
        let shutdown = &mut self.connection_mut(id)?.shutdown;
        let before = if only_adds { *shutdown } else { ShutdownState::default() };
        *shutdown = ShutdownState { sent: state.sent || before.sent, received: state.received || before.received };
        Ok(Outcome::Done)
    }

    pub(crate) fn shutdown(&mut self, id: ConnId) -> Answer {
        self.may_shut_down(id)?;
        let connection = self.connection(id)?;
        let (before, quiet, unsent) = (connection.shutdown, connection.quiet, connection.unsent);
        if matches!(connection.phase, Phase::Idle | Phase::Hello) {
            return self.shutdown_before_open(id, quiet);
        }
        if self.connection(id)?.asked > 0 && self.deviates(Deviation::AskedCountsAsHandshake) {
            return Ok(UNDONE);
        }
        if quiet == Quiet::On {
            self.connection_mut(id)?.shutdown = ShutdownState { sent: true, received: true };
            return Ok(Outcome::Number(1));
        }
        if !before.sent || unsent == Some(Unsent::CloseNotify) {
            return self.send_close_notify(id);
        }
        self.take_in(id, Until::Data)?;
        let connection = self.connection(id)?;
        let ShutdownState { sent, received } = connection.shutdown;
        // latitude: that the peer's close_notify has not come is no error, and yet it is to be waited for
        // divergence: a fatal alert is taken for the peer's close_notify
        let alerted = received && sent && connection.phase == Phase::Failed && self.deviates(Deviation::AlertAnswersShutdown);
        let waits = !received && !connection.error && self.choice.waiting_answers_zero;
        Ok(match (received && !connection.error, sent) {
            _ if alerted => Outcome::Number(1),
            (true, true) => Outcome::Number(1),
            (true, false) => Outcome::Number(0),
            (false, _) if waits => Outcome::Number(0),
            (false, _) => UNDONE,
        })
    }

    /// Refuses shutting down after a fatal error, where nothing carries it, and while application data is to be written again.
    fn may_shut_down(&self, id: ConnId) -> Result<(), Stop> {
        let connection = self.connection(id)?;
        if connection.error {
            return self.obliged(Obligation::NoShutdownAfterFatal, Misuse::ShutdownAfterError(id));
        }
        match connection.phase {
            Phase::Idle | Phase::Hello => Ok(()),
            Phase::Open | Phase::Failed if connection.wire == Wire::None => Err(Stop::Undefined(Undefined::NoTransport)),
            Phase::Open | Phase::Failed if connection.unsent == Some(Unsent::Data) => Err(Stop::Undefined(Undefined::WrongPhase)),
            Phase::Open | Phase::Failed => Ok(()),
        }
    }

    /// The pages speak of active connections only.
    fn shutdown_before_open(&mut self, id: ConnId, quiet: Quiet) -> Answer {
        // latitude: one page says that quiet shutdown always succeeds
        if quiet == Quiet::Off || !self.choice.quiet_before_open {
            return Ok(UNDONE);
        }
        self.connection_mut(id)?.shutdown = ShutdownState { sent: true, received: true };
        Ok(Outcome::Number(1))
    }

    fn send_close_notify(&mut self, id: ConnId) -> Answer {
        let connection = self.connection(id)?;
        let (broken, blocked, received) =
            (connection.wire == Wire::Broken, connection.outlet == Outlet::Blocked, connection.shutdown.received);
        let kept_back = (broken || blocked) && self.deviates(Deviation::ShutdownNeedsDelivery);
        let connection = self.connection_mut(id)?;
        connection.shutdown.sent |= !kept_back;
        if broken {
            connection.error = true;
            return Ok(UNDONE);
        }
        if blocked {
            return self.hold_back(id, Unsent::CloseNotify);
        }
        connection.unsent = None;
        self.send(id, Item::CloseNotify)?;
        Ok(Outcome::Number((received || self.deviates(Deviation::ShutdownAnswersEarly)).into()))
    }

    /// What the transport does not take for now is to be tried again by the same call.
    pub(crate) fn hold_back(&mut self, id: ConnId, unsent: Unsent) -> Answer {
        if self.deviates(Deviation::BlockedIsFatal) {
            self.fail(id, Telling::Nobody)?;
        } else {
            self.connection_mut(id)?.unsent = Some(unsent);
        }
        Ok(UNDONE)
    }

    /// Waiting for the peer's close_notify meets application data that nobody read.
    pub(crate) fn meets_data(&mut self, id: ConnId) -> Result<(), Stop> {
        // latitude: the answer is below 0; whether that is a fatal error is not written
        if self.choice.unread_is_fatal { self.fail(id, Telling::Nobody) } else { Ok(()) }
    }
}
