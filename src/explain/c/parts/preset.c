/* It leaves to the library's preset whether a reference of its own is taken. */
static SSL_SESSION *preset(SSL *ssl, const unsigned char *id, int length, int *take)
{
    SSL_SESSION *session = told_get(ssl);

    (void)id, (void)length, (void)take;
    @acts call_back("get", home(ssl), session);
    return session;
}
