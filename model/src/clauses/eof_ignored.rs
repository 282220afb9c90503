//! Where SSL_OP_IGNORE_UNEXPECTED_EOF is set, the end of the transport counts as the peer's close_notify, and is no error.

use super::eof_without_close_notify::ends;
use crate::{Call, Clause, Deviation, Eof, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "eof-ignored",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 26 },
    statement: "Where SSL_OP_IGNORE_UNEXPECTED_EOF is set, the end of the transport counts as the peer's close_notify, and is no error.",
    reading: Some(
        "It counts as that alert and as nothing else: that this end has shut down is not taken back by it, and that it has not is not made good. \
         A transport that fails has not ended.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::IgnoredEndIsError),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Read(id) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    if was.eof == Eof::Error || was.shutdown.received || !ends(was) {
        return Judgement::Silent;
    }
    Judgement::of(!now.error && now.phase == Phase::Open && now.shutdown.received && now.shutdown.sent == was.shutdown.sent)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Outcome, Version,
        story::{C0, Story, X0},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetOption(X0, Opt::IgnoreUnexpectedEof)).pair().handshake(C0);
        story.call(Call::Shutdown(C0)).call(Call::Cut(C0)).call(Call::Read(C0))
    }

    #[test]
    fn cut_off() {
        let story = told(Story::page());
        assert_eq!(story.said("eof-ignored"), Judgement::Holds);
        assert_eq!(story.call(Call::Shutdown(C0)).outcome, Outcome::Number(1));
        assert_eq!(told(Story::with(Deviation::IgnoredEndIsError)).said("eof-ignored"), Judgement::Broken);
    }

    #[test]
    fn takes_the_sent_state_back() {
        assert_eq!(told(Story::with(Deviation::IgnoredEndClearsSent)).said("eof-ignored"), Judgement::Broken);
    }

    #[test]
    fn the_transport_fails() {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetOption(X0, Opt::IgnoreUnexpectedEof)).pair().handshake(C0);
        assert_eq!(story.call(Call::Break(C0)).call(Call::Read(C0)).said("eof-ignored"), Judgement::Silent);
    }
}
