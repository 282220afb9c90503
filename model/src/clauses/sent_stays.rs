//! Once this end has shut down, nothing but set_shutdown and SSL_clear takes that back.

use crate::{Call, Clause, ConnId, Connection, Deviation, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "sent-stays",
    force: Force::Must,
    source: Source { page: "SSL_set_shutdown", section: "NOTES", paragraph: 3 },
    statement: "Once this end has shut down, nothing but set_shutdown and SSL_clear takes that back.",
    reading: Some(
        "No page says so; it follows from the state standing for a close_notify that was sent. What is set before a handshake is not judged: starting one may clear it.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ReadClearsSent),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.connections.iter().filter_map(|(id, was)| Some(touched(t, *id, was.as_ref()?))))
}

fn touched(t: &Transition<'_>, id: ConnId, was: &Connection) -> Judgement {
    let Some(now) = t.connection(id) else { return Judgement::Silent };
    let taken_back = matches!(t.call(), Call::SetShutdown(c, _) | Call::Clear(c) if c == id);
    let completed = matches!(was.phase, Phase::Open | Phase::Failed);
    if !was.shutdown.sent || taken_back || !completed {
        return Judgement::Silent;
    }
    Judgement::of(now.shutdown.sent)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, ShutdownState, Version,
        story::{C0, Story},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Read(C0))
    }

    #[test]
    fn read_after_shutdown() {
        assert_eq!(told(Story::page()).said("sent-stays"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ReadClearsSent)).said("sent-stays"), Judgement::Broken);
    }

    #[test]
    fn taken_back() {
        let story = told(Story::page()).call(Call::SetShutdown(C0, ShutdownState::default()));
        assert_eq!(story.said("sent-stays"), Judgement::Silent);
    }
}
