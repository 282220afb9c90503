//! A server that is told so never resumes in a renegotiation.

use crate::{Call, Clause, Connection, Deviation, Effect, Force, Item, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renegotiation-always-new",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 38 },
    statement: "Where SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION is set a server starts a new session in every renegotiation.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::AlwaysFullIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Read(id) = t.call() else { return Judgement::Silent };
    let decided = t.effects().iter().any(|e| matches!(e, Effect::Decided { connection, .. } if *connection == id));
    let told_so = |c: &&Connection| c.renegotiation.always_full && matches!(c.inbox.first(), Some(Item::Hello(Some(_))));
    let (Some(was), Some(now)) = (t.was_connection(id).filter(told_so), t.connection(id)) else { return Judgement::Silent };
    if decided { Judgement::of(!now.reused && now.session != was.session) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetOption(X1, Opt::NoResumptionOnRenegotiation)).pair().handshake(C0);
        story.call(Call::Renegotiate(C1)).call(Call::Read(C0)).call(Call::Read(C1))
    }

    #[test]
    fn new_session() {
        assert_eq!(told(Story::page()).said("renegotiation-always-new"), Judgement::Holds);
    }

    #[test]
    fn resumes() {
        assert_eq!(told(Story::with(Deviation::AlwaysFullIgnored)).said("renegotiation-always-new"), Judgement::Broken);
    }
}
