/* Tells the facts of an object where they differ from what was last told. */
static void news(const char *name, char *told, const char *facts)
{
    if (strcmp(told, facts) != 0)
        add("%s: %s", name, facts);
    strcpy(told, facts);
}
