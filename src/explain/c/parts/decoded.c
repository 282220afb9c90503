/* i2d_SSL_SESSION, then d2i_SSL_SESSION of the result. */
static SSL_SESSION *decoded(SSL_SESSION *session)
{
    int length = i2d_SSL_SESSION(session, NULL);
    unsigned char *encoded = malloc(length > 0 ? (size_t)length : 1), *end = encoded;
    const unsigned char *start = encoded;
    SSL_SESSION *copy = NULL;

    if (length > 0 && i2d_SSL_SESSION(session, &end) == length)
        copy = d2i_SSL_SESSION(NULL, &start, length);
    free(encoded);
    return copy;
}
