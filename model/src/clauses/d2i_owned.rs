//! Decoding gives a new object, in no cache, of which the caller owns the one reference.

use crate::{Call, Clause, Deviation, Force, Judgement, Origin, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "d2i-owned",
    force: Force::Must,
    source: Source { page: "d2i_SSL_SESSION", section: "RETURN VALUES", paragraph: 1 },
    statement: "Decoding gives a new object, in no cache, of which the caller owns the one reference.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::DecodedCountsTwice),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionDecode(original) = t.call() else { return Judgement::Silent };
    let Outcome::Session(Some(id)) = t.outcome else {
        // what is not valid has no encoding
        let valid = t.session(original).is_some_and(|s| s.identity.is_some() && s.origin != Origin::Empty);
        return if valid { Judgement::Broken } else { Judgement::Silent };
    };
    let (Some(now), Some(from)) = (t.session(id), t.session(original)) else { return Judgement::Silent };
    let new = id != original && t.was_session(id).is_none();
    let untouched = t.was_session(original).is_some_and(|s| s.count == from.count);
    Judgement::of(new && untouched && now.count == 1 && now.owned == 1 && now.link.is_none() && now.identity == from.identity)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, Story},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get0(C0));
        let session = story.session_of(C0);
        story.call(Call::SessionDecode(session))
    }

    #[test]
    fn decoded() {
        assert_eq!(told(Story::page()).said("d2i-owned"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::DecodedCountsTwice)).said("d2i-owned"), Judgement::Broken);
    }

    #[test]
    fn only_read() {
        let story = told(Story::page());
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionUse(session)).said("d2i-owned"), Judgement::Silent);
    }
}
