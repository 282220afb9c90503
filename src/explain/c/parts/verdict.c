static int verdict(int number, const char *expected)
{
    printf("step %d, expected by the pages: %s; seen: %s\n", number, expected, kept[0] != '\0' ? kept : "nothing new");
    if (differences > 0)
        printf("%d step%s not show what %s showed on %s\n", differences, differences == 1 ? " did" : "s did",
               differences == 1 ? "it" : "they", SEEN_ON);
    return differences > 0;
}
