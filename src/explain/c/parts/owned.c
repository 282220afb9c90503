/* How many references the application has to a session. */
static int owned[LIVES];

static void own(SSL_SESSION *session, int more)
{
    struct life *whom = life(session);

    if (whom != NULL)
        owned[whom - lives] += more;
}
