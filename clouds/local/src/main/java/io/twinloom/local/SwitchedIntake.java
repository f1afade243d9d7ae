package io.twinloom.local;

import io.twinloom.local.mqtt.Intake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Of a cloud to which devices belong at times, as layer 1 moves.
 *
 * @param open whether they do now
 * @param taking takes their messages then
 * @param refusing answers them otherwise
 */
record SwitchedIntake(BooleanSupplier open, Intake taking, Intake refusing) implements Intake {

  private Intake now() {
    return open.getAsBoolean() ? taking : refusing;
  }

  @Override
  public CompletionStage<Void> accept(String device, byte[] payload) {
    return now().accept(device, payload);
  }

  @Override
  public List<CompletionStage<Void>> acceptAll(List<Message> messages) {
    return now().acceptAll(messages);
  }

  @Override
  public Optional<String> elsewhere() {
    return now().elsewhere();
  }
}
