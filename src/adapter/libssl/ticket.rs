//! Calls about tickets, and the callbacks that have a say in them.

use std::ffi::{CStr, c_int, c_uchar};
use std::ptr::null_mut;

use sessck_model::{ConnId, CtxId, DecryptAnswer, GenerateAnswer, Hook, OpenAnswer, SealAnswer};

use super::api::{AnyCb, Api, KeyCb, Ptr};
use super::callbacks::known_connection;
use super::witness::{Answers, with};
use super::{Answer, Libssl, needs, random};
use crate::adapter::roll::Happening;
use crate::implementation::{Lack, Trouble};

/// `SSL_CTRL_SET_TLSEXT_TICKET_KEY_CB`.
const SET_KEY_CALLBACK: c_int = 72;
/// The length of a key's name, and of our keys and initialisation vectors.
const BYTES: usize = 16;
/// `SSL_TICKET_SUCCESS` and `SSL_TICKET_SUCCESS_RENEW`.
const OPENED: [c_int; 2] = [5, 6];

/// The functions of libcrypto with which our key callback sets its keys.
#[derive(Clone, Copy)]
struct Crypto {
    encrypt: unsafe extern "C" fn(Ptr, Ptr, Ptr, *const c_uchar, *const c_uchar) -> c_int,
    decrypt: unsafe extern "C" fn(Ptr, Ptr, Ptr, *const c_uchar, *const c_uchar) -> c_int,
    authenticate: unsafe extern "C" fn(Ptr, Ptr, c_int, Ptr, Ptr) -> c_int,
    cipher: unsafe extern "C" fn() -> Ptr,
    digest: unsafe extern "C" fn() -> Ptr,
}

impl Crypto {
    fn of(api: &Api) -> Option<Self> {
        Some(Self {
            encrypt: api.EVP_EncryptInit_ex?,
            decrypt: api.EVP_DecryptInit_ex?,
            authenticate: api.HMAC_Init_ex?,
            cipher: api.EVP_aes_128_cbc?,
            digest: api.EVP_sha256?,
        })
    }
}

/// Whether a library lets a context have a ticket key callback that is written for every version.
pub(super) fn lacks_key_callback(api: &Api) -> bool {
    let settable = api.SSL_CTX_callback_ctrl.is_some() || api.SSL_CTX_set_tlsext_ticket_key_cb.is_some();
    !settable || Crypto::of(api).is_none()
}

impl Libssl {
    pub(super) fn set_ticket_key_callback(&mut self, id: CtxId, sealing: SealAnswer, opening: OpenAnswer) -> Result<Answer, Trouble> {
        if lacks_key_callback(self.api) {
            return Err(Trouble::Cannot(Lack::TicketKeys));
        }
        let ctx = self.context(id)?.ctx;
        note(id, |answers| answers.key = Some((sealing, opening)));
        match (self.api.SSL_CTX_callback_ctrl, self.api.SSL_CTX_set_tlsext_ticket_key_cb) {
            // SAFETY: the context lives; the function has the type of the header.
            (_, Some(set)) => _ = unsafe { set(ctx, on_key) },
            // SAFETY: as above; the command takes such a function, and calls it as what it is.
            (Some(ctrl), None) => _ = unsafe { ctrl(ctx, SET_KEY_CALLBACK, Some(std::mem::transmute::<KeyCb, AnyCb>(on_key))) },
            (None, None) => return Err(Trouble::Cannot(Lack::TicketKeys)),
        }
        Ok(Answer::Nothing)
    }

    pub(super) fn set_ticket_callbacks(
        &mut self,
        id: CtxId,
        generate: Option<GenerateAnswer>,
        decrypt: Option<DecryptAnswer>,
    ) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_CTX_set_session_ticket_cb, Lack::TicketCallbacks)?;
        let ctx = self.context(id)?.ctx;
        note(id, |answers| (answers.generate, answers.decrypt) = (generate, decrypt));
        let (generate, decrypt) = (generate.map(|_| on_generate as _), decrypt.map(|_| on_decrypt as _));
        // SAFETY: the context lives; the functions have the types of the header, or are NULL.
        unsafe { set(ctx, generate, decrypt, null_mut()) };
        Ok(Answer::Nothing)
    }

    pub(super) fn set_connection_num_tickets(&mut self, id: ConnId, number: u32) -> Result<Answer, Trouble> {
        let set = needs(self.api.SSL_set_num_tickets, Lack::NumTickets)?;
        let ssl = self.connection(id)?.ssl;
        // SAFETY: the connection lives.
        unsafe { set(ssl, number as usize) };
        Ok(Answer::Nothing)
    }

    pub(super) fn ask_ticket(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let ask = needs(self.api.SSL_new_session_ticket, Lack::NewSessionTicket)?;
        let connection = self.connection_mut(id)?;
        // SAFETY: the connection lives.
        let answer = unsafe { ask(connection.ssl) };
        connection.asked |= answer == 1;
        Ok(Answer::Number(answer.into()))
    }

    pub(super) fn handshake_again(&mut self, id: ConnId) -> Result<Answer, Trouble> {
        let ssl = self.connection(id)?.ssl;
        self.drive(id)?;
        // SAFETY: the connection lives.
        let answer = unsafe { (self.api.SSL_do_handshake)(ssl) };
        self.carry(id)?;
        Ok(Answer::Number(if answer > 0 { 1 } else { -1 }))
    }

    /// Whether a handshake completed on this connection and no fatal error came. A connection that was asked for a ticket says that it is in
    /// its handshake again; it is not in error.
    pub(super) fn is_past_handshake(&self, ssl: Ptr, asked: bool) -> bool {
        let in_error = || {
            let says = self.api.SSL_state_string_long?;
            // SAFETY: the caller has a living connection; the text is static.
            Some(unsafe { CStr::from_ptr(says(ssl)) } == c"error")
        };
        self.is_open(ssl) || (asked && in_error() == Some(false))
    }
}

/// Notes what the callbacks of a context answer from now on.
fn note(id: CtxId, change: impl FnOnce(&mut Answers)) {
    with(|witness| change(witness.answers.entry(id).or_insert(Answers::UNSET)));
}

/// The connection that a callback was given, and what its context's callbacks answer.
fn asked(ssl: Ptr) -> Option<(ConnId, CtxId, Answers)> {
    with(|witness| {
        let (connection, context) = known_connection(witness, ssl)?;
        Some((connection, context, witness.answers.get(&context).copied()?))
    })
}

fn happened(hook: Hook, connection: ConnId, answer: i8) -> c_int {
    with(|witness| witness.roll.happens(Happening::Hook { hook, connection, answer }));
    answer.into()
}

/// The name of a context's key, which is the key as well: nothing here is secret.
fn key_of(context: CtxId) -> [u8; BYTES] {
    let mut key = [0x6B; BYTES];
    key[..4].copy_from_slice(&context.0.to_le_bytes());
    key
}

unsafe extern "C" fn on_key(ssl: Ptr, name: *mut c_uchar, iv: *mut c_uchar, cipher: Ptr, mac: Ptr, sealing: c_int) -> c_int {
    let Some((connection, context, answers)) = asked(ssl) else { return -1 };
    let crypto = with(|witness| witness.api).and_then(Crypto::of);
    let (Some(crypto), Some((seal, open))) = (crypto, answers.key) else { return -1 };
    let key = key_of(context);
    if sealing == 1 {
        if seal == SealAnswer::Use {
            // SAFETY: the library passes 16 bytes for the name and more for the vector, and contexts that it made.
            let ready = unsafe {
                name.copy_from_nonoverlapping(key.as_ptr(), BYTES);
                random::fill_bytes(std::slice::from_raw_parts_mut(iv, BYTES));
                (crypto.encrypt)(cipher, (crypto.cipher)(), null_mut(), key.as_ptr(), iv) == 1
                    && (crypto.authenticate)(mac, key.as_ptr().cast_mut().cast(), BYTES as c_int, (crypto.digest)(), null_mut()) == 1
            };
            // without memory there are no keys: that is an error, as the page wants it told
            if !ready {
                return -1;
            }
        }
        return happened(Hook::TicketKeyEncrypt, connection, seal.value());
    }
    // SAFETY: the library passes the 16 bytes of the name.
    let known = unsafe { std::slice::from_raw_parts(name, BYTES) } == key;
    let open = if known || open == OpenAnswer::Fail { open } else { OpenAnswer::Cannot };
    if matches!(open, OpenAnswer::Use | OpenAnswer::Renew) {
        // SAFETY: as above; the vector has come with the ticket.
        let ready = unsafe {
            (crypto.authenticate)(mac, key.as_ptr().cast_mut().cast(), BYTES as c_int, (crypto.digest)(), null_mut()) == 1
                && (crypto.decrypt)(cipher, (crypto.cipher)(), null_mut(), key.as_ptr(), iv) == 1
        };
        if !ready {
            return -1;
        }
    }
    happened(Hook::TicketKeyDecrypt, connection, open.value())
}

unsafe extern "C" fn on_generate(ssl: Ptr, _: Ptr) -> c_int {
    let api = with(|witness| witness.api);
    let (Some((connection, _, answers)), Some(api)) = (asked(ssl), api) else { return 0 };
    let Some(answer) = answers.generate else { return 0 };
    if answer == GenerateAnswer::Expire {
        // SAFETY: the connection lives, and has the session that the ticket is for.
        unsafe {
            let session = (api.SSL_get_session)(ssl);
            if !session.is_null() {
                (api.SSL_SESSION_set_timeout)(session, 0);
            }
        }
    }
    happened(Hook::TicketGenerate, connection, answer.value())
}

unsafe extern "C" fn on_decrypt(ssl: Ptr, _: Ptr, _: *const c_uchar, _: usize, status: c_int, _: Ptr) -> c_int {
    let Some((connection, _, answers)) = asked(ssl) else { return 0 };
    let answer = answers.decrypt.map_or(DecryptAnswer::Abort, |answer| answer.wise(OPENED.contains(&status)));
    happened(Hook::TicketDecrypt, connection, answer.value())
}
