/* A remove callback that only looks. */
static void look(SSL_CTX *ctx, SSL_SESSION *session)
{
    happen(show(session), "", "the remove callback of %s sees ", context_name(ctx));
    @acts call_back("remove", ctx, session);
}
