/* From now on nothing that this connection writes is taken: it writes to a BIO pair that is full. */
static void block(SSL *ssl)
{
    static BIO *near, *far;

    if (near == NULL && (BIO_new_bio_pair(&near, 1, &far, 1) != 1 || BIO_write(near, "x", 1) != 1))
        abort();
    BIO_up_ref(near);
    SSL_set0_wbio(ssl, near);
}
