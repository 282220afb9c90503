//! A call as a C programmer writes it.

use sessck_model::Call;

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
    text + name + "(" + &arguments.join(", ") + ")"
}
