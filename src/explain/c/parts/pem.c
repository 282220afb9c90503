/* Self-signed; no client verifies it. */
static const char pem[] =
CERTIFICATE;
