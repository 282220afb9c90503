/* SSL_set_bio on both: a new transport between them. */
static void join(SSL *client, SSL *server)
{
    plug(client);
    plug(server);
    SSL_set_app_data(client, server);
    SSL_set_app_data(server, client);
}
