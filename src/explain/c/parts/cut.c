/* Both directions end: what is on its way arrives, then the end; what is written from now on is lost. */
static void cut(SSL *ssl)
{
    SSL *ends[2];
    int i;

    ends[0] = ssl, ends[1] = peer(ssl);
    for (i = 0; i < 2; i++)
        if (ends[i] != NULL && BIO_method_type(SSL_get_rbio(ends[i])) == BIO_TYPE_MEM) {
            BIO_set_mem_eof_return(SSL_get_rbio(ends[i]), 0);
            BIO_set_app_data(SSL_get_rbio(ends[i]), ssl);
        }
}
