static int generate_stop(SSL *ssl, void *argument)
{
    (void)argument;
    return answers("ticket-generate", ssl, 0);
}
