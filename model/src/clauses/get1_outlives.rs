//! A session to which the application holds a reference stays in memory, whatever else is called.

use crate::{Clause, Deviation, Force, Judgement, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get1-outlives",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 7 },
    statement: "A session to which the application holds a reference stays in memory, whatever else is called.",
    reading: Some(
        "Memory only: its place in a cache and its resumability may go. A reference had in another way (up_ref, a copy, a callback) counts the same.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::Get1DoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.sessions.iter().map(|(id, before)| {
        let Some(now) = t.session(*id).filter(|s| s.owned > 0) else { return Judgement::Silent };
        if now.freed {
            return Judgement::Broken;
        }
        let lost = |s: &Session| s.owned > 0 && (s.count > now.count || s.link != now.link || s.marked != now.marked);
        if before.as_ref().is_some_and(lost) { Judgement::Holds } else { Judgement::Silent }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    #[test]
    fn held_over_the_end_of_its_connection() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0)).call(Call::ConnectionFree(C0));
        assert_eq!(story.said("get1-outlives"), Judgement::Holds);
    }

    #[test]
    fn held_without_counting() {
        let story = Story::with(Deviation::Get1DoesNotCount).contexts(Version::Tls12).pair().handshake(C0);
        let story = story.call(Call::Get1(C0)).call(Call::ConnectionFree(C0));
        assert_eq!(story.said("get1-outlives"), Judgement::Broken);
    }

    #[test]
    fn a_flush_frees_what_the_application_owns() {
        let story =
            Story::with(Deviation::DupKeepsOwner).contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        let original = story.session_of(C1);
        let story = story.call(Call::Get0(C1)).call(Call::SessionDup(original));
        let copy = story.made();
        let story = story.call(Call::SessionSetTime(copy, 1)).call(Call::FlushSessions(X1, 9000));
        assert_eq!(story.said("get1-outlives"), Judgement::Broken);
    }
}
