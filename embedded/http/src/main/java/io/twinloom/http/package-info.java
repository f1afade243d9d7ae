/**
 * An embedded HTTP/1.1 server for small requests: a handler sees a request's head before its body
 * is read, works on a virtual thread, and everything that a client could take is bounded by {@link
 * io.twinloom.http.HttpLimits}. {@link io.twinloom.http.HttpEndpoint} is the way in.
 *
 * <p>It knows nothing of twins or functions. It is no client, and does not speak HTTP/2 or TLS.
 */
@NullMarked
package io.twinloom.http;

import org.jspecify.annotations.NullMarked;
