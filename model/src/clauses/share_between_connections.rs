//! Several connections may use one session at a time.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "share-between-connections",
    force: Force::May,
    source: Source { page: "SSL_SESSION_free", section: "NOTES", paragraph: 1 },
    statement: "Several connections may use one session at a time.",
    reading: None,
    status: Status::ByConstruction("latitude: the page allows it and asks that the count be kept right; the invariants say so"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::SetSession(_, Some(_)) | Call::Hello(_)) = t.call() else { return Judgement::Silent };
    let shared = t.journal.connections.iter().any(|(id, before)| {
        let had = before.as_ref().and_then(|c| c.session);
        let now = t.connection(*id).and_then(|c| c.session).filter(|now| had != Some(*now));
        now.is_some_and(|s| t.after.connections.iter().filter(|(_, c)| c.session == Some(s)).count() > 1)
    });
    if shared { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, ConnId, Judgement, Version};

    #[test]
    fn attached_to_a_second_connection() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)));
        assert_eq!(story.said("share-between-connections"), Judgement::Holds);
    }

    #[test]
    fn each_its_own() {
        let story =
            Story::page().contexts(Version::Tls12).pair().handshake(C0).another_pair(ConnId(2), ConnId(3)).call(Call::Hello(ConnId(2)));
        assert_eq!(story.said("share-between-connections"), Judgement::Silent);
    }
}
