/* Whether anything moved. */
static int handshake(SSL *ssl)
{
    int wrote;

    if (SSL_is_init_finished(ssl))
        return 0;
    ERR_clear_error();
    SSL_do_handshake(ssl);
    wrote = carry(ssl);
    return wrote || SSL_is_init_finished(ssl);
}
