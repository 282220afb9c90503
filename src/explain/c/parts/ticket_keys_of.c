static int FUNCTION(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher, HMAC_CTX *mac, int seals)
{
    return ticket_keys(ssl, name, iv, cipher, mac, seals, SEAL, OPEN);
}
