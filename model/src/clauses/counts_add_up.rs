//! A session has as many references as there are places that hold it.

use crate::{Clause, Deviation, Force, Judgement, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "counts-add-up",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "NOTES", paragraph: 1 },
    statement: "A session has as many references as there are places that hold it.",
    reading: Some(
        "The holders are the connections whose session it is, the cache it is in, and the application for each reference it was given.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::SetSessionDoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let touched = t.journal.sessions.iter().map(|(id, _)| *id);
    Judgement::all(touched.chain(passed_on(t)).map(|id| {
        let Some(session) = t.session(id).filter(|s| !s.freed) else { return Judgement::Silent };
        Judgement::of(session.count == t.after.holders(id))
    }))
}

/// The sessions that connections gained or lost: these have another holder now, whether or not that was counted.
fn passed_on(t: &Transition<'_>) -> impl Iterator<Item = SessId> {
    t.journal.connections.iter().flat_map(|(id, before)| {
        let (had, has) = (before.as_ref().and_then(|c| c.session), t.connection(*id).and_then(|c| c.session));
        if had == has { [None, None] } else { [had, has] }.into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, ConnId, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        story.another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)))
    }

    #[test]
    fn held_by_two_connections_and_the_application() {
        assert_eq!(told(Story::page()).said("counts-add-up"), Judgement::Holds);
    }

    #[test]
    fn attached_without_counting() {
        assert_eq!(told(Story::with(Deviation::SetSessionDoesNotCount)).said("counts-add-up"), Judgement::Broken);
    }
}
