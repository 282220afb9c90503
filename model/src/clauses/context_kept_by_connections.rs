//! The application's last reference to a context leaves it and its cache alone while a connection made from it lives.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "context-kept-by-connections",
    force: Force::Must,
    source: Source { page: "SSL_CTX_free", section: "DESCRIPTION", paragraph: 1 },
    statement: "The application's last reference to a context leaves it and its cache alone while a connection made from it lives.",
    reading: Some("The page counts references without saying whose; a connection works on with its context, so it holds one."),
    status: Status::Checked,
    mutant: Some(Deviation::ContextFreeImmediate),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::ContextFree(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_context(id) else { return Judgement::Silent };
    if was.owned > 1 || !t.after.connections.iter().any(|(_, c)| c.context == id) {
        return Judgement::Silent;
    }
    Judgement::of(t.context(id).is_some_and(|now| now.cache == was.cache))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, Story, X0, X1},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::ContextFree(X1))
    }

    #[test]
    fn freed_before_its_connection() {
        assert_eq!(told(Story::page()).said("context-kept-by-connections"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ContextFreeImmediate)).said("context-kept-by-connections"), Judgement::Broken);
    }

    #[test]
    fn freed_alone() {
        let story = Story::page().contexts(Version::Tls12).call(Call::ContextFree(X0));
        assert_eq!(story.said("context-kept-by-connections"), Judgement::Silent);
    }
}
