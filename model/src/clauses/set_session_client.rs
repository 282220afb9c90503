//! Attaching a session is of use to clients only: what is attached to a server is not what it resumes.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set-session-client",
    force: Force::Should,
    source: Source { page: "SSL_set_session", section: "DESCRIPTION", paragraph: 1 },
    statement: "Attaching a session is of use to clients only: what is attached to a server is not what it resumes.",
    reading: Some(
        "Of no use means that it does no harm, either: the server decides by what the client proposes, as if nothing were attached.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ClearedServerStuck),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(_) = t.call() else { return Judgement::Silent };
    Judgement::all(t.effects().iter().map(|effect| {
        let Effect::Decided { connection, resumed, .. } = *effect else { return Judgement::Silent };
        let attached = t.was_connection(connection).is_some_and(|c| c.session.is_some());
        let Some(server) = t.connection(connection).filter(|_| attached) else { return Judgement::Silent };
        Judgement::of(server.reused == resumed)
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};
    use crate::{Call, ConnId, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let (client, server) = (ConnId(2), ConnId(3));
        story.another_pair(client, server).call(Call::SetSession(server, Some(session))).call(Call::Hello(client))
    }

    #[test]
    fn attached_to_a_server() {
        assert_eq!(told(Story::page()).said("set-session-client"), Judgement::Holds);
    }

    #[test]
    fn taken_for_resumed() {
        assert_eq!(told(Story::with(Deviation::ClearedServerStuck)).said("set-session-client"), Judgement::Broken);
    }

    #[test]
    fn attached_to_a_client() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).proposing(C0, ConnId(2), ConnId(3));
        assert_eq!(story.said("set-session-client"), Judgement::Silent);
    }
}
