/* The server asks for the client's certificate after the handshake. */
static int verify_client(SSL *ssl)
{
    SSL_set_verify(ssl, SSL_VERIFY_PEER, any_certificate);
    return begun(ssl, SSL_verify_client_post_handshake(ssl));
}
