/* What a step showed, in words. A step that does not show what it showed on SEEN_ON is a difference; the first is told. */
static char line[LINE], last[LINE], kept[LINE];
static int differences, step;

/* Prints a call and makes it. */
#define STEP(number, call) (begin(number, #call), call)

static void begin(int number, const char *call)
{
    step = number;
    printf("step %-3d %s\n", number, call);
    ERR_clear_error();
}

/* One thing that was seen. */
static void add(const char *format, ...)
{
    size_t length = strlen(line);
    va_list arguments;

    if (length + 3 > sizeof(line))
        return;
    if (length > 0)
        length += (size_t)snprintf(line + length, sizeof(line) - length, "; ");
    va_start(arguments, format);
    vsnprintf(line + length, sizeof(line) - length, format, arguments);
    va_end(arguments);
}

static void compare(const char *expected)
{
    if (line[0] != '\0')
        printf("         %s\n", line);
    if (strcmp(line, expected) != 0 && differences++ == 0)
        printf("         ^ the first difference. On %s: %s\n", SEEN_ON, expected[0] != '\0' ? expected : "nothing new");
    memcpy(last, line, sizeof(line));
    line[0] = '\0';
}

/* The step that this is about has just been made. */
static void looked_at(void)
{
    memcpy(kept, last, sizeof(last));
}
