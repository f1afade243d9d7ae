package io.twinloom.server.twin;

import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.TierContents;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A twin of which nothing is seen. */
final class UnseenTwin implements LiveTwin, LiveTwin.Faults {
  @Override
  public Instant started() {
    return Instant.EPOCH;
  }

  @Override
  public Ledger ledger(Duration window) {
    return new Ledger(Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0, 0, Optional.empty());
  }

  @Override
  public Traffic traffic(Duration window) {
    return new Traffic(Instant.EPOCH, Instant.EPOCH, Map.of(), Map.of());
  }

  @Override
  public Ledger ledger(Duration window, Instant at) {
    return ledger(window);
  }

  @Override
  public Traffic traffic(Duration window, Instant at) {
    return traffic(window);
  }

  @Override
  public List<RefusedTopic> refusedTopics(String device) {
    return List.of();
  }

  @Override
  public Measured measured() {
    return new Measured(0, 0, 0, 0);
  }

  @Override
  public Optional<Set<String>> connectedDevices() {
    return Optional.empty();
  }

  @Override
  public Map<String, DeviceActivity> devices() {
    return Map.of();
  }

  @Override
  public List<JsonObject> newestItems(String device, int limit) {
    return List.of();
  }

  @Override
  public List<Firing> firings(FiringQuery wanted, int limit) {
    return List.of();
  }

  @Override
  public LogFollower followLog() {
    return lines -> {};
  }

  @Override
  public TierContents tiers() {
    return new TierContents(List.of(), List.of(), List.of());
  }

  @Override
  public JsonValue runUserCode(String function, JsonObject event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean replay(String letter, JsonObject event) {
    return false;
  }

  @Override
  public LiveTwin.Faults faults() {
    return this;
  }

  @Override
  public List<String> connections() {
    return List.of();
  }

  @Override
  public List<ActiveFault> active() {
    return List.of();
  }

  @Override
  public void set(String connection, Fault fault, Duration length) {}

  @Override
  public boolean end(String connection) {
    return false;
  }
}
