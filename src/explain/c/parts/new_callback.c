/* New-session callbacks: one keeps the reference that it is given, the other refuses it. */
static int told_new(SSL *ssl, SSL_SESSION *session, int kept)
{
    happen(show(session), SSL_SESSION_is_resumable(session) ? ", resumable" : ", not resumable", "the new-session callback of %s %s ",
           connection_name(ssl), kept ? "keeps" : "refuses");
    @owned own(session, kept);
    @acts call_back("new", home(ssl), session);
    return kept;
}
