/* The client can be asked for a certificate once its handshake is over, and has one. */
static void post_handshake_auth(SSL *ssl)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);

    SSL_set_post_handshake_auth(ssl, 1);
    if (SSL_use_certificate(ssl, certificate) != 1 || SSL_use_PrivateKey(ssl, key) != 1)
        abort();
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free(bio);
}
