/* What a callback of a context does on that context, with the session that it is given, besides answering. */
static struct {
    const char *callback;
    int (*act)(SSL_CTX *, SSL_SESSION *);
} acts[sizeof(contexts) / sizeof(contexts[0])];

static void calls_back(SSL_CTX *ctx, const char *callback, int (*act)(SSL_CTX *, SSL_SESSION *))
{
    size_t i;

    for (i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++)
        if (*contexts[i].at == ctx)
            acts[i].callback = callback, acts[i].act = act;
}
