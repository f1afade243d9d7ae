package io.twinloom.server.why;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.live.LiveTwin.DeviceActivity;
import io.twinloom.deployer.live.LiveTwin.RefusedTopic;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a device, read once for a walk. */
final class Evidence {

  private static final int LETTERS = 2_000;

  private final RunningProject twin;
  private final String device;
  private final StatusReport status;
  private final DeviceActivity activity;
  private final Optional<DeadLetterEntry> letter;
  private final Optional<TwinloomException> unreadable;
  private final Optional<Instant> newest;

  Evidence(RunningProject twin, String device) {
    this.twin = twin;
    this.device = device;
    this.status = twin.control().status();
    this.activity =
        twin.live()
            .devices()
            .getOrDefault(
                device, new DeviceActivity(0, Optional.empty(), Optional.empty(), Map.of()));
    this.letter =
        twin.control().deadLetters(LETTERS).items().stream()
            .filter(l -> isOfDevice(l, device))
            .reduce((first, second) -> second);
    Optional<TwinloomException> failure = Optional.empty();
    Optional<Instant> found = Optional.empty();
    try {
      found = newest(twin.control().query(request().newestFirst(true).limit(1).build()));
    } catch (TwinloomException e) {
      failure = Optional.of(e);
    }
    this.unreadable = failure;
    this.newest = found;
  }

  private static Optional<Instant> newest(HistoryPage page) {
    try {
      return page.items().stream()
          .findFirst()
          .flatMap(item -> item.text("timestamp"))
          .map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isOfDevice(DeadLetterEntry letter, String device) {
    if (!(letter.event() instanceof JsonObject event)) {
      return false;
    }
    JsonObject payload = event.object("payload").orElse(event);
    return payload.text("device_id").equals(Optional.of(device))
        || event.text("channel_device").equals(Optional.of(device));
  }

  HistoryRequest.Builder request() {
    return HistoryRequest.of(device);
  }

  RunningProject twin() {
    return twin;
  }

  String device() {
    return device;
  }

  Optional<Device> configured() {
    return twin.project().project().devices().stream()
        .filter(d -> d.id().equals(device))
        .findFirst();
  }

  StatusReport status() {
    return status;
  }

  DeviceActivity activity() {
    return activity;
  }

  /** Whether a client of the device is connected now. */
  boolean isConnected() {
    return twin.live().connectedDevices().filter(all -> all.contains(device)).isPresent();
  }

  /** The last message to a topic that the channel refused of it, after all that it took. */
  Optional<RefusedTopic> refusedTopic() {
    return refused(false)
        .filter(r -> activity.lastSeen().map(seen -> r.time().isAfter(seen)).orElse(true));
  }

  /** The last connection that the channel refused of it. */
  Optional<RefusedTopic> refusedConnection() {
    return refused(true);
  }

  private Optional<RefusedTopic> refused(boolean connection) {
    return twin.live().refusedTopics(device).stream()
        .filter(r -> r.topic().isEmpty() == connection)
        .findFirst();
  }

  /** The newest item over all tiers. */
  Optional<Instant> newest() {
    return newest;
  }

  /** Why the device's items cannot be read, where they cannot. */
  Optional<TwinloomException> unreadable() {
    return unreadable;
  }

  /** The newest dead letter of the device that came after its newest item, if there is one. */
  Optional<DeadLetterEntry> letter() {
    return letter.filter(l -> newest.map(n -> l.time().isAfter(n)).orElse(true));
  }

  /** The same, where it is of a function of one of these kinds. */
  Optional<DeadLetterEntry> letterOf(Set<FunctionKind> kinds) {
    return letter()
        .filter(
            l ->
                twin.project()
                    .topology()
                    .function(l.function())
                    .filter(f -> kinds.contains(f.kind()))
                    .isPresent());
  }

  /** How often the channel refused something of any device, for people. */
  String refusals() {
    StringBuilder all = new StringBuilder();
    status
        .counters()
        .forEach(
            (name, count) -> {
              if (name.startsWith("mqtt-") && count > 0) {
                all.append(all.isEmpty() ? "" : ", ").append(name).append(" ").append(count);
              }
            });
    return all.toString();
  }

  Optional<DeployedFunction> function(FunctionKind kind) {
    return twin.project().topology().function(kind);
  }

  List<StatusReport.ConnectionStatus> connections() {
    return status.connections();
  }
}
