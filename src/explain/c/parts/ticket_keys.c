/*
 * The ticket key callback: `seal` is what it answers for a ticket that is made, `open` for one that was presented. Each context has
 * keys of its own, and nothing about them is secret. It never opens a ticket that other keys sealed.
 */
static int ticket_keys(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher, HMAC_CTX *mac, int seals, int seal,
                       int open)
{
    unsigned char key[16] = "";

    snprintf((char *)key, sizeof(key), "keys of %s", context_name(home(ssl)));
    if (seals) {
        if (seal == 1) {
            memcpy(name, key, sizeof(key));
            RAND_bytes(iv, 16);
            EVP_EncryptInit_ex(cipher, EVP_aes_128_cbc(), NULL, key, iv);
            HMAC_Init_ex(mac, key, sizeof(key), EVP_sha256(), NULL);
        }
        return answers("ticket-key-encrypt", ssl, seal);
    }
    if (open > 0 && memcmp(name, key, sizeof(key)) != 0)
        open = 0;
    if (open > 0) {
        HMAC_Init_ex(mac, key, sizeof(key), EVP_sha256(), NULL);
        EVP_DecryptInit_ex(cipher, EVP_aes_128_cbc(), NULL, key, iv);
    }
    return answers("ticket-key-decrypt", ssl, open);
}
