/*
 * The network: a connection reads from one memory BIO and writes to another, and what it wrote is carried over to its peer after
 * each call. So bytes that are on their way to a connection are bytes in the BIO that it reads from.
 */
static SSL *peer(SSL *ssl)
{
    return SSL_get_app_data(ssl);
}

static void part(SSL *ssl)
{
    if (peer(ssl) != NULL)
        SSL_set_app_data(peer(ssl), NULL);
    SSL_set_app_data(ssl, NULL);
}

/* A transport of its own, which leads nowhere yet. */
static void plug(SSL *ssl)
{
    part(ssl);
    SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
}
