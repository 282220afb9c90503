static SSL_TICKET_RETURN FUNCTION(SSL *ssl, SSL_SESSION *session, const unsigned char *name, size_t length, SSL_TICKET_STATUS status,
                                  void *argument)
{
    (void)session, (void)name, (void)length, (void)argument;
    return decrypted(ssl, status, WANTED);
}
