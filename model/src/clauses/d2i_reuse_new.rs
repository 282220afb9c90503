//! Only an object that is newly allocated and otherwise untouched is decoded into.

use crate::{Call, Clause, Force, Judgement, Origin, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "d2i-reuse-new",
    force: Force::Caller,
    source: Source { page: "d2i_X509", section: "DESCRIPTION", paragraph: 6 },
    statement: "Only an object that is newly allocated and otherwise untouched is decoded into.",
    reading: Some(
        "So never one that is in a cache, used by a connection, shared, or was decoded into before: sessions that others may hold are not changed in place.",
    ),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionDecodeInto(into, ..) = t.call() else { return Judgement::Silent };
    if t.was_session(into).is_some_and(|s| s.origin == Origin::Empty) { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Coding, Judgement, Misuse, Outcome};

    #[test]
    fn into_one_that_is_in_use() {
        let (story, session) = Story::page().held();
        let story = story.call(Call::SessionDup(session));
        let copy = story.made();
        let story = story.call(Call::SessionDecodeInto(session, copy, Coding::Der));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::NotNew(session)));
    }

    #[test]
    fn into_a_new_one() {
        let (story, session) = Story::page().held();
        let story = story.call(Call::SessionNew);
        let new = story.made();
        assert_eq!(story.call(Call::SessionDecodeInto(new, session, Coding::Der)).said("d2i-reuse-new"), Judgement::Holds);
    }
}
