/* A reference of the application's, where it has one. */
static int free_it(SSL_CTX *ctx, SSL_SESSION *session)
{
    (void)ctx;
    if (owned[life(session) - lives] == 0)
        return -1;
    own(session, -1);
    SSL_SESSION_free(session);
    return 0;
}
