//! Attaching a session to a connection takes one reference to it.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set-session-counts",
    force: Force::Must,
    source: Source { page: "SSL_set_session", section: "DESCRIPTION", paragraph: 1 },
    statement: "Attaching a session to a connection takes one reference to it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::SetSessionDoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SetSession(connection, Some(id)) = t.call() else { return Judgement::Silent };
    // What was attached already is given back in the same call.
    if t.was_connection(connection).is_none_or(|c| c.session == Some(id)) {
        return Judgement::Silent;
    }
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    let attached = t.connection(connection).is_some_and(|c| c.session == Some(id));
    // The session that was attached before may have been its twin, and have taken it out of the cache with its own end.
    let left_cache = was.link.is_some() && now.link.is_none();
    Judgement::of(attached && now.count + u32::from(left_cache) == was.count + 1)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Version,
        story::{C0, Story, X0},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0)).call(Call::ConnectionNew(ConnId(2), X0));
        let session = story.session_of(C0);
        story.call(Call::SetSession(ConnId(2), Some(session)))
    }

    #[test]
    fn attached_to_a_second_connection() {
        assert_eq!(told(Story::page()).said("set-session-counts"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SetSessionDoesNotCount)).said("set-session-counts"), Judgement::Broken);
    }

    #[test]
    fn detached() {
        let story = told(Story::page()).call(Call::SetSession(ConnId(2), None));
        assert_eq!(story.said("set-session-counts"), Judgement::Silent);
    }
}
