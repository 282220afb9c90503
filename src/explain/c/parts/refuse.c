static int refuse(SSL *ssl, SSL_SESSION *session)
{
    return told_new(ssl, session, 0);
}
