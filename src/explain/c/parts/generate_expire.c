/* The session that the ticket is for is to last no time. */
static int generate_expire(SSL *ssl, void *argument)
{
    (void)argument;
    if (SSL_get_session(ssl) != NULL)
        SSL_SESSION_set_timeout(SSL_get_session(ssl), 0);
    return answers("ticket-generate", ssl, 1);
}
