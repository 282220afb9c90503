/* The clock, which stands still: libssl and libcrypto find these functions in place of libc's. */
#define EPOCH 1700000000L
static long now = EPOCH + 1000;

time_t time(time_t *out)
{
    if (out != NULL)
        *out = now;
    return now;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    (void)zone;
    out->tv_sec = now;
    out->tv_usec = 0;
    return 0;
}
