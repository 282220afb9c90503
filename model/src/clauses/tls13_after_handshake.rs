//! In TLS 1.3 sessions come after the handshake, when the server likes, or never.

use crate::{Call, Clause, Effect, Force, Judgement, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-after-handshake",
    force: Force::May,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 1 },
    statement: "In TLS 1.3 sessions come after the handshake, when the server likes, or never.",
    reading: None,
    status: Status::ByConstruction("latitude: the server chooses when; a handshake that brought no session is where it shows"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Complete(client) = t.call() else { return Judgement::Silent };
    let completed = t.effects().iter().any(|e| matches!(e, Effect::Completed { connection, .. } if *connection == client));
    if !completed || t.context_of(client).is_none_or(|x| x.version != Version::Tls13) {
        return Judgement::Silent;
    }
    let established = t.effects().iter().any(|e| matches!(e, Effect::Established { connection, .. } if *connection == client));
    if established { Judgement::Silent } else { Judgement::Holds }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Judgement, Version};

    #[test]
    fn nothing_came_with_the_handshake() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0);
        assert_eq!(story.said("tls13-after-handshake"), Judgement::Holds);
    }

    #[test]
    fn tls12_has_it_at_once() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0);
        assert_eq!(story.said("tls13-after-handshake"), Judgement::Silent);
    }
}
