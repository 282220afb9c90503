//! The session id context of a connection is set before it is decided whether the connection resumes.

use crate::{Call, Clause, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "sid-ctx-in-time",
    force: Force::Caller,
    source: Source { page: "SSL_CTX_set_session_id_context", section: "WARNINGS", paragraph: 3 },
    statement: "The session id context of a connection is set before it is decided whether the connection resumes.",
    reading: Some(
        "That is settled when a server answers the client's hello. After the handshake a new session id context is for the handshake that \
         follows SSL_clear. A server-name callback that moves the connection to a context with another one is no misuse: the page for it \
         names this as what is done there, and both pages say that it has no say in the present handshake.",
    ),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SetConnectionSessionIdContext(id, _) = t.call() else { return Judgement::Silent };
    let early = t.was_connection(id).is_some_and(|c| c.phase != Phase::Hello);
    if early { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};
    use crate::{Call, Judgement, Misuse, Outcome, Version};

    #[test]
    fn before_the_handshake() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::SetConnectionSessionIdContext(C1, 1));
        assert_eq!(story.said("sid-ctx-in-time"), Judgement::Holds);
    }

    #[test]
    fn in_the_middle_of_it() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Hello(C0));
        let story = story.call(Call::SetConnectionSessionIdContext(C1, 1));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::LateSessionIdContext(C1)));
    }
}
