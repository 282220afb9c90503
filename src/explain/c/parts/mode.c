static void mode(long value)
{
    add("returned mode 0x%lx", value & (SSL_SESS_CACHE_BOTH | SSL_SESS_CACHE_NO_INTERNAL | 0x480));
}
