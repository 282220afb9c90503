//! What each call is called and which fields it has: the one table that JSON and C text are written from, and JSON is read by.

use serde::Serializer;
use serde::ser::SerializeMap;
use sessck_model::Call;

use super::Object;
use super::argument::Argument;
use super::parse::{Fields, Malformed};

/// A call with its name and its arguments in C.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) arguments: Vec<String>,
}

macro_rules! forms {
    ($($text:literal => $name:ident $(($($arg:ident: $key:literal),+))?;)*) => {
        /// What a call is called.
        pub(super) fn name(call: &Call) -> &'static str {
            match call {
                $(Call::$name { .. } => $text,)*
                Call::SessionFreeNull => FREE,
            }
        }

        /// The call in C's words.
        pub(super) fn of(call: &Call) -> Form {
            let arguments = match call {
                $(Call::$name $(($($arg),+))? => vec![$($($arg.c()),+)?],)*
                Call::SessionFreeNull => vec!["NULL".to_owned()],
            };
            Form { name: name(call), arguments }
        }

        /// The objects that a call names.
        pub(super) fn objects(call: &Call) -> Vec<Object> {
            let objects = match call {
                $(Call::$name $(($($arg),+))? => vec![$($($arg.object()),+)?],)*
                Call::SessionFreeNull => Vec::new(),
            };
            objects.into_iter().flatten().collect()
        }

        /// Writes a call as a JSON object.
        pub(super) fn serialize<S: Serializer>(call: &Call, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("do", name(call))?;
            match call {
                $(Call::$name $(($($arg),+))? => { $($(map.serialize_entry($key, &$arg.json())?;)+)? })*
                Call::SessionFreeNull => map.serialize_entry("session", &())?,
            }
            map.end()
        }

        /// The call of this name with these fields.
        pub(super) fn read(name: &str, fields: &mut Fields) -> Result<Call, Malformed> {
            Ok(match name {
                FREE if fields.is_null("session") => Call::SessionFreeNull,
                $($text => Call::$name $(($(fields.read($key)?),+))?,)*
                _ => return Err(Malformed::UnknownCall(name.to_owned())),
            })
        }

        /// A call of each kind, with any arguments.
        #[cfg(test)]
        pub(super) const ANY: &[fn(&mut quickcheck::Gen) -> Call] = &[
            $(|_g| Call::$name $(($({ let $arg = Argument::any(_g); $arg }),+))?,)*
            |_| Call::SessionFreeNull,
        ];
    };
}

/// `SSL_SESSION_free`, which takes NULL as well.
const FREE: &str = "SSL_SESSION_free";

forms! {
    "SSL_CTX_new" => ContextNew(a: "context", b: "side", c: "version");
    "SSL_CTX_up_ref" => ContextUpRef(a: "context");
    "SSL_CTX_free" => ContextFree(a: "context");
    "SSL_CTX_set_session_cache_mode" => SetCacheMode(a: "context", b: "mode");
    "SSL_CTX_sess_set_cache_size" => SetCacheSize(a: "context", b: "size");
    "SSL_CTX_set_timeout" => SetTimeout(a: "context", b: "seconds");
    "SSL_CTX_set_num_tickets" => SetNumTickets(a: "context", b: "number");
    "SSL_CTX_set_options" => SetOption(a: "context", b: "options");
    "SSL_CTX_clear_options" => ClearOption(a: "context", b: "options");
    "SSL_CTX_set_max_early_data" => SetEarlyData(a: "context", b: "early-data");
    "SSL_CTX_set_session_id_context" => SetSessionIdContext(a: "context", b: "value");
    "SSL_CTX_sess_set_new_cb" => SetNewCallback(a: "context", b: "callback");
    "SSL_CTX_sess_set_remove_cb" => SetRemoveCallback(a: "context", b: "callback");
    "SSL_CTX_sess_set_get_cb" => SetGetCallback(a: "context", b: "callback");
    "SSL_CTX_set_quiet_shutdown" => SetContextQuietShutdown(a: "context", b: "quiet");
    "SSL_CTX_set_tlsext_ticket_key_cb" => SetTicketKeyCallback(a: "context", b: "sealing", c: "opening");
    "calls-back" => SetActs(a: "context", b: "callback", c: "act");
    "SSL_CTX_set_session_ticket_cb" => SetTicketCallbacks(a: "context", b: "generate", c: "decrypt");
    "SSL_CTX_set1_groups_list" => SetGroups(a: "context", b: "groups");
    "SSL_CTX_set_not_resumable_session_callback" => SetNotResumableCallback(a: "context", b: "callback");
    "SSL_CTX_add_session" => AddSession(a: "context", b: "session");
    "SSL_CTX_remove_session" => RemoveSession(a: "context", b: "session");
    "SSL_CTX_sess_number" => CacheNumber(a: "context");
    "SSL_CTX_flush_sessions" => FlushSessions(a: "context", b: "time");
    "SSL_CTX_set_verify" => SetVerify(a: "context", b: "verify");
    "SSL_CTX_set_tlsext_servername_callback" => SetServerNameCallback(a: "context", b: "callback");
    "SSL_new" => ConnectionNew(a: "connection", b: "context");
    "SSL_up_ref" => ConnectionUpRef(a: "connection");
    "SSL_free" => ConnectionFree(a: "connection");
    "SSL_set_bio" => Join(a: "connection", b: "peer");
    "hello" => Hello(a: "connection");
    "complete" => Complete(a: "connection");
    "SSL_read" => Read(a: "connection");
    "SSL_shutdown" => Shutdown(a: "connection");
    "SSL_set_shutdown" => SetShutdown(a: "connection", b: "state");
    "SSL_set_quiet_shutdown" => SetQuietShutdown(a: "connection", b: "quiet");
    "SSL_clear" => Clear(a: "connection");
    "SSL_set_session" => SetSession(a: "connection", b: "session");
    "SSL_get0_session" => Get0(a: "connection");
    "SSL_get1_session" => Get1(a: "connection");
    "SSL_set_max_early_data" => SetConnectionEarlyData(a: "connection", b: "early-data");
    "SSL_dup" => ConnectionDup(a: "connection", b: "of");
    "SSL_set_session_id_context" => SetConnectionSessionIdContext(a: "connection", b: "value");
    "SSL_set_tlsext_host_name" => SetHostName(a: "connection", b: "name");
    "SSL_copy_session_id" => CopySessionId(a: "connection", b: "from");
    "SSL_set_SSL_CTX" => SetContext(a: "connection", b: "context");
    "SSL_write" => Write(a: "connection");
    "block" => Block(a: "connection");
    "unblock" => Unblock(a: "connection");
    "SSL_set_num_tickets" => SetConnectionNumTickets(a: "connection", b: "number");
    "SSL_new_session_ticket" => AskTicket(a: "connection");
    "SSL_do_handshake" => HandshakeAgain(a: "connection");
    "SSL_renegotiate" => Renegotiate(a: "connection");
    "SSL_renegotiate_abbreviated" => RenegotiateAbbreviated(a: "connection");
    "SSL_set_post_handshake_auth" => SetPostHandshakeAuth(a: "connection");
    "SSL_verify_client_post_handshake" => VerifyPostHandshake(a: "connection");
    "corrupt" => Corrupt(a: "connection");
    "cut" => Cut(a: "connection");
    "break" => Break(a: "connection");
    "foreign" => JoinForeign(a: "connection");
    "foreign-hello" => ForeignHello(a: "connection", b: "session");
    "foreign-sends" => ForeignSends(a: "connection", b: "what");
    "foreign-ticket" => ForeignTicket(a: "connection", b: "hint");
    "SSL_SESSION_new" => SessionNew;
    "SSL_SESSION_up_ref" => SessionUpRef(a: "session");
    "SSL_SESSION_free" => SessionFree(a: "session");
    "SSL_SESSION_dup" => SessionDup(a: "session");
    "d2i_SSL_SESSION" => SessionDecode(a: "session");
    "decode" => SessionDecodeAs(a: "session", b: "coding");
    "decode-into" => SessionDecodeInto(a: "session", b: "from", c: "coding");
    "SSL_SESSION_set1_id" => SessionSetId(a: "session", b: "id");
    "set-id-of" => SessionSetIdOf(a: "session", b: "of");
    "same-id" => SessionSameId(a: "session", b: "other");
    "SSL_SESSION_get_time" => SessionUse(a: "session");
    "SSL_SESSION_is_resumable" => SessionIsResumable(a: "session");
    "SSL_SESSION_set_time" => SessionSetTime(a: "session", b: "time");
    "SSL_SESSION_set_timeout" => SessionSetTimeout(a: "session", b: "seconds");
    "forget" => SessionForget(a: "session");
    "advance" => Advance(a: "seconds");
}
