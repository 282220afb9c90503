//! The C form of callbacks: which function a call names, and the parts that it leans on. A function that is the same for many answers but for the
//! answer is written from a text with places for them.

use sessck_model::{
    CtxId, DecryptAnswer, GenerateAnswer, GetCallback, NewCallback, NotResumableCallback, OpenAnswer, RemoveCallback, SealAnswer,
    ServerNameCallback,
};

use super::calls::InC;
use super::parts::Part;

/// The functions that have places for what they answer.
const TICKET_KEYS: &str = include_str!("parts/ticket_keys_of.c");
const DECRYPTED: &str = include_str!("parts/decrypted_of.c");

pub(super) fn new_session(callback: NewCallback) -> &'static [Part] {
    match callback {
        NewCallback::Unset => &[],
        NewCallback::Keep => &[Part::Keep],
        NewCallback::Refuse => &[Part::Refuse],
    }
}

pub(super) fn remove_session(callback: RemoveCallback) -> &'static [Part] {
    match callback {
        RemoveCallback::Unset => &[],
        RemoveCallback::Set => &[Part::Look],
    }
}

pub(super) fn get_session(callback: GetCallback) -> &'static [Part] {
    match callback {
        GetCallback::Unset => &[],
        GetCallback::Miss => &[Part::Miss],
        GetCallback::Copy => &[Part::Copy],
        GetCallback::Preset => &[Part::Preset],
        GetCallback::Give => &[Part::Give],
        GetCallback::GiveBorrowed => &[Part::GiveBorrowed],
        GetCallback::Any => &[Part::Any],
    }
}

pub(super) fn not_resumable(callback: NotResumableCallback) -> &'static [Part] {
    match callback {
        NotResumableCallback::Unset => &[],
        NotResumableCallback::Allow => &[Part::Allow],
        NotResumableCallback::Forbid => &[Part::Forbid],
    }
}

pub(super) fn server_name(x: CtxId, callback: ServerNameCallback) -> InC {
    let (function, parts): (_, &[Part]) = match callback {
        ServerNameCallback::Unset => ("NULL", &[]),
        ServerNameCallback::Accept => ("acknowledge", &[Part::Acknowledge]),
        ServerNameCallback::Refuse => ("pass_over", &[Part::PassOver]),
        ServerNameCallback::Abort => ("refuse_name", &[Part::RefuseName]),
        ServerNameCallback::Switch => ("move", &[Part::Move]),
    };
    InC::new(format!("SSL_CTX_set_tlsext_servername_callback({x}, {function})")).number().parts(parts)
}

pub(super) fn ticket_keys(x: CtxId, seal: SealAnswer, open: OpenAnswer) -> InC {
    let sealing = match seal {
        SealAnswer::Use => "seal",
        SealAnswer::None => "seal_none",
        SealAnswer::Fail => "seal_fail",
    };
    let opening = match open {
        OpenAnswer::Use => "open",
        OpenAnswer::Renew => "open_renew",
        OpenAnswer::Cannot => "open_none",
        OpenAnswer::Fail => "open_fail",
    };
    let function = format!("{sealing}_{opening}");
    let answers = [("SEAL", seal.value()), ("OPEN", open.value())].map(|(place, answer)| (place, answer.to_string()));
    let text = answers.iter().fold(TICKET_KEYS.replace("FUNCTION", &function), |text, (place, answer)| text.replace(place, answer));
    InC::new(format!("SSL_CTX_set_tlsext_ticket_key_cb({x}, {function})")).part(Part::TicketKeys).function(text)
}

pub(super) fn tickets(x: CtxId, generate: Option<GenerateAnswer>, decrypt: Option<DecryptAnswer>) -> InC {
    let (generates, generate_parts): (_, &[Part]) = match generate {
        None => ("NULL", &[]),
        Some(GenerateAnswer::Go) => ("generate_go", &[Part::GenerateGo]),
        Some(GenerateAnswer::Stop) => ("generate_stop", &[Part::GenerateStop]),
        Some(GenerateAnswer::Expire) => ("generate_expire", &[Part::GenerateExpire]),
    };
    let (decrypts, wanted) = match decrypt {
        None => ("NULL", None),
        Some(DecryptAnswer::Abort) => ("decrypt_abort", Some("SSL_TICKET_RETURN_ABORT")),
        Some(DecryptAnswer::Ignore) => ("decrypt_ignore", Some("SSL_TICKET_RETURN_IGNORE")),
        Some(DecryptAnswer::IgnoreRenew) => ("decrypt_ignore_renew", Some("SSL_TICKET_RETURN_IGNORE_RENEW")),
        Some(DecryptAnswer::Use) => ("decrypt_use", Some("SSL_TICKET_RETURN_USE")),
        Some(DecryptAnswer::UseRenew) => ("decrypt_use_renew", Some("SSL_TICKET_RETURN_USE_RENEW")),
        Some(DecryptAnswer::UseBlindly) => ("decrypt_use_blindly", None),
    };
    let made = InC::new(format!("SSL_CTX_set_session_ticket_cb({x}, {generates}, {decrypts}, NULL)")).parts(generate_parts);
    match (decrypt, wanted) {
        (_, Some(wanted)) => made.part(Part::Decrypted).function(DECRYPTED.replace("FUNCTION", decrypts).replace("WANTED", wanted)),
        (Some(_), None) => made.part(Part::DecryptUseBlindly),
        (None, None) => made,
    }
}
