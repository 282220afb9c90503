/* SSL_SESSION_set1_id with an id that no session has. */
static int set_fresh_id(SSL_SESSION *session)
{
    static int made;
    char id[SSL_MAX_SSL_SESSION_ID_LENGTH + 1];

    snprintf(id, sizeof(id), "an id that we made: number %05d", ++made);
    return SSL_SESSION_set1_id(session, (const unsigned char *)id, SSL_MAX_SSL_SESSION_ID_LENGTH);
}
