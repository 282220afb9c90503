//! A reference to a connection is given back once, by whom it belongs to.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "connection-free-own",
    force: Force::Caller,
    source: Source { page: "SSL_new", section: "DESCRIPTION", paragraph: 1 },
    statement: "A reference to a connection is given back once, by whom it belongs to.",
    reading: Some(
        "References come from SSL_new, from SSL_up_ref, and from SSL_dup of a connection that has begun; each SSL_free answers one of them.",
    ),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::ConnectionFree(id) = t.call() else { return Judgement::Silent };
    let owned = t.was_connection(id).is_some_and(|c| c.count > 0);
    if owned { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Judgement, Misuse, Outcome, Version};

    #[test]
    fn freed_once() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::ConnectionFree(C0));
        assert_eq!(story.said("connection-free-own"), Judgement::Holds);
    }

    #[test]
    fn freed_twice() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::ConnectionFree(C0)).call(Call::ConnectionFree(C0));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::ConnectionNotOwned(C0)));
    }

    #[test]
    fn freed_as_often_as_counted() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::ConnectionUpRef(C0));
        let story = story.call(Call::ConnectionFree(C0)).call(Call::ConnectionFree(C0));
        assert_eq!(story.said("connection-free-own"), Judgement::Holds);
    }
}
