package io.twinloom.local;

import io.twinloom.local.mqtt.Intake;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Of a cloud that no device belongs to. */
record NoIntake(Supplier<String> where) implements Intake {
  @Override
  public CompletionStage<Void> accept(String device, byte[] payload) {
    return CompletableFuture.failedFuture(new IllegalStateException(where.get()));
  }

  @Override
  public Optional<String> elsewhere() {
    return Optional.of(where.get());
  }
}
