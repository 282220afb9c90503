//! A TLS 1.3 session is used for one resumption only.

use crate::{Call, Clause, Effect, Force, Judgement, Removal, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-use-once",
    force: Force::Should,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 5 },
    statement: "A TLS 1.3 session is used for one resumption only.",
    reading: None,
    status: Status::ByConstruction("advice to applications; it holds where the library itself takes a session that was resumed out of use"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Hello(_) | Call::Complete(_)) = t.call() else { return Judgement::Silent };
    let spent = t.effects().iter().any(|e| {
        let Effect::Completed { tried: Some(id), resumed: true, .. } = *e else {
            return matches!(e, Effect::Unlinked { why: Removal::SingleUse, .. });
        };
        let usable = t.was_session(id).is_some_and(|s| s.version == Version::Tls13 && s.is_resumable());
        usable && t.session(id).is_some_and(|s| !s.is_resumable())
    });
    if spent { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Choice, ConnId, Judgement, Version};

    fn resumed(choice: Choice) -> Story {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetCacheMode(X0, CacheMode::CLIENT)).pair().handshake(C0);
        let story = story.call(Call::Read(C0)).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::Shutdown(C0)).another_pair(ConnId(2), ConnId(3));
        story.call(Call::SetSession(ConnId(2), Some(session))).call(Call::Hello(ConnId(2))).choosing(Call::Complete(ConnId(2)), choice)
    }

    #[test]
    fn retired_by_its_resumption() {
        let story = resumed(Choice { used_session_retired: true, ..Choice::default() });
        assert_eq!(story.said("tls13-use-once"), Judgement::Holds);
    }

    #[test]
    fn left_to_the_application() {
        assert_eq!(resumed(Choice::default()).said("tls13-use-once"), Judgement::Silent);
    }
}
