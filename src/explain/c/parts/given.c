/* The session that a call returned. */
static SSL_SESSION *returned;
static int returns;

static void given(SSL_SESSION *value)
{
    returned = value;
    returns = 1;
    show(value);
}

static void tell_given(void)
{
    if (returns)
        add("returned %s", session_name(returned));
    returns = 0;
}
