/*
 * Every session from its birth on, told by ex_data. One that outlives the call in which it was born, or was shown in it by a getter
 * or to a callback, has a name: s0, s1, ... in the order of birth.
 */
static struct life {
    SSL_SESSION *at;
    int alive, shown;
    char name[16], told[80];
} lives[LIVES];
static int births, names, unnamed_from;

/* What happened inside a call, in order. Sessions have their names only when it is over. */
static struct event {
    char before[64], after[32];
    struct life *whom;
} events[EVENTS];
static int happened;

static struct life *life(const SSL_SESSION *session)
{
    int i;

    for (i = births; i-- > 0;)
        if (lives[i].at == session)
            return &lives[i];
    return NULL;
}

/* The session was shown to us. */
static struct life *show(const SSL_SESSION *session)
{
    struct life *whom = life(session);

    if (whom != NULL)
        whom->shown = 1;
    return whom;
}

static void happen(struct life *whom, const char *after, const char *format, ...)
{
    struct event *event = &events[happened < EVENTS - 1 ? happened++ : happened];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(event->before, sizeof(event->before), format, arguments);
    va_end(arguments);
    snprintf(event->after, sizeof(event->after), "%s", after);
    event->whom = whom;
}

static void born(void *session, void *value, CRYPTO_EX_DATA *data, int index, long number, void *pointer)
{
    (void)value, (void)data, (void)index, (void)number, (void)pointer;
    if (births == LIVES)
        abort();
    lives[births].at = session;
    lives[births].alive = 1;
    happen(&lives[births++], " is born", "%s", "");
}

static void died(void *session, void *value, CRYPTO_EX_DATA *data, int index, long number, void *pointer)
{
    struct life *whom = life(session);

    (void)value, (void)data, (void)index, (void)number, (void)pointer;
    if (whom != NULL && whom->alive) {
        whom->alive = 0;
        happen(whom, " dies", "%s", "");
    }
}

static void name_survivors(void)
{
    for (; unnamed_from < births; unnamed_from++)
        if (lives[unnamed_from].alive || lives[unnamed_from].shown)
            snprintf(lives[unnamed_from].name, sizeof(lives[0].name), "s%d", names++);
}

static void tell_events(void)
{
    int i;

    for (i = 0; i < happened; i++)
        if (events[i].whom == NULL)
            add("%s%s", events[i].before, events[i].after);
        else if (events[i].whom->name[0] != '\0')
            add("%s%s%s", events[i].before, events[i].whom->name, events[i].after);
    happened = 0;
}

static void tell_sessions(void)
{
    char facts[80];
    int i;

    for (i = 0; i < births; i++) {
        SSL_SESSION *session = lives[i].at;

        if (!lives[i].alive || lives[i].name[0] == '\0')
            continue;
        snprintf(facts, sizeof(facts), "%sresumable, time %ld, timeout %ld", SSL_SESSION_is_resumable(session) ? "" : "not ",
                 (long)SSL_SESSION_get_time(session) - EPOCH, (long)SSL_SESSION_get_timeout(session));
        news(lives[i].name, lives[i].told, facts);
    }
}
