/* A callback has just run. While it calls back no other one does. */
static void call_back(const char *callback, SSL_CTX *ctx, SSL_SESSION *session)
{
    static int acting;
    struct life *whom = life(session);
    char answered[32];
    int answer;
    size_t i;

    for (i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++) {
        if (acting || session == NULL || *contexts[i].at != ctx || acts[i].act == NULL || strcmp(acts[i].callback, callback) != 0)
            continue;
        acting = 1;
        answer = acts[i].act(ctx, session);
        acting = 0;
        if (answer < 0)
            continue;
        snprintf(answered, sizeof(answered), ": %d", answer);
        happen(whom, answered, "a callback of %s called back about ", context_name(ctx));
        happen(NULL, "", "%s then holds %ld", context_name(ctx), (long)SSL_CTX_sess_number(ctx));
    }
}
