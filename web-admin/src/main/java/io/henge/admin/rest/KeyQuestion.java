package io.henge.admin.rest;

/**
 * The body of {@code POST /keys/locate}: a body, so that keys stay out of access logs.
 *
 * @param cache the cache's name
 * @param type how the key is written, see {@link KeyType}
 * @param key the key
 */
public record KeyQuestion(String cache, String type, String key) {}
