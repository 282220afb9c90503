//! One connection of rustls with its tap.

use std::io::{Read, Write};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, Connection, ContentType, HandshakeKind, ServerConfig, ServerConnection};

use super::Error;
use super::tap::Tap;

/// A connection of rustls, which works for it under its tap.
pub(super) struct Link {
    connection: Connection,
    tap: Arc<Tap>,
    is_closed_by_peer: bool,
}

impl Link {
    /// A client, which has its ClientHello ready.
    pub(super) fn client(config: ClientConfig, name: ServerName<'static>, tap: Arc<Tap>) -> Result<Self, Error> {
        let connection = tap.run(|| ClientConnection::new(Arc::new(config), name))?;
        Ok(Self::new(connection.into(), tap))
    }

    /// A server.
    pub(super) fn server(config: ServerConfig, tap: Arc<Tap>) -> Result<Self, Error> {
        let connection = tap.run(|| ServerConnection::new(Arc::new(config)))?;
        Ok(Self::new(connection.into(), tap))
    }

    fn new(mut connection: Connection, tap: Arc<Tap>) -> Self {
        // what is written is taken out at once
        connection.set_buffer_limit(None);
        Self { connection, tap, is_closed_by_peer: false }
    }

    /// Its tap.
    pub(super) fn tap(&self) -> &Arc<Tap> {
        &self.tap
    }

    /// Reads all of this.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) -> Result<(), rustls::Error> {
        while !bytes.is_empty() {
            let read = self.connection.read_tls(&mut bytes.by_ref()).map_err(|error| rustls::Error::General(error.to_string()))?;
            let state = self.tap.run(|| self.connection.process_new_packets())?;
            self.is_closed_by_peer |= state.peer_has_closed();
            if read == 0 {
                break;
            }
        }
        Ok(())
    }

    /// What is to be sent.
    pub(super) fn output(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.connection.wants_write() && self.connection.write_tls(&mut bytes).is_ok() {}
        bytes
    }

    /// The application data that was read.
    pub(super) fn data(&mut self) -> Vec<u8> {
        let mut data = Vec::new();
        // that there is no more for now, and that the transport ended, are no news here
        _ = self.connection.reader().read_to_end(&mut data);
        data
    }

    /// Writes application data.
    pub(super) fn write(&mut self, data: &[u8]) -> Result<(), Error> {
        let written = self.tap.run(|| self.connection.writer().write_all(data));
        written.map_err(|error| Error::Refused(error.to_string()))
    }

    /// Writes before the handshake is over. How much of it.
    pub(super) fn write_early(&mut self, data: &[u8]) -> usize {
        let Connection::Client(client) = &mut self.connection else { return 0 };
        self.tap.run(|| client.early_data().and_then(|mut early| early.write(data).ok())).unwrap_or_default()
    }

    /// What was read of what was written so.
    pub(super) fn early_data(&mut self) -> Vec<u8> {
        let mut data = Vec::new();
        if let Connection::Server(server) = &mut self.connection
            && let Some(mut early) = server.early_data()
        {
            // that there is no more is no news here
            _ = early.read_to_end(&mut data);
        }
        data
    }

    /// Whether the server takes what was written so.
    pub(super) fn is_early_data_taken(&self) -> bool {
        matches!(&self.connection, Connection::Client(client) if client.is_early_data_accepted())
    }

    /// Writes what travels as another type of record, once the handshake is over.
    pub(super) fn write_as(&mut self, kind: ContentType, content: &[u8]) -> Result<(), Error> {
        self.tap.state().travels_as = Some(kind);
        let written = self.write(content);
        self.tap.state().travels_as = None;
        written
    }

    /// Sends a close_notify.
    pub(super) fn close(&mut self) {
        self.tap.run(|| self.connection.send_close_notify());
    }

    /// Whether the peer's close_notify has come.
    pub(super) fn is_closed_by_peer(&self) -> bool {
        self.is_closed_by_peer
    }

    /// Whether the handshake is not over.
    pub(super) fn is_handshaking(&self) -> bool {
        self.connection.is_handshaking()
    }

    /// Whether the ServerHello resumes.
    pub(super) fn is_resumed(&self) -> bool {
        self.connection.handshake_kind() == Some(HandshakeKind::Resumed)
    }

    /// The cipher suite; 0 where none is chosen.
    pub(super) fn suite(&self) -> u16 {
        self.connection.negotiated_cipher_suite().map_or(0, |suite| suite.suite().into())
    }

    /// The certificates of the peer, DER.
    pub(super) fn peer_chain(&self) -> Vec<Vec<u8>> {
        let chain = self.connection.peer_certificates().unwrap_or_default();
        chain.iter().map(|certificate| certificate.to_vec()).collect()
    }
}
