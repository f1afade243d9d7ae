package io.twinloom.serverless.queue;

import java.util.List;

/**
 * A message as a queue has handed it out.
 *
 * @param id by which it is reported
 * @param receipt by which it is settled
 * @param times how often it was handed out, with this one; 1 where a service does not say
 */
public record Delivered(String id, String receipt, int times, List<QueuedEvent> events) {
  public Delivered {
    events = List.copyOf(events);
  }
}
