static void unblock(SSL *ssl)
{
    SSL_set0_wbio(ssl, BIO_new(BIO_s_mem()));
}
