//! The cryptography of ring, instrumented. The tables are made once a process and never given back.

use std::sync::LazyLock;

use rustls::crypto::{CryptoProvider, SupportedKxGroup, ring};
use rustls::{CipherSuite, CipherSuiteCommon, SupportedCipherSuite, Tls12CipherSuite, Tls13CipherSuite};

use super::aead::{Tapped12, Tapped13};
use super::hkdf::Tapped;
use super::prf::{TappedPrf, TappedRandom};
use super::{Group, Version};

static SUITES: LazyLock<Vec<SupportedCipherSuite>> = LazyLock::new(|| ring::ALL_CIPHER_SUITES.iter().map(instrumented).collect());

static RANDOM: LazyLock<TappedRandom> = LazyLock::new(|| TappedRandom(ring::default_provider().secure_random));

/// What a context exchanges keys and encrypts with.
pub(super) fn provider(version: Version, groups: &[Group]) -> CryptoProvider {
    let of_version = |suite: &&SupportedCipherSuite| suite.tls13().is_some() == (version == Version::Tls13);
    CryptoProvider {
        cipher_suites: SUITES.iter().filter(of_version).copied().collect(),
        kx_groups: groups.iter().map(|group| exchange(*group)).collect(),
        secure_random: &*RANDOM,
        ..ring::default_provider()
    }
}

/// The same with one cipher suite; `None` where there is no such.
pub(super) fn provider_for(suite: u16, groups: &[Group]) -> Option<CryptoProvider> {
    let suite = SUITES.iter().find(|known| known.suite() == CipherSuite::from(suite))?;
    let version = if suite.tls13().is_some() { Version::Tls13 } else { Version::Tls12 };
    Some(CryptoProvider { cipher_suites: vec![*suite], ..provider(version, groups) })
}

fn exchange(group: Group) -> &'static dyn SupportedKxGroup {
    match group {
        Group::X25519 => ring::kx_group::X25519,
        Group::P256 => ring::kx_group::SECP256R1,
    }
}

fn instrumented(suite: &SupportedCipherSuite) -> SupportedCipherSuite {
    match suite {
        SupportedCipherSuite::Tls12(suite) => SupportedCipherSuite::Tls12(Box::leak(Box::new(Tls12CipherSuite {
            common: common(&suite.common),
            prf_provider: Box::leak(Box::new(TappedPrf(suite.prf_provider))),
            kx: suite.kx,
            sign: suite.sign,
            aead_alg: Box::leak(Box::new(Tapped12(suite.aead_alg))),
        }))),
        SupportedCipherSuite::Tls13(suite) => SupportedCipherSuite::Tls13(Box::leak(Box::new(Tls13CipherSuite {
            common: common(&suite.common),
            hkdf_provider: Box::leak(Box::new(Tapped(suite.hkdf_provider))),
            aead_alg: Box::leak(Box::new(Tapped13(suite.aead_alg))),
            quic: None,
        }))),
    }
}

fn common(of: &CipherSuiteCommon) -> CipherSuiteCommon {
    CipherSuiteCommon { suite: of.suite, hash_provider: of.hash_provider, confidentiality_limit: of.confidentiality_limit }
}
