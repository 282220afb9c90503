/* A cache is emptied in an order that may follow from session ids, which are random: events are told in the order of names. */
static int any_order;

static int by_name(const void *one, const void *other)
{
    const struct event *a = one, *b = other;
    int before = strcmp(a->before, b->before);

    if (a->whom != b->whom)
        return a->whom < b->whom ? -1 : 1;
    return before != 0 ? before : strcmp(a->after, b->after);
}

static void sort_events(void)
{
    if (any_order)
        qsort(events, (size_t)happened, sizeof(events[0]), by_name);
    any_order = 0;
}
