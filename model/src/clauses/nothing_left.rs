//! When the application holds no pointer to anything, nothing is left in memory.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "nothing-left",
    force: Force::Must,
    source: Source { page: "SSL_CTX_free", section: "DESCRIPTION", paragraph: 2 },
    statement: "When the application holds no pointer to anything, nothing is left in memory.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ContextFreeKeepsReferences),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::ContextFree(_) | Call::ConnectionFree(_) | Call::SessionFree(_) | Call::SessionForget(_)) = t.call() else {
        return Judgement::Silent;
    };
    if !t.after.application_holds_nothing() {
        return Judgement::Silent;
    }
    Judgement::of(t.after.contexts.is_empty() && t.after.sessions.iter().all(|(_, s)| s.freed))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X0, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        let story = story.call(Call::Shutdown(C1)).call(Call::ConnectionFree(C0)).call(Call::ConnectionFree(C1));
        story.call(Call::ContextFree(X0)).call(Call::ContextFree(X1))
    }

    #[test]
    fn all_freed() {
        assert_eq!(told(Story::page()).said("nothing-left"), Judgement::Holds);
    }

    #[test]
    fn cache_not_given_back() {
        assert_eq!(told(Story::with(Deviation::ContextFreeKeepsReferences)).said("nothing-left"), Judgement::Broken);
    }

    #[test]
    fn a_session_still_held() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SessionNew).call(Call::ContextFree(X0)).call(Call::ContextFree(X1));
        assert_eq!(story.said("nothing-left"), Judgement::Silent);
    }
}
