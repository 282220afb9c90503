//! Clearing a connection that is still open takes its session out of the cache and marks it.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "clear-open-is-bad",
    force: Force::Must,
    source: Source { page: "SSL_clear", section: "NOTES", paragraph: 1 },
    statement: "Clearing a connection that is still open takes its session out of the cache and marks it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ClearSparesOpen),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Clear(id) = t.call() else { return Judgement::Silent };
    let session = t.was_connection(id).filter(|c| c.is_open()).and_then(|c| c.session).filter(|s| !t.acted_on(*s));
    session.map_or(Judgement::Silent, |s| Judgement::of(t.is_retired(s)))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Clear(C1))
    }

    #[test]
    fn still_open() {
        assert_eq!(told(Story::page()).said("clear-open-is-bad"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ClearSparesOpen)).said("clear-open-is-bad"), Judgement::Broken);
    }

    #[test]
    fn in_the_handshake() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Hello(C0)).call(Call::Clear(C0));
        assert_eq!(story.said("clear-open-is-bad"), Judgement::Silent);
    }
}
