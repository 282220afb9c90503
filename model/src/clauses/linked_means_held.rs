//! A session that is in a cache is in one cache only, once, and that cache holds a reference to it.

use crate::{Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "linked-means-held",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "NOTES", paragraph: 1 },
    statement: "A session that is in a cache is in one cache only, once, and that cache holds a reference to it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::AddDoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.sessions.iter().map(|(id, _)| {
        let Some(session) = t.session(*id).filter(|s| !s.freed) else { return Judgement::Silent };
        let listed: usize = t.after.contexts.iter().map(|(_, x)| x.cache.iter().filter(|s| *s == id).count()).sum();
        match session.link {
            None if listed == 0 => Judgement::Silent,
            None => Judgement::Broken,
            Some(context) => {
                let there = t.context(context).is_some_and(|x| x.holds(*id));
                Judgement::of(there && listed == 1 && session.count >= t.after.holders(*id))
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0)
    }

    #[test]
    fn stored_by_a_handshake() {
        assert_eq!(told(Story::page()).said("linked-means-held"), Judgement::Holds);
    }

    #[test]
    fn stored_without_counting() {
        assert_eq!(told(Story::with(Deviation::AddDoesNotCount)).said("linked-means-held"), Judgement::Broken);
    }
}
