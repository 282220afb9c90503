/* i2d_SSL_SESSION; what it gives is freed by the caller. The length is 0 where the session has no encoding. */
static unsigned char *encoded(SSL_SESSION *session, int *length)
{
    unsigned char *bytes, *end;

    *length = i2d_SSL_SESSION(session, NULL);
    end = bytes = malloc(*length > 0 ? (size_t)*length : 1);
    if (*length > 0 && i2d_SSL_SESSION(session, &end) != *length)
        abort();
    return bytes;
}
