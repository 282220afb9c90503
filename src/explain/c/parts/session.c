/* The session of this name. Where it does not live, this OpenSSL went another way long before. */
static SSL_SESSION *session(int number)
{
    char name[16];
    int i;

    snprintf(name, sizeof(name), "s%d", number);
    for (i = 0; i < births; i++)
        if (lives[i].alive && strcmp(lives[i].name, name) == 0)
            return lives[i].at;
    printf("step %d cannot be made: there is no %s here\n", step, name);
    exit(1);
}
