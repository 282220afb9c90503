//! As long as a connection is in use and still has the session that was borrowed from it, that session is in memory.

use crate::{Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "borrow-live",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 6 },
    statement: "As long as a connection is in use and still has the session that was borrowed from it, that session is in memory.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::FlushFreesUsed),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let lent = t.after.borrows.iter().filter(|b| b.of.and_then(|c| t.connection(c)).is_some_and(|c| c.session == Some(b.session)));
    let touched = lent.filter(|b| t.journal.sessions.iter().any(|(id, _)| *id == b.session));
    Judgement::all(touched.map(|b| Judgement::of(t.lives(b.session))))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        story.call(Call::Get0(C1)).call(Call::FlushSessions(X1, 9000))
    }

    #[test]
    fn flushed_while_borrowed() {
        assert_eq!(told(Story::page()).said("borrow-live"), Judgement::Holds);
    }

    #[test]
    fn flush_takes_the_connections_reference() {
        assert_eq!(told(Story::with(Deviation::FlushFreesUsed)).said("borrow-live"), Judgement::Broken);
    }

    #[test]
    fn connection_gone() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get0(C0)).call(Call::ConnectionFree(C0));
        assert_eq!(story.said("borrow-live"), Judgement::Silent);
    }
}
