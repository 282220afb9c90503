/* What was asked for is sent, where the answer says that it will be. */
static int begun(SSL *ssl, int answer)
{
    if (answer == 1) {
        ERR_clear_error();
        SSL_do_handshake(ssl);
    }
    carry(ssl);
    return answer;
}
