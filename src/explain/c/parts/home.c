/* The context that a connection was made from, wherever it was moved since. */
static SSL_CTX *home(const SSL *ssl)
{
    size_t i;

    for (i = 0; i < sizeof(connections) / sizeof(connections[0]); i++)
        if (*connections[i].at == ssl && homes[i] != NULL)
            return *homes[i];
    return NULL;
}
