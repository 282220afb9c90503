//! The certificate that servers show: self-signed, P-256, parsed once. It protects nothing; no client verifies it.

use std::ffi::{c_int, c_void};
use std::ptr::null_mut;

use super::api::{Api, Ptr};
use crate::implementation::Trouble;

/// The certificate, PEM.
pub const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBCjCBsgIBATAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZzZXNzY2swIBcNMjAw
MTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBExDzANBgNVBAMMBnNlc3NjazBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABIEpPq8uqed5Qj3RAU2Zjm5FQPFUhTB3
Bvh5hl2SQYZLE8VIXNiHgrdr0nsu6i5D8fIThqEQeBkLkVcXmY0RM2AwCgYIKoZI
zj0EAwIDRwAwRAIgO12oxXVTaFPkbVc7fAVEECdb+36JIr1QSayF/4xi6EICIDcN
J0SgeJ9yb6B6z+kmdArvcG6cMCtcYJoisjA9BdS5
-----END CERTIFICATE-----
";
/// Its key, PEM.
pub const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXbb3IBTApxs51Q3M
b3G5zQxlXXmIh1iXFBr7fpNwxAehRANCAASBKT6vLqnneUI90QFNmY5uRUDxVIUw
dwb4eYZdkkGGSxPFSFzYh4K3a9J7LuouQ/HyE4ahEHgZC5FXF5mNETNg
-----END PRIVATE KEY-----
";

/// A parsed certificate and its key, kept until the process ends.
#[derive(Clone, Copy)]
pub(super) struct Credentials {
    pub(super) certificate: Ptr,
    pub(super) key: Ptr,
}

/// Parses both.
pub(super) fn parse(api: &Api) -> Result<Credentials, Trouble> {
    let certificate = parse_one(api, CERTIFICATE, api.PEM_read_bio_X509);
    let key = parse_one(api, KEY, api.PEM_read_bio_PrivateKey);
    if certificate.is_null() || key.is_null() {
        return Err(Trouble::Harness("the library cannot read our certificate or its key".to_owned()));
    }
    Ok(Credentials { certificate, key })
}

fn parse_one(api: &Api, pem: &'static str, reader: unsafe extern "C" fn(Ptr, Ptr, Ptr, Ptr) -> Ptr) -> Ptr {
    // SAFETY: the text is static; the buffer over it is freed once read.
    unsafe {
        let bio = (api.BIO_new_mem_buf)(pem.as_ptr().cast::<c_void>(), pem.len() as c_int);
        let object = reader(bio, null_mut(), null_mut(), null_mut());
        (api.BIO_free)(bio);
        object
    }
}
