/**
 * HTTP between the local clouds: each cloud's one endpoint for its receivers, on the server of
 * {@code io.twinloom.http}, and the client that senders reach other clouds with. Both run on event
 * loops that all clouds share; functions never run on these, but on virtual threads. Whether a
 * request may come in is the function's to say, and whether one is tried again is the sender's.
 */
@NullMarked
package io.twinloom.local.http;

import org.jspecify.annotations.NullMarked;
