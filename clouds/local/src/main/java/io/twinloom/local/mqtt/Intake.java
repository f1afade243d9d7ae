package io.twinloom.local.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes devices' messages into the cloud. */
@FunctionalInterface
public interface Intake {

  /**
   * Accepts a message: from the completion on it is durable and will be dispatched. Completes
   * exceptionally where it could not be kept; then the device must get no acknowledgement. May be
   * slow to complete when the cloud has more than it can work off. Called on an event loop, so it
   * returns at once.
   *
   * @param device the device that the topic names
   */
  CompletionStage<Void> accept(String device, byte[] payload);

  /** A message, and the device that its topic names. */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares messages.
  record Message(String device, byte[] payload) {}

  /**
   * Accepts messages that came together, each as {@link #accept} does.
   *
   * @return a stage for each, in their order
   */
  default List<CompletionStage<Void>> acceptAll(List<Message> messages) {
    return messages.stream().map(one -> accept(one.device(), one.payload())).toList();
  }

  /**
   * Where the twin's devices belong, in words, where that is another cloud: then this one takes
   * nothing, and answers publishers with an error.
   */
  default Optional<String> elsewhere() {
    return Optional.empty();
  }
}
