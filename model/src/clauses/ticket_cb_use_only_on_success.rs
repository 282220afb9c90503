//! The decrypt callback answers USE or USE_RENEW only where the ticket could be opened.

use crate::{Clause, ConnId, Force, Hook, Judgement, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-use-only-on-success",
    force: Force::Caller,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "NOTES", paragraph: 13 },
    statement: "The decrypt callback answers USE or USE_RENEW only where the ticket could be opened.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketDecrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    let uses = answer >= 3 && t.verdict(id).is_some_and(|v| v != Verdict::NotUsed);
    if uses { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, DecryptAnswer, Judgement, Misuse, OpenAnswer, Outcome, SealAnswer, Version,
        story::{C0, C1, Story, X1},
    };

    #[test]
    fn opened() {
        let story = Story::page().presenting(Version::Tls13, None, Some(DecryptAnswer::UseBlindly));
        assert_eq!(story.said("ticket-cb-use-only-on-success"), Judgement::Holds);
    }

    #[test]
    fn keys_not_found() {
        let cannot = Some((SealAnswer::Use, OpenAnswer::Cannot));
        let story = Story::page().presenting(Version::Tls13, cannot, Some(DecryptAnswer::UseBlindly));
        assert!(matches!(story.outcome, Outcome::Refused(Misuse::UnopenedTicketUsed(_))));
    }

    #[test]
    fn empty() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetTicketCallbacks(X1, None, Some(DecryptAnswer::UseBlindly)));
        assert_eq!(story.pair().call(Call::Hello(C0)).outcome, Outcome::Refused(Misuse::UnopenedTicketUsed(C1)));
    }
}
