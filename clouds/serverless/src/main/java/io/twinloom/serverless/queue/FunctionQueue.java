package io.twinloom.serverless.queue;

import io.twinloom.functions.port.InvocationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The queues of a cloud's functions, each by its function's name. */
public interface FunctionQueue {

  /**
   * A message to send.
   *
   * @param function whose queue it is for
   * @param delay before which it is not handed out; whole seconds, at most fifteen minutes
   */
  record Outgoing(String function, String body, Duration delay) {}

  /**
   * Sends messages.
   *
   * @return for each, in order, why it was refused; empty where the queue has it durably
   */
  List<Optional<InvocationException>> send(List<Outgoing> messages);

  /**
   * Settles messages that are done, before the run that they came with has ended.
   *
   * @param receipts what identifies their deliveries
   */
  void settle(String function, List<String> receipts);
}
