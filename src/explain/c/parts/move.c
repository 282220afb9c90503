/* Moves the connection to the other context that is this callback's argument, where there is one. */
static int move(SSL *ssl, int *alert, void *other)
{
    (void)alert;
    answers("server-name", ssl, SSL_TLSEXT_ERR_OK);
    if (other != NULL)
        SSL_set_SSL_CTX(ssl, other);
    return SSL_TLSEXT_ERR_OK;
}
