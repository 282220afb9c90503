static void advance(long seconds)
{
    now += seconds;
}
