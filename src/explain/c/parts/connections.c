static void show_current(void)
{
    size_t i;

    for (i = 0; i < sizeof(connections) / sizeof(connections[0]); i++)
        if (*connections[i].at != NULL)
            show(SSL_get_session(*connections[i].at));
}

static void tell_connections(void)
{
    char facts[80];
    size_t i;

    for (i = 0; i < sizeof(connections) / sizeof(connections[0]); i++) {
        SSL *ssl = *connections[i].at;

        if (ssl == NULL)
            continue;
        snprintf(facts, sizeof(facts), "%s%s%s%s%s", session_name(SSL_get_session(ssl)), SSL_session_reused(ssl) ? ", reused" : "",
                 SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN ? ", sent" : "",
                 SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN ? ", received" : "", SSL_is_init_finished(ssl) ? ", open" : "");
        news(connections[i].name, connections[i].told, facts);
    }
}
