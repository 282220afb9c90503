/* It leaves to the library's preset whether a reference of its own is taken. */
static SSL_SESSION *preset(SSL *ssl, const unsigned char *id, int length, int *take)
{
    (void)id, (void)length, (void)take;
    return told_get(ssl);
}
