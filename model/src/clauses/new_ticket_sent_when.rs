//! A ticket that was asked for goes out later, when it is safe: with a write or a handshake call, or another that the server makes.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-ticket-sent-when",
    force: Force::May,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 4 },
    statement: "A ticket that was asked for goes out later, when it is safe: with a write or a handshake call, or another that the server makes.",
    reading: None,
    status: Status::ByConstruction(
        "latitude: the page names two calls with which it goes out, and what is safe is for the library to know",
    ),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Write(id) | Call::HandshakeAgain(id) | Call::Read(id)) = t.call() else { return Judgement::Silent };
    if t.tickets_sent(id) > 0 { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Choice, Judgement, Version,
        story::{C0, C1, Story},
    };

    fn told() -> Story {
        Story::page().contexts(Version::Tls13).pair().handshake(C0).call(Call::AskTicket(C1))
    }

    #[test]
    fn with_a_handshake_call() {
        assert_eq!(told().call(Call::HandshakeAgain(C1)).said("new-ticket-sent-when"), Judgement::Holds);
    }

    #[test]
    fn with_a_read() {
        let now = Choice { asked_sent_when_reading: true, ..Choice::default() };
        assert_eq!(told().choosing(Call::Read(C1), now).said("new-ticket-sent-when"), Judgement::Holds);
        assert_eq!(told().call(Call::Read(C1)).said("new-ticket-sent-when"), Judgement::Silent);
    }
}
