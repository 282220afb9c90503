/* After all that is on its way, the connection reads a record of application data that no key made. */
static void corrupt(SSL *ssl)
{
    unsigned char record[53];

    memset(record, 0xA5, sizeof(record));
    memcpy(record, "\x17\x03\x03\x00\x30", 5);
    BIO_write(SSL_get_rbio(ssl), record, sizeof(record));
}
