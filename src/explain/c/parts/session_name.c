static const char *session_name(const SSL_SESSION *session)
{
    const struct life *whom = life(session);

    return session == NULL ? "NULL" : whom == NULL ? "a stranger" : whom->name;
}
