/* PEM_write_bio_SSL_SESSION of one session, then PEM_read_bio_SSL_SESSION of the result into another one, or into a new one for NULL. */
static SSL_SESSION *pem_decoded_into(SSL_SESSION *into, SSL_SESSION *from)
{
    BIO *bio = BIO_new(BIO_s_mem());
    SSL_SESSION *place = into, *session = NULL;

    if (PEM_write_bio_SSL_SESSION(bio, from) == 1 && BIO_pending(bio) > 0)
        session = PEM_read_bio_SSL_SESSION(bio, &place, NULL, NULL);
    BIO_free(bio);
    @owned if (place == NULL)
    @owned     own(into, -1);
    return session;
}
