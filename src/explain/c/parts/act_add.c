static int add_it(SSL_CTX *ctx, SSL_SESSION *session)
{
    return SSL_CTX_add_session(ctx, session);
}
