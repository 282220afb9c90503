//! Reading a session from PEM gives a new object, in no cache, of which the caller owns the one reference.

use crate::{Call, Clause, Coding, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "pem-owned",
    force: Force::Must,
    source: Source { page: "PEM_read_bio_PrivateKey", section: "RETURN VALUES", paragraph: 1 },
    statement: "Reading a session from PEM gives a new object, in no cache, of which the caller owns the one reference.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::PemCountsTwice),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionDecodeAs(from, Coding::Pem) = t.call() else { return Judgement::Silent };
    let Outcome::Session(Some(id)) = t.outcome else { return Judgement::Silent };
    let Some(now) = t.session(id) else { return Judgement::Silent };
    let new = id != from && t.was_session(id).is_none();
    Judgement::of(new && (now.count, now.owned) == (1, 1) && now.link.is_none())
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Coding, Deviation, Judgement};

    fn told(story: Story, coding: Coding) -> Story {
        let (story, session) = story.held();
        story.call(Call::SessionDecodeAs(session, coding))
    }

    #[test]
    fn read_from_pem() {
        assert_eq!(told(Story::page(), Coding::Pem).said("pem-owned"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::PemCountsTwice), Coding::Pem).said("pem-owned"), Judgement::Broken);
    }

    #[test]
    fn decoded() {
        assert_eq!(told(Story::page(), Coding::Der).said("pem-owned"), Judgement::Silent);
    }
}
