//! The functions of libssl and libcrypto that the driver calls, resolved once. A call into a missing symbol is a crash, so
//! whatever some version lacks is an `Option` here, and the caller says what then.

use std::ffi::{c_char, c_int, c_long, c_uchar, c_uint, c_ulong, c_void};
use std::path::Path;

use libloading::os::unix::Library;

use super::memory::{Free, Malloc, Realloc};
use super::transport::BioCb;
use crate::implementation::Trouble;

/// Any object of the library: opaque, only ever passed back to it.
pub(super) type Ptr = *mut c_void;
/// A callback of ex_data: parent, value, store, index, and the two arguments of its registration.
pub(super) type ExData = unsafe extern "C" fn(Ptr, Ptr, Ptr, c_int, c_long, Ptr);
/// The new-session callback.
pub(super) type NewCb = unsafe extern "C" fn(Ptr, Ptr) -> c_int;
/// The remove-session callback.
pub(super) type RemoveCb = unsafe extern "C" fn(Ptr, Ptr);
/// The get-session callback.
pub(super) type GetCb = unsafe extern "C" fn(Ptr, *const c_uchar, c_int, *mut c_int) -> Ptr;
/// The server-name callback.
pub(super) type ServerNameCb = unsafe extern "C" fn(Ptr, *mut c_int, Ptr) -> c_int;
/// A callback of a type that depends on the command that sets it.
pub(super) type AnyCb = unsafe extern "C" fn();
/// The ticket key callback.
pub(super) type KeyCb = unsafe extern "C" fn(Ptr, *mut c_uchar, *mut c_uchar, Ptr, Ptr, c_int) -> c_int;
/// The session ticket callback before a ticket is made.
pub(super) type GenerateCb = unsafe extern "C" fn(Ptr, Ptr) -> c_int;
/// The session ticket callback after a ticket was presented.
pub(super) type DecryptCb = unsafe extern "C" fn(Ptr, Ptr, *const c_uchar, usize, c_int, Ptr) -> c_int;
/// The callback that judges a peer's certificate.
pub(super) type VerifyCb = unsafe extern "C" fn(c_int, Ptr) -> c_int;
/// The callback that says whether a session is never to be resumed.
pub(super) type NotResumableCb = unsafe extern "C" fn(Ptr, c_int) -> c_int;

macro_rules! table {
    (required { $($name:ident($($arg:ty),*) $(-> $ret:ty)?;)* } optional { $($may:ident($($marg:ty),*) $(-> $mret:ty)?;)* }) => {
        /// Every function by its C name.
        #[expect(non_snake_case, reason = "the names are C's")]
        pub(super) struct Api {
            $(pub(super) $name: unsafe extern "C" fn($($arg),*) $(-> $ret)?,)*
            $(pub(super) $may: Option<unsafe extern "C" fn($($marg),*) $(-> $mret)?>,)*
        }

        impl Api {
            /// Looks every name up in the library and what it depends on.
            pub(super) fn resolve(library: &Library, path: &Path) -> Result<Self, Trouble> {
                Ok(Self {
                    // SAFETY: the type is that of the public header, the same in every version that has the symbol.
                    $($name: *unsafe { library.get(concat!(stringify!($name), "\0")) }.map_err(|_| Trouble::LacksSymbol {
                        path: path.display().to_string(),
                        symbol: stringify!($name).to_owned(),
                    })?,)*
                    // SAFETY: as above.
                    $($may: unsafe { library.get(concat!(stringify!($may), "\0")) }.ok().map(|symbol| *symbol),)*
                })
            }
        }
    };
}

table! {
    required {
        SSL_CTX_new(*const c_void) -> Ptr;
        SSL_CTX_free(Ptr);
        SSL_CTX_use_certificate(Ptr, Ptr) -> c_int;
        SSL_CTX_use_PrivateKey(Ptr, Ptr) -> c_int;
        SSL_CTX_set_session_id_context(Ptr, *const c_uchar, c_uint) -> c_int;
        SSL_CTX_set_timeout(Ptr, c_long) -> c_long;
        SSL_CTX_sess_set_new_cb(Ptr, Option<NewCb>);
        SSL_CTX_sess_set_remove_cb(Ptr, Option<RemoveCb>);
        SSL_CTX_sess_set_get_cb(Ptr, Option<GetCb>);
        SSL_CTX_add_session(Ptr, Ptr) -> c_int;
        SSL_CTX_remove_session(Ptr, Ptr) -> c_int;
        SSL_CTX_flush_sessions(Ptr, c_long);
        SSL_CTX_set_verify(Ptr, c_int, Option<VerifyCb>);
        SSL_CTX_set_quiet_shutdown(Ptr, c_int);
        SSL_new(Ptr) -> Ptr;
        SSL_free(Ptr);
        SSL_clear(Ptr) -> c_int;
        SSL_set_bio(Ptr, Ptr, Ptr);
        SSL_set_connect_state(Ptr);
        SSL_set_accept_state(Ptr);
        SSL_do_handshake(Ptr) -> c_int;
        SSL_read(Ptr, Ptr, c_int) -> c_int;
        SSL_write(Ptr, *const c_void, c_int) -> c_int;
        SSL_shutdown(Ptr) -> c_int;
        SSL_set_shutdown(Ptr, c_int);
        SSL_get_shutdown(Ptr) -> c_int;
        SSL_set_quiet_shutdown(Ptr, c_int);
        SSL_set_session(Ptr, Ptr) -> c_int;
        SSL_get_session(Ptr) -> Ptr;
        SSL_get1_session(Ptr) -> Ptr;
        SSL_set_session_id_context(Ptr, *const c_uchar, c_uint) -> c_int;
        SSL_get_SSL_CTX(Ptr) -> Ptr;
        SSL_SESSION_new() -> Ptr;
        SSL_SESSION_free(Ptr);
        SSL_SESSION_get_id(Ptr, *mut c_uint) -> *const c_uchar;
        SSL_SESSION_get_time(Ptr) -> c_long;
        SSL_SESSION_set_time(Ptr, c_long) -> c_long;
        SSL_SESSION_get_timeout(Ptr) -> c_long;
        SSL_SESSION_set_timeout(Ptr, c_long) -> c_long;
        i2d_SSL_SESSION(Ptr, *mut *mut c_uchar) -> c_int;
        d2i_SSL_SESSION(*mut Ptr, *mut *const c_uchar, c_long) -> Ptr;
        BIO_new(*const c_void) -> Ptr;
        BIO_s_mem() -> *const c_void;
        BIO_new_mem_buf(*const c_void, c_int) -> Ptr;
        BIO_new_fd(c_int, c_int) -> Ptr;
        BIO_new_bio_pair(*mut Ptr, usize, *mut Ptr, usize) -> c_int;
        BIO_ctrl(Ptr, c_int, c_long, Ptr) -> c_long;
        BIO_read(Ptr, Ptr, c_int) -> c_int;
        BIO_write(Ptr, *const c_void, c_int) -> c_int;
        BIO_free(Ptr) -> c_int;
        PEM_read_bio_X509(Ptr, Ptr, Ptr, Ptr) -> Ptr;
        PEM_read_bio_PrivateKey(Ptr, Ptr, Ptr, Ptr) -> Ptr;
        ERR_clear_error();
    }
    optional {
        TLS_method() -> *const c_void;
        TLSv1_2_method() -> *const c_void;
        SSL_library_init() -> c_int;
        OpenSSL_version(c_int) -> *const c_char;
        SSLeay_version(c_int) -> *const c_char;
        SSL_CTX_ctrl(Ptr, c_int, c_long, Ptr) -> c_long;
        SSL_ctrl(Ptr, c_int, c_long, Ptr) -> c_long;
        SSL_CTX_up_ref(Ptr) -> c_int;
        SSL_CTX_set_options(Ptr, c_ulong) -> c_ulong;
        SSL_CTX_clear_options(Ptr, c_ulong) -> c_ulong;
        SSL_CTX_set_num_tickets(Ptr, usize) -> c_int;
        SSL_CTX_set_max_early_data(Ptr, u32) -> c_int;
        SSL_CTX_callback_ctrl(Ptr, c_int, Option<AnyCb>) -> c_long;
        SSL_CTX_set_tlsext_ticket_key_cb(Ptr, KeyCb) -> c_int;
        SSL_CTX_set_session_ticket_cb(Ptr, Option<GenerateCb>, Option<DecryptCb>, Ptr) -> c_int;
        SSL_up_ref(Ptr) -> c_int;
        SSL_set_max_early_data(Ptr, u32) -> c_int;
        SSL_dup(Ptr) -> Ptr;
        SSL_copy_session_id(Ptr, Ptr) -> c_int;
        SSL_set_SSL_CTX(Ptr, Ptr) -> Ptr;
        SSL_set_num_tickets(Ptr, usize) -> c_int;
        SSL_new_session_ticket(Ptr) -> c_int;
        SSL_state_string_long(Ptr) -> *const c_char;
        SSL_session_reused(Ptr) -> c_int;
        SSL_is_init_finished(Ptr) -> c_int;
        SSL_state(Ptr) -> c_int;
        SSL_SESSION_up_ref(Ptr) -> c_int;
        SSL_SESSION_dup(Ptr) -> Ptr;
        SSL_SESSION_is_resumable(Ptr) -> c_int;
        SSL_SESSION_has_ticket(Ptr) -> c_int;
        SSL_SESSION_get_ticket_lifetime_hint(Ptr) -> c_ulong;
        SSL_CTX_set0_tmp_dh_pkey(Ptr, Ptr) -> c_int;
        SSL_SESSION_set1_id(Ptr, *const c_uchar, c_uint) -> c_int;
        PEM_write_bio_SSL_SESSION(Ptr, Ptr) -> c_int;
        PEM_read_bio_SSL_SESSION(Ptr, *mut Ptr, Ptr, Ptr) -> Ptr;
        SSL_SESSION_get_ex_new_index(c_long, Ptr, Option<ExData>, Ptr, Option<ExData>) -> c_int;
        CRYPTO_get_ex_new_index(c_int, c_long, Ptr, Option<ExData>, Ptr, Option<ExData>) -> c_int;
        EVP_EncryptInit_ex(Ptr, Ptr, Ptr, *const c_uchar, *const c_uchar) -> c_int;
        EVP_DecryptInit_ex(Ptr, Ptr, Ptr, *const c_uchar, *const c_uchar) -> c_int;
        EVP_aes_128_cbc() -> Ptr;
        EVP_sha256() -> Ptr;
        HMAC_Init_ex(Ptr, Ptr, c_int, Ptr, Ptr) -> c_int;
        SSL_renegotiate(Ptr) -> c_int;
        SSL_renegotiate_abbreviated(Ptr) -> c_int;
        SSL_set_post_handshake_auth(Ptr, c_int);
        SSL_verify_client_post_handshake(Ptr) -> c_int;
        SSL_set_verify(Ptr, c_int, Option<VerifyCb>);
        SSL_use_certificate(Ptr, Ptr) -> c_int;
        SSL_use_PrivateKey(Ptr, Ptr) -> c_int;
        SSL_CTX_set_not_resumable_session_callback(Ptr, Option<NotResumableCb>);
        RAND_set_rand_method(*const c_void) -> c_int;
        CRYPTO_set_mem_functions(Option<Malloc>, Option<Realloc>, Option<Free>) -> c_int;
        BIO_set_callback_ex(Ptr, Option<BioCb>);
        SSL_has_matching_session_id(Ptr, *const c_uchar, c_uint) -> c_int;
        SSL_CTX_get_cert_store(Ptr) -> Ptr;
        X509_STORE_add_cert(Ptr, Ptr) -> c_int;
        BIO_clear_flags(Ptr, c_int);
    }
}
