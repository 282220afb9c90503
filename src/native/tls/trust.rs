//! Whom either end believes to be who they say.

use std::fmt;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, RootCertStore, SignatureScheme};

use super::bytes::Bytes;
use super::tap::Tap;
use super::{Error, Version};

/// Which certificates a client takes from a server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trust {
    /// This one, DER, whatever its dates and whatever host name was asked for.
    Certificate(Vec<u8>),
    /// What chains up to one of these, DER, at the time of the clock, for the host name that was asked for. Without a name every handshake
    /// fails.
    Roots(Vec<Vec<u8>>),
}

impl Trust {
    /// The roots in these PEM texts.
    ///
    /// # Errors
    /// If they are no PEM.
    pub fn roots_from_pem(pem: &str) -> Result<Self, Error> {
        let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).map(|root| root.map(|der| der.to_vec())).collect();
        roots.map(Self::Roots).map_err(|error| Error::Credentials(error.to_string()))
    }
}

/// Verifies for all clients of a context. While there is nobody at the other end everything is true.
pub(super) struct Verifier {
    inner: Inner,
    algorithms: WebPkiSupportedAlgorithms,
}

enum Inner {
    Pinned(CertificateDer<'static>),
    Roots(Arc<WebPkiServerVerifier>),
}

impl Verifier {
    pub(super) fn new(trust: &Trust, provider: &Arc<CryptoProvider>) -> Result<Self, Error> {
        let useless = |error: &dyn fmt::Display| Error::Credentials(error.to_string());
        let inner = match trust {
            Trust::Certificate(der) => {
                public_key(der).ok_or_else(|| useless(&"not a certificate"))?;
                Inner::Pinned(der.clone().into())
            }
            Trust::Roots(roots) => {
                let mut store = RootCertStore::empty();
                for root in roots {
                    store.add(root.clone().into()).map_err(|error| useless(&error))?;
                }
                let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider));
                Inner::Roots(builder.build().map_err(|error| useless(&error))?)
            }
        };
        Ok(Self { inner, algorithms: provider.signature_verification_algorithms })
    }

    fn signed(&self, version: Version, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Signed {
        match (&self.inner, version) {
            _ if is_alone() => Ok(HandshakeSignatureValid::assertion()),
            (Inner::Pinned(_), _) => verify(&self.algorithms, version, message, cert, dss),
            (Inner::Roots(roots), Version::Tls12) => roots.verify_tls12_signature(message, cert, dss),
            (Inner::Roots(roots), Version::Tls13) => roots.verify_tls13_signature(message, cert, dss),
        }
    }
}

type Signed = Result<HandshakeSignatureValid, rustls::Error>;

/// Whether rustls works for a connection that has nobody at its other end.
fn is_alone() -> bool {
    Tap::current().is_some_and(|tap| tap.state().trusting)
}

/// Verifies by the public key alone: a pinned certificate may be of any form.
fn verify(
    algorithms: &WebPkiSupportedAlgorithms,
    version: Version,
    message: &[u8],
    cert: &CertificateDer<'_>,
    dss: &DigitallySignedStruct,
) -> Signed {
    let (algorithm, key) = public_key(cert).ok_or(CertificateError::BadEncoding)?;
    let known = algorithms.mapping.iter().find(|(scheme, _)| *scheme == dss.scheme).map_or(&[][..], |(_, known)| known);
    // TLS 1.3 names the curve, and what it names stands first
    let known = if version == Version::Tls13 { &known[..known.len().min(1)] } else { known };
    let fitting = known.iter().filter(|known| known.public_key_alg_id().as_ref() == algorithm);
    let valid = fitting.into_iter().any(|known| known.verify_signature(key, message, dss.signature()).is_ok());
    if valid { Ok(HandshakeSignatureValid::assertion()) } else { Err(CertificateError::BadSignature.into()) }
}

/// The algorithm and the bits of a certificate's public key, RFC 5280 section 4.1.
fn public_key(certificate: &[u8]) -> Option<(&[u8], &[u8])> {
    const SEQUENCE: u8 = 0x30;
    const BIT_STRING: u8 = 0x03;
    const EXPLICIT_VERSION: u8 = 0xA0;
    let mut certificate = Bytes(element(&mut Bytes(certificate)).filter(|(tag, _)| *tag == SEQUENCE)?.1);
    let mut signed = Bytes(element(&mut certificate)?.1);
    if signed.0.first() == Some(&EXPLICIT_VERSION) {
        element(&mut signed)?;
    }
    // serial number, signature, issuer, validity, subject
    for _ in 0..5 {
        element(&mut signed)?;
    }
    let mut key = Bytes(element(&mut signed)?.1);
    let algorithm = element(&mut key).filter(|(tag, _)| *tag == SEQUENCE)?.1;
    let bits = element(&mut key).filter(|(tag, _)| *tag == BIT_STRING)?.1;
    Some((algorithm, bits.strip_prefix(&[0])?))
}

/// The tag and the content of the next element of DER.
fn element<'a>(bytes: &mut Bytes<'a>) -> Option<(u8, &'a [u8])> {
    let tag = u8::try_from(bytes.number(1)?).ok()?;
    let length = match bytes.number(1)? {
        short @ 0..0x80 => short,
        long => bytes.number(usize::try_from(long - 0x80).ok().filter(|bytes| *bytes <= 4)?)?,
    };
    Some((tag, bytes.take(usize::try_from(length).ok()?)?))
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        match &self.inner {
            _ if is_alone() => Ok(ServerCertVerified::assertion()),
            Inner::Pinned(pinned) if pinned == end_entity => Ok(ServerCertVerified::assertion()),
            Inner::Pinned(_) => Err(CertificateError::UnknownIssuer.into()),
            Inner::Roots(roots) => roots.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now),
        }
    }

    fn verify_tls12_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Signed {
        self.signed(Version::Tls12, message, cert, dss)
    }

    fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Signed {
        self.signed(Version::Tls13, message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// What all servers make of their clients' certificates: they ask where they are told to, do not insist, and take what has a sound signature.
pub(super) struct Asker(pub(super) WebPkiSupportedAlgorithms);

impl fmt::Debug for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asker")
    }
}

impl ClientCertVerifier for Asker {
    fn offer_client_auth(&self) -> bool {
        Tap::current().is_some_and(|tap| tap.state().asks)
    }

    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Signed {
        verify(&self.0, Version::Tls12, message, cert, dss)
    }

    fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Signed {
        verify(&self.0, Version::Tls13, message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}
