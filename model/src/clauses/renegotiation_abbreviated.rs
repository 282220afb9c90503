//! SSL_renegotiate_abbreviated on a client proposes the session of the connection.

use crate::{Call, Clause, Connection, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renegotiation-abbreviated",
    force: Force::Must,
    source: Source { page: "SSL_key_update", section: "DESCRIPTION", paragraph: 6 },
    statement: "SSL_renegotiate_abbreviated on a client proposes the session of the connection.",
    reading: Some("As far as that can be resumed; a session that is not is treated as anywhere else."),
    status: Status::Checked,
    mutant: Some(Deviation::AbbreviatedIsFull),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::RenegotiateAbbreviated(id) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    if now.renegotiates() && is_proposable(t, was) { Judgement::of(now.proposed) } else { Judgement::Silent }
}

/// Whether the session that a connection had could be proposed.
pub(super) fn is_proposable(t: &Transition<'_>, was: &Connection) -> bool {
    was.session.and_then(|s| t.was_session(s)).is_some_and(|s| s.is_resumable() && !s.is_expired(t.journal.now))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story =
            story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetOption(X1, Opt::ClientRenegotiation));
        story.pair().handshake(C0).call(Call::RenegotiateAbbreviated(C0))
    }

    #[test]
    fn proposes() {
        let story = told(Story::page());
        assert_eq!(story.said("renegotiation-abbreviated"), Judgement::Holds);
        assert!(story.call(Call::Read(C1)).call(Call::Read(C0)).state.connections.get(C0).is_some_and(|c| c.reused));
    }

    #[test]
    fn proposes_nothing() {
        assert_eq!(told(Story::with(Deviation::AbbreviatedIsFull)).said("renegotiation-abbreviated"), Judgement::Broken);
    }
}
