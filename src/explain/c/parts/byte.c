/* Each write is of this byte: what is tried again must be the same, at the same place. */
static const char byte[] = "x";
