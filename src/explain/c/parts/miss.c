static SSL_SESSION *miss(SSL *ssl, const unsigned char *id, int length, int *take)
{
    (void)id, (void)length, (void)take;
    return told_get(ssl);
}
