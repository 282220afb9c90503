static void number(long value)
{
    add("returned %ld", value);
}
