/* Reads and writes of this connection fail from now on: its BIO is a file descriptor that is not open. */
static void sever(SSL *ssl)
{
    BIO *bad = BIO_new_fd(-1, BIO_NOCLOSE);

    SSL_set_bio(ssl, bad, bad);
}
