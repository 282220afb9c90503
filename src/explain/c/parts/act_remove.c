static int remove_it(SSL_CTX *ctx, SSL_SESSION *session)
{
    return SSL_CTX_remove_session(ctx, session);
}
