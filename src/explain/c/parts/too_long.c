/* An id of one byte too many. */
static const unsigned char too_long[SSL_MAX_SSL_SESSION_ID_LENGTH + 1] = {1};
