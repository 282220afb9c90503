//! A renegotiation that a client began by SSL_renegotiate does not resume.

use crate::{Clause, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renegotiation-full",
    force: Force::Must,
    source: Source { page: "SSL_key_update", section: "DESCRIPTION", paragraph: 5 },
    statement: "A renegotiation that a client began by SSL_renegotiate does not resume.",
    reading: Some("A client that proposes nothing resumes nothing, however it came to that."),
    status: Status::Checked,
    mutant: Some(Deviation::RenegotiationResumes),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| {
        let Effect::Completed { connection, resumed, .. } = *effect else { return Judgement::Silent };
        let client = t.context_of(connection).is_some_and(|x| x.side == Side::Client);
        let renegotiated = t.was_connection(connection).is_some_and(|c| c.renegotiates() && !c.proposed);
        let Some(now) = t.connection(connection).filter(|_| client && renegotiated) else { return Judgement::Silent };
        Judgement::of(!resumed && !now.reused)
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story =
            story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetOption(X1, Opt::ClientRenegotiation));
        let story = story.pair().handshake(C0).call(Call::Renegotiate(C0)).call(Call::Read(C1)).call(Call::Read(C0)).call(Call::Read(C1));
        story.call(Call::Read(C0))
    }

    #[test]
    fn new_session() {
        let story = told(Story::page());
        assert_eq!(story.said("renegotiation-full"), Judgement::Holds);
    }

    #[test]
    fn resumes() {
        let story = Story::with(Deviation::RenegotiationResumes).contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetOption(X1, Opt::ClientRenegotiation)).pair().handshake(C0).call(Call::Renegotiate(C0));
        assert_eq!(story.call(Call::Read(C1)).call(Call::Read(C0)).said("renegotiation-full"), Judgement::Broken);
    }
}
