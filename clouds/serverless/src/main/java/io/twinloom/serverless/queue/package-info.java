/**
 * How a cloud's queue is used, whatever its service: messages that carry several events, each with
 * its own counts; what is run of a message; and what becomes of an event that failed or is put off.
 * Nothing of it needs a service that settles parts of a message, counts deliveries, keeps an order
 * or waits for longer than fifteen minutes.
 */
@NullMarked
package io.twinloom.serverless.queue;

import org.jspecify.annotations.NullMarked;
