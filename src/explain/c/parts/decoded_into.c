/*
 * i2d_SSL_SESSION of one session, then d2i_SSL_SESSION of the result, without its last `lost` bytes, into another one. NULL instead of
 * that makes a new one.
 */
static SSL_SESSION *decoded_into(SSL_SESSION *into, SSL_SESSION *from, int lost)
{
    int length;
    unsigned char *bytes = encoded(from, &length);
    const unsigned char *start = bytes;
    SSL_SESSION *place = into, *session = NULL;

    if (length > lost)
        session = d2i_SSL_SESSION(&place, &start, length - lost);
    free(bytes);
    @owned if (place == NULL)
    @owned     own(into, -1);
    return session;
}
