/*
 * Whether a handshake is over and no fatal error came. A server that is asked for a ticket says that it is in a handshake again until
 * the ticket is sent; it has its client's Finished all the same. Only TLS 1.3 has such tickets.
 */
static int is_open(const SSL *ssl)
{
    char byte;

    return SSL_is_init_finished(ssl) ||
           (SSL_is_server(ssl) && SSL_version(ssl) == TLS1_3_VERSION && SSL_get_peer_finished(ssl, &byte, 0) > 0 &&
            strcmp(SSL_state_string_long(ssl), "error") != 0);
}
