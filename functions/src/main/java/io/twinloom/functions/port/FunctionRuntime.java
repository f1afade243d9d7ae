package io.twinloom.functions.port;

import io.twinloom.model.Provider;
import io.twinloom.model.trace.TraceSampling;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where and when a function runs, and the time, chance and ids that it is given, so that tests can
 * choose them.
 *
 * @param cloud the cloud it runs on
 * @param traceIds makes a new trace id (a random UUID) at each call
 * @param pause waits between two attempts
 * @param sampling which traces have a line in the log for each invocation
 */
public record FunctionRuntime(
    Provider cloud,
    InstantSource clock,
    RandomGenerator random,
    Supplier<String> traceIds,
    Pause pause,
    TraceSampling sampling) {

  /** One with the usual sampling of traces. */
  public FunctionRuntime(
      Provider cloud,
      InstantSource clock,
      RandomGenerator random,
      Supplier<String> traceIds,
      Pause pause) {
    this(cloud, clock, random, traceIds, pause, TraceSampling.DEFAULT);
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    void forAbout(Duration duration) throws InterruptedException;
  }

  /** The cloud as envelopes name it in {@code source_cloud}. */
  public String sourceCloud() {
    return cloud.connectionId();
  }
}
