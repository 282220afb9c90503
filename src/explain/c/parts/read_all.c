/* SSL_read until it wants more. */
static void read_all(SSL *ssl)
{
    char bytes[1024];

    while (SSL_read(ssl, bytes, sizeof(bytes)) > 0)
        ;
    carry(ssl);
}
