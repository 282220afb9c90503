static int pass_over(SSL *ssl, int *alert, void *other)
{
    (void)alert, (void)other;
    return answers("server-name", ssl, SSL_TLSEXT_ERR_NOACK);
}
