//! The reference to an attached session that the handshake does not resume is given back during that handshake.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set-session-released-if-unused",
    force: Force::Must,
    source: Source { page: "SSL_set_session", section: "DESCRIPTION", paragraph: 1 },
    statement: "The reference to an attached session that the handshake does not resume is given back during that handshake.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::DeclinedKeepsReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Hello(client) | Call::Complete(client)) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(client), t.connection(client)) else { return Judgement::Silent };
    let Some(attached) = was.session.filter(|_| !now.reused) else { return Judgement::Silent };
    if now.session != Some(attached) {
        return Judgement::of(t.given_back(attached));
    }
    let is_kept = |e: &Effect| matches!(e, Effect::Completed { tried: Some(s), resumed: false, .. } if *s == attached);
    if t.effects().iter().any(is_kept) { Judgement::Broken } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::SetSessionIdContext(X1, 7));
        story.proposing(C0, ConnId(2), ConnId(3)).call(Call::Complete(ConnId(2)))
    }

    #[test]
    fn declined() {
        assert_eq!(told(Story::page()).said("set-session-released-if-unused"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::DeclinedKeepsReference)).said("set-session-released-if-unused"), Judgement::Broken);
    }

    #[test]
    fn resumed() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0);
        let story = story.proposing(C0, ConnId(2), ConnId(3)).call(Call::Complete(ConnId(2)));
        assert_eq!(story.said("set-session-released-if-unused"), Judgement::Silent);
    }
}
