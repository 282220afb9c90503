/* The rest of the handshake. */
static void complete(SSL *client)
{
    int turns, moved = 1;

    for (turns = 0; moved && turns < 32; turns++) {
        moved = handshake(client);
        if (peer(client) != NULL)
            moved |= handshake(peer(client));
    }
}
