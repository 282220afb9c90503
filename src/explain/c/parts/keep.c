static int keep(SSL *ssl, SSL_SESSION *session)
{
    return told_new(ssl, session, 1);
}
