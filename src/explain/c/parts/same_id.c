/* Whether both sessions have an id, and it is the same. */
static int same_id(const SSL_SESSION *one, const SSL_SESSION *other)
{
    unsigned int length, other_length;
    const unsigned char *id = SSL_SESSION_get_id(one, &length), *other_id = SSL_SESSION_get_id(other, &other_length);

    return length > 0 && length == other_length && memcmp(id, other_id, length) == 0;
}
