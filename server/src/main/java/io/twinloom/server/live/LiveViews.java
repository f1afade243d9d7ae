package io.twinloom.server.live;

import io.twinloom.deployer.live.RunningProject;
import io.twinloom.server.twin.TokenTimes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The views that hold something of their own, shared by routes and live events. Thread-safe. */
public final class LiveViews implements AutoCloseable {

  private final InstantSource clock;
  private final RandomGenerator random;
  private final TrafficView traffic;
  private final ValuesView values;
  private final EntitiesView entities;
  private final Map<String, Simulator> simulators = new ConcurrentHashMap<>();

  /**
   * @param tokens since when a twin's tokens are as they are
   */
  public LiveViews(
      InstantSource clock, RandomGenerator random, Function<RunningProject, TokenTimes> tokens) {
    this.clock = clock;
    this.random = random;
    this.traffic = new TrafficView(clock, tokens);
    this.values = new ValuesView(clock);
    this.entities = new EntitiesView(clock);
  }

  TrafficView traffic() {
    return traffic;
  }

  ValuesView values() {
    return values;
  }

  EntitiesView entities() {
    return entities;
  }

  Instant now() {
    return clock.instant();
  }

  /** The simulator of a twin. */
  public Simulator simulator(RunningProject twin) {
    return simulators.computeIfAbsent(
        twin.project().topology().twin(), name -> new Simulator(twin, clock, random));
  }

  @Override
  public void close() {
    simulators.values().forEach(Simulator::close);
  }
}
