//! A session that is in a cache can be resumed.

use crate::{Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "linked-means-resumable",
    force: Force::Must,
    source: Source { page: "SSL_CTX_add_session", section: "DESCRIPTION", paragraph: 2 },
    statement: "A session that is in a cache can be resumed, unless the application added one that cannot.",
    reading: Some(
        "Marking and removing go together wherever the pages speak of either, so the library never leaves in a cache what it marks, and adds nothing that is marked. What the application adds by hand is its own doing.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::UncleanStaysCached),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.sessions.iter().map(|(id, before)| {
        let Some(now) = t.session(*id).filter(|s| s.link.is_some()) else { return Judgement::Silent };
        let spoilt_before = match before.as_ref().filter(|s| s.link.is_some()) {
            Some(was) => !was.is_resumable() || t.acted_on(*id),
            None => t.added_by_hand(*id),
        };
        if spoilt_before && !now.is_resumable() { Judgement::Silent } else { Judgement::of(now.is_resumable()) }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0)
    }

    #[test]
    fn stored_by_a_handshake() {
        assert_eq!(told(Story::page()).said("linked-means-resumable"), Judgement::Holds);
    }

    #[test]
    fn marked_but_still_cached() {
        let story = told(Story::with(Deviation::UncleanStaysCached)).call(Call::ConnectionFree(C1));
        assert_eq!(story.said("linked-means-resumable"), Judgement::Broken);
    }
}
