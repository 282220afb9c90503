/* A session may be resumed. */
static int allow(SSL *ssl, int forward_secure)
{
    (void)forward_secure;
    return answers("not-resumable", ssl, 0);
}
