//! The C form of callbacks that call back, and what has to be known for it.

use sessck_model::{Act, Call, Callback, CtxId};

use super::calls::InC;
use super::parts::Part;
use crate::implementation::Returned;

/// What a callback of a context does besides answering.
pub(super) fn calls_back(x: CtxId, callback: Callback, act: Option<Act>) -> InC {
    let (function, parts): (_, &[Part]) = match act {
        None => ("NULL", &[Part::Acts]),
        Some(Act::Flush) => ("flush", &[Part::ActFlush]),
        Some(Act::Add) => ("add_it", &[Part::ActAdd]),
        Some(Act::Remove) => ("remove_it", &[Part::ActRemove]),
        Some(Act::Free) => ("free_it", &[Part::ActFree]),
    };
    InC::new(format!("calls_back({x}, \"{}\", {function})", callback.word())).parts(parts)
}

/// What is noted of the application's references around a call, where a callback gives one back if there is one.
pub(super) fn owned(call: &Call, returned: Returned) -> (Option<String>, Option<String>) {
    match *call {
        Call::SessionFree(s) | Call::SessionForget(s) => (Some(format!("own({s}, -1);")), None),
        Call::SessionUpRef(s) => (None, Some(format!("own({s}, 1);"))),
        Call::Get1(_) | Call::SessionNew | Call::SessionDup(_) | Call::SessionDecode(_) | Call::SessionDecodeAs(..)
            if matches!(returned, Returned::Session(_) | Returned::Null) =>
        {
            (None, Some("own(returned, 1);".to_owned()))
        }
        _ => (None, None),
    }
}

/// Whether a callback gives a reference back from here on.
pub(super) fn frees(call: &Call) -> bool {
    matches!(call, Call::SetActs(_, _, Some(Act::Free)))
}

/// Whether a callback empties a cache from here on: in which order that happens is not told.
pub(super) fn flushes(call: &Call) -> bool {
    matches!(call, Call::SetActs(_, _, Some(Act::Flush)))
}
