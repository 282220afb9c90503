static void tell_contexts(void)
{
    char facts[40];
    size_t i;

    for (i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++) {
        if (*contexts[i].at == NULL)
            continue;
        snprintf(facts, sizeof(facts), "%ld cached", (long)SSL_CTX_sess_number(*contexts[i].at));
        news(contexts[i].name, contexts[i].told, facts);
    }
}
