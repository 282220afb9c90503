/* SSL_SESSION_set1_id with the id of another session. */
static int set_id_of(SSL_SESSION *session, const SSL_SESSION *other)
{
    unsigned int length;
    const unsigned char *id = SSL_SESSION_get_id(other, &length);

    return SSL_SESSION_set1_id(session, id, length);
}
