//! A reference to a context is given back once, by whom it belongs to.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "context-free-own",
    force: Force::Caller,
    source: Source { page: "SSL_CTX_free", section: "DESCRIPTION", paragraph: 1 },
    statement: "A reference to a context is given back once, by whom it belongs to.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::ContextFree(id) = t.call() else { return Judgement::Silent };
    let owned = t.was_context(id).is_some_and(|x| x.owned > 0);
    if owned { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Judgement, Misuse, Outcome, Version,
        story::{Story, X0},
    };

    #[test]
    fn freed_once() {
        let story = Story::page().contexts(Version::Tls12).call(Call::ContextFree(X0));
        assert_eq!(story.said("context-free-own"), Judgement::Holds);
    }

    #[test]
    fn freed_twice() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::ContextFree(X0)).call(Call::ContextFree(X0));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::ContextNotOwned(X0)));
    }
}
