//! A call as a C programmer writes it.

use sessck_model::{Call, Coding};

use super::form::{self, Form};

/// The call in C, without what it returns: `SSL_CTX_flush_sessions(x0, 900)`. Calls that make a context or a connection name it:
/// `c0 = SSL_new(x0)`.
#[must_use]
pub fn c_text(call: &Call) -> String {
    let Form { name, mut arguments } = form::of(call);
    let mut text = String::new();
    if matches!(call, Call::ContextNew(..) | Call::ConnectionNew(..) | Call::ConnectionDup(..)) {
        text = format!("{} = ", arguments.remove(0));
    }
    if matches!(call, Call::SessionDecode(_)) {
        arguments = vec![format!("i2d_SSL_SESSION({})", arguments.join(", "))];
    }
    if let Some(copying) = copying(call, &arguments) {
        return copying;
    }
    text + name + "(" + &arguments.join(", ") + ")"
}

/// Calls that C makes in two: what one gives is what the other takes.
fn copying(call: &Call, arguments: &[String]) -> Option<String> {
    let coded = |coding: &Coding, into: &str, from: &str| match coding {
        Coding::Der => format!("d2i_SSL_SESSION({into}i2d_SSL_SESSION({from}))"),
        Coding::Pem => format!("PEM_read_bio_SSL_SESSION({into}PEM_write_bio_SSL_SESSION({from}))"),
        Coding::Cut => format!("d2i_SSL_SESSION({into}cut_off(i2d_SSL_SESSION({from})))"),
    };
    match (call, arguments) {
        (Call::SessionDecodeAs(_, coding), [from, ..]) => Some(coded(coding, "", from)),
        (Call::SessionDecodeInto(_, _, coding), [into, from, ..]) => Some(coded(coding, &format!("&{into}, "), from)),
        (Call::SessionSetIdOf(..), [session, of]) => Some(format!("SSL_SESSION_set1_id({session}, SSL_SESSION_get_id({of}))")),
        (Call::SessionSameId(..), [one, other]) => Some(format!("SSL_SESSION_get_id({one}) == SSL_SESSION_get_id({other})")),
        _ => None,
    }
}
