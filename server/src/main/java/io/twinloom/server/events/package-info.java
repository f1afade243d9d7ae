/**
 * Live events: one stream of server-sent events for each client, over many topics. What is sent is
 * made once for all clients, at most four times a second for a topic, and kept in bounds.
 */
@NullMarked
package io.twinloom.server.events;

import org.jspecify.annotations.NullMarked;
