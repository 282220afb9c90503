//! Attaching another session to a connection that is still open takes its session out of the cache and marks it.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set-session-open-is-bad",
    force: Force::Must,
    source: Source { page: "SSL_set_session", section: "DESCRIPTION", paragraph: 2 },
    statement: "Attaching another session to a connection that is still open takes its session out of the cache and marks it.",
    reading: Some("Open is what it is for SSL_free: a handshake completed and this end has not shut down."),
    status: Status::Checked,
    mutant: Some(Deviation::SetSessionSparesOpen),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SetSession(id, _) = t.call() else { return Judgement::Silent };
    let old = t.was_connection(id).filter(|c| c.is_open()).and_then(|c| c.session);
    old.map_or(Judgement::Silent, |old| Judgement::of(t.is_retired(old)))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::SetSession(C1, None))
    }

    #[test]
    fn still_open() {
        assert_eq!(told(Story::page()).said("set-session-open-is-bad"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SetSessionSparesOpen)).said("set-session-open-is-bad"), Judgement::Broken);
    }

    #[test]
    fn shut_down_before() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C1));
        assert_eq!(story.call(Call::SetSession(C1, None)).said("set-session-open-is-bad"), Judgement::Silent);
    }
}
