//! A session layer on rustls.

mod tls;
