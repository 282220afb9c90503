static const char *context_name(const SSL_CTX *ctx)
{
    size_t i;

    for (i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++)
        if (*contexts[i].at == ctx)
            return contexts[i].name;
    return "a stranger";
}
