static void find(SSL_SESSION *session)
{
    if (finds < (int)(sizeof(found) / sizeof(found[0])))
        found[finds++] = session;
}
