//! Other operations on its connection, SSL_clear and SSL_free among them, can end a borrowed pointer.

use crate::{Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get0-may-end",
    force: Force::May,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 6 },
    statement: "Other operations on its connection, SSL_clear and SSL_free among them, can end a borrowed pointer.",
    reading: Some("So does whatever gives the connection another session: a ticket read, a handshake, SSL_set_session."),
    status: Status::ByConstruction("latitude: an operation is free to end a borrow; programs have to reckon with it"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let ended = t.journal.borrows.iter().any(|b| b.of.is_some() && !t.after.borrows.contains(b));
    if ended { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Judgement, Version};

    fn borrowed() -> Story {
        Story::page().contexts(Version::Tls13).pair().handshake(C0).call(Call::Get0(C0))
    }

    #[test]
    fn ended_by_free() {
        assert_eq!(borrowed().call(Call::ConnectionFree(C0)).said("get0-may-end"), Judgement::Holds);
    }

    #[test]
    fn ended_by_a_ticket() {
        assert_eq!(borrowed().call(Call::Read(C0)).said("get0-may-end"), Judgement::Holds);
    }

    #[test]
    fn shutdown_ends_nothing() {
        assert_eq!(borrowed().call(Call::Shutdown(C0)).said("get0-may-end"), Judgement::Silent);
    }
}
