/* It gives what it has, whatever the id that is asked for. */
static SSL_SESSION *any(SSL *ssl, const unsigned char *id, int length, int *take)
{
    SSL_SESSION *session = told_get(ssl);

    (void)id, (void)length;
    if (session != NULL)
        *take = 1;
    @acts call_back("get", home(ssl), session);
    return session;
}
