/* Whether the ticket could be opened or not. */
static SSL_TICKET_RETURN decrypt_use_blindly(SSL *ssl, SSL_SESSION *session, const unsigned char *name, size_t length,
                                             SSL_TICKET_STATUS status, void *argument)
{
    (void)session, (void)name, (void)length, (void)status, (void)argument;
    return answers("ticket-decrypt", ssl, SSL_TICKET_RETURN_USE);
}
