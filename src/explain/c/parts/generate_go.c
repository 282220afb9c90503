static int generate_go(SSL *ssl, void *argument)
{
    (void)argument;
    return answers("ticket-generate", ssl, 1);
}
