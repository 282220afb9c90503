/* One byte; 0 stands for the empty session id context. */
static void session_id_context(SSL_CTX *ctx, unsigned char value)
{
    SSL_CTX_set_session_id_context(ctx, &value, value != 0);
}
