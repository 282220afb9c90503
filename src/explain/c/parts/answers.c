/* A callback that answers with a number has run. */
static int answers(const char *callback, const SSL *ssl, int answer)
{
    happen(NULL, "", "the %s callback of %s answers %d", callback, connection_name(ssl), answer);
    return answer;
}
