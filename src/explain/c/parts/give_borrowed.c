/* It gives away what is not the application's to give. */
static SSL_SESSION *give_borrowed(SSL *ssl, const unsigned char *id, int length, int *take)
{
    SSL_SESSION *session = told_get(ssl);

    (void)id, (void)length;
    if (session != NULL)
        *take = 0;
    @owned own(session, -1);
    @acts call_back("get", home(ssl), session);
    return session;
}
