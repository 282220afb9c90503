static SSL_SESSION *copy(SSL *ssl, const unsigned char *id, int length, int *take)
{
    SSL_SESSION *session = told_get(ssl);

    (void)id, (void)length;
    if (session != NULL)
        *take = 1;
    @acts call_back("get", home(ssl), session);
    return session;
}
