//! Freeing a connection for the last time gives its reference to its session back.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "free-gives-back",
    force: Force::Must,
    source: Source { page: "SSL_free", section: "NOTES", paragraph: 2 },
    statement: "Freeing a connection for the last time gives its reference to its session back.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ConnectionFreeKeepsReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::ConnectionFree(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_connection(id).filter(|c| c.count <= 1) else { return Judgement::Silent };
    let Some(session) = was.session else { return Judgement::Silent };
    Judgement::of(t.connection(id).is_none() && t.given_back(session))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Shutdown(C1)).call(Call::ConnectionFree(C1))
    }

    #[test]
    fn freed() {
        assert_eq!(told(Story::page()).said("free-gives-back"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ConnectionFreeKeepsReference)).said("free-gives-back"), Judgement::Broken);
    }

    #[test]
    fn not_the_last_reference() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::ConnectionUpRef(C0));
        assert_eq!(story.call(Call::ConnectionFree(C0)).said("free-gives-back"), Judgement::Silent);
    }
}
