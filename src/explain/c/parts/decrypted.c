/* What is wanted of a ticket that was presented. One that could not be opened cannot be used: a new one is asked for then. */
static int decrypted(SSL *ssl, SSL_TICKET_STATUS status, int wanted)
{
    int opened = status == SSL_TICKET_SUCCESS || status == SSL_TICKET_SUCCESS_RENEW;

    if (!opened && (wanted == SSL_TICKET_RETURN_USE || wanted == SSL_TICKET_RETURN_USE_RENEW))
        wanted = SSL_TICKET_RETURN_IGNORE_RENEW;
    return answers("ticket-decrypt", ssl, wanted);
}
