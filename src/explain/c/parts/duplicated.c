/*
 * What SSL_dup gave: a connection of its own, which has no transport yet, or one more reference to the same connection. What comes
 * later can only be done with the one that it gave on SEEN_ON.
 */
static SSL *duplicated(SSL *ssl, SSL *copy, int own)
{
    number(copy != ssl);
    if (copy == NULL || (copy != ssl) != own) {
        printf("step %d gave %s: no step after it can be made\n", step,
               copy == NULL ? "NULL" : copy == ssl ? "the same connection" : "a connection of its own");
        exit(1);
    }
    if (own) {
        /* SSL_dup copies the app data, but the peer is not the copy's */
        SSL_set_app_data(copy, NULL);
        plug(copy);
    }
    return copy;
}
