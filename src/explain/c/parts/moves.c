static void tell_moves(void)
{
    static SSL_CTX *told[sizeof(connections) / sizeof(connections[0])];
    size_t i;

    for (i = 0; i < sizeof(connections) / sizeof(connections[0]); i++) {
        SSL *ssl = *connections[i].at;
        SSL_CTX *now = ssl == NULL || SSL_get_SSL_CTX(ssl) == home(ssl) ? NULL : SSL_get_SSL_CTX(ssl);

        if (ssl != NULL && now != told[i])
            add("%s %s %s", connections[i].name, now != NULL ? "is moved to" : "is back at", context_name(SSL_get_SSL_CTX(ssl)));
        told[i] = now;
    }
}
