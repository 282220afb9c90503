/* The ClientHello, and the server's answer to it. */
static void hello(SSL *client)
{
    SSL *server = peer(client);

    handshake(client);
    if (server != NULL)
        handshake(server);
}
