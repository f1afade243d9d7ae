package io.twinloom.http;

import java.util.Map;

/**
 * The head of a request.
 *
 * @param path of the address as it was sent, percent-encoded, beginning with a slash
 * @param headers by name in lower case; one that stands several times is one list [RFC 9110, 5.3]
 * @param query decoded parameters of the address
 * @param rawQuery the same as they were sent, without the question mark; empty where there are none
 */
public record RequestHead(
    String method,
    String path,
    Map<String, String> headers,
    Map<String, String> query,
    String rawQuery) {}
