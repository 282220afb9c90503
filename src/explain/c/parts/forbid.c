/* A session is never to be resumed. */
static int forbid(SSL *ssl, int forward_secure)
{
    (void)forward_secure;
    return answers("not-resumable", ssl, 1);
}
