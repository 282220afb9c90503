static const char *connection_name(const SSL *ssl)
{
    size_t i;

    for (i = 0; i < sizeof(connections) / sizeof(connections[0]); i++)
        if (*connections[i].at == ssl)
            return connections[i].name;
    return "a stranger";
}
