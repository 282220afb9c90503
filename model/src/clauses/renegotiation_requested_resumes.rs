//! A client that its server asks to renegotiate proposes the session of the connection.

use super::renegotiation_abbreviated::is_proposable;
use crate::{Call, Clause, Connection, Deviation, Force, Item, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renegotiation-requested-resumes",
    force: Force::Must,
    source: Source { page: "SSL_key_update", section: "DESCRIPTION", paragraph: 8 },
    statement: "A client that its server asks to renegotiate proposes the session of the connection.",
    reading: Some("As far as that can be resumed; and unless the client has shut down, when it can answer nothing."),
    status: Status::Checked,
    mutant: Some(Deviation::RequestIsFull),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Read(id) = t.call() else { return Judgement::Silent };
    let asked = |c: &&Connection| !c.renegotiates() && c.inbox.first() == Some(&Item::Request);
    let (Some(was), Some(now)) = (t.was_connection(id).filter(asked), t.connection(id)) else { return Judgement::Silent };
    if now.renegotiates() && is_proposable(t, was) { Judgement::of(now.proposed) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        story.call(Call::Renegotiate(C1)).call(Call::Read(C0))
    }

    #[test]
    fn proposes() {
        let story = told(Story::page());
        assert_eq!(story.said("renegotiation-requested-resumes"), Judgement::Holds);
    }

    #[test]
    fn proposes_nothing() {
        assert_eq!(told(Story::with(Deviation::RequestIsFull)).said("renegotiation-requested-resumes"), Judgement::Broken);
    }
}
