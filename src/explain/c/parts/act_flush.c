/* At the end of time, when every session is due. */
static int flush(SSL_CTX *ctx, SSL_SESSION *session)
{
    (void)session;
    SSL_CTX_flush_sessions(ctx, 1L << 40);
    return 0;
}
