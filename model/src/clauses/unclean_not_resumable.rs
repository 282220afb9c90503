//! A session whose connection ends by a fatal error, or is freed without having been shut down, cannot be resumed any more.

use super::unclean_removed::each_unclean;
use crate::{Clause, Deviation, Force, Judgement, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "unclean-not-resumable",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 4 },
    statement: "A session whose connection ends by a fatal error, or is freed without having been shut down, cannot be resumed any more.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::UncleanNotMarked),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    each_unclean(t, |id| {
        let Some(now) = t.session(id).filter(|s| !s.freed) else { return Judgement::Silent };
        if now.is_resumable() {
            return Judgement::Broken;
        }
        if t.was_session(id).is_some_and(Session::is_resumable) { Judgement::Holds } else { Judgement::Silent }
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0)).call(Call::ConnectionFree(C0))
    }

    #[test]
    fn held_over_an_unclean_end() {
        assert_eq!(told(Story::page()).said("unclean-not-resumable"), Judgement::Holds);
    }

    #[test]
    fn not_marked() {
        assert_eq!(told(Story::with(Deviation::UncleanNotMarked)).said("unclean-not-resumable"), Judgement::Broken);
    }

    #[test]
    fn held_over_a_clean_end() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let story = story.call(Call::Shutdown(C0)).call(Call::ConnectionFree(C0));
        assert_eq!(story.said("unclean-not-resumable"), Judgement::Silent);
    }
}
