static SSL_CTX *context(int version)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_method());

    if (ctx == NULL || SSL_CTX_set_min_proto_version(ctx, version) != 1 || SSL_CTX_set_max_proto_version(ctx, version) != 1)
        abort();
    return ctx;
}
