/* Whether there was anything to carry over. A connection whose read BIO has app data was cut: what it writes is lost. */
static int carry(SSL *ssl)
{
    BIO *out = SSL_get_wbio(ssl);
    char bytes[4096];
    int length, moved = 0;

    while ((length = BIO_read(out, bytes, sizeof(bytes))) > 0) {
        moved = 1;
        if (peer(ssl) != NULL && BIO_get_app_data(SSL_get_rbio(ssl)) == NULL)
            BIO_write(SSL_get_rbio(peer(ssl)), bytes, length);
    }
    return moved;
}
