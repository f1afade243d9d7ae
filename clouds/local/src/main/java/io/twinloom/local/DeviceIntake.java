package io.twinloom.local;

import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.InvocationQueue;
import io.twinloom.local.mqtt.Intake;
import io.twinloom.local.observe.TwinActivity;
import io.twinloom.model.time.Timestamps;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/**
 * Takes devices' messages into the queue of their cloud, those that were read together as one row.
 *
 * @param dispatcher the function that they are for
 */
record DeviceIntake(
    String dispatcher, InvocationQueue queue, TwinActivity activity, InstantSource clock)
    implements Intake {

  /** So many go into one row at most, which is what one run is given. */
  private static final int MOST = 100;

  private static final int MOST_BYTES = 1024 * 1024;

  @Override
  public CompletionStage<Void> accept(String device, byte[] payload) {
    return acceptAll(List.of(new Message(device, payload))).getFirst();
  }

  @Override
  public List<CompletionStage<Void>> acceptAll(List<Message> messages) {
    List<CompletionStage<Void>> accepted = new ArrayList<>(messages.size());
    String acceptedAt = Timestamps.of(clock.instant());
    for (int from = 0, to; from < messages.size(); from = to) {
      to = end(messages, from);
      List<LongFunction<JsonObject>> row = new ArrayList<>(to - from);
      for (Message message : messages.subList(from, to)) {
        row.add(number -> event(message, acceptedAt, number));
      }
      List<Message> together = messages.subList(from, to);
      CompletableFuture<Void> written =
          queue
              .accept(dispatcher, row)
              .thenRun(() -> together.forEach(m -> activity.published(m.device())));
      accepted.addAll(Collections.nCopies(to - from, written));
    }
    return accepted;
  }

  private static int end(List<Message> messages, int from) {
    int to = from;
    long bytes = 0;
    while (to < messages.size()
        && to - from < MOST
        && (to == from || bytes + messages.get(to).payload().length <= MOST_BYTES)) {
      bytes += messages.get(to++).payload().length;
    }
    return to;
  }

  private static JsonObject event(Message message, String acceptedAt, long number) {
    return new DeviceMessage(message.device(), acceptedAt, Long.toString(number), message.payload())
        .toEvent();
  }
}
