//! A session that is not valid has no encoding, and trying to encode it does nothing.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Origin, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "i2d-not-valid",
    force: Force::Must,
    source: Source { page: "d2i_SSL_SESSION", section: "RETURN VALUES", paragraph: 2 },
    statement: "A session that is not valid has no encoding, and trying to encode it does nothing.",
    reading: Some(
        "Not valid is one that was never negotiated, such as SSL_SESSION_new makes. Whether one that was negotiated and has no id or ticket yet is valid is left open.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::EncodesInvalid),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::SessionDecode(from) | Call::SessionDecodeAs(from, _)) = t.call() else { return Judgement::Silent };
    if t.was_session(from).is_none_or(|s| s.origin != Origin::Empty) {
        return Judgement::Silent;
    }
    Judgement::of(t.outcome == Outcome::Session(None) && !t.effects().iter().any(|e| matches!(e, Effect::Born(_))))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Coding, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.call(Call::SessionNew);
        let new = story.made();
        story.call(Call::SessionDecodeAs(new, Coding::Der))
    }

    #[test]
    fn never_negotiated() {
        assert_eq!(told(Story::page()).said("i2d-not-valid"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::EncodesInvalid)).said("i2d-not-valid"), Judgement::Broken);
    }

    #[test]
    fn negotiated() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionDecode(session)).said("i2d-not-valid"), Judgement::Silent);
    }
}
