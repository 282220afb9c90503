//! Attaching another session, or none, gives the one attached before back.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set-session-replaces",
    force: Force::Must,
    source: Source { page: "SSL_set_session", section: "DESCRIPTION", paragraph: 2 },
    statement: "Attaching another session, or none, gives the one attached before back.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::SetSessionKeepsOld),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SetSession(id, attached) = t.call() else { return Judgement::Silent };
    let old = t.was_connection(id).and_then(|c| c.session).filter(|old| Some(*old) != attached);
    let (Some(old), Some(now)) = (old, t.connection(id)) else { return Judgement::Silent };
    Judgement::of(now.session == attached && t.given_back(old))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Version,
        story::{C0, Story, X0},
    };

    fn attached(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0)).call(Call::ConnectionNew(ConnId(2), X0));
        let session = story.session_of(C0);
        story.call(Call::SetSession(ConnId(2), Some(session)))
    }

    fn told(story: Story) -> Story {
        attached(story).call(Call::SetSession(ConnId(2), None))
    }

    #[test]
    fn detached() {
        assert_eq!(told(Story::page()).said("set-session-replaces"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SetSessionKeepsOld)).said("set-session-replaces"), Judgement::Broken);
    }

    #[test]
    fn nothing_before() {
        assert_eq!(attached(Story::page()).said("set-session-replaces"), Judgement::Silent);
    }
}
