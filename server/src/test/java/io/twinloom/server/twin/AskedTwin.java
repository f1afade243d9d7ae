package io.twinloom.server.twin;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A twin that records what it is asked and gives answers that are known beforehand. */
public final class AskedTwin implements TwinControl {
  static final HistoryPage PAGE =
      new HistoryPage(
          List.of(
              JsonObject.builder().put("t", 1.5).build(), JsonObject.builder().put("t", 2).build()),
          List.of(new TierPart("cold", 1), new TierPart("hot", 1)),
          List.of(new PendingChunk("k", Optional.empty(), Duration.ofHours(12))),
          Optional.of("next"));
  static final RestoreReport RESTORED =
      new RestoreReport(
          7,
          List.of(
              new PendingChunk("k", Optional.of("2026-03-01T00:00:00Z"), Duration.ofMillis(300))));
  static final RotationReport ROTATED =
      new RotationReport(List.of(new RotationReport.Rotated("c", true)));
  static final MoveReport MOVED =
      new MoveReport(
          new MoveReport.Moved(3, 2, 100),
          List.of(new MoveReport.Left("k", "no")),
          5,
          Optional.of("later"),
          false,
          Optional.empty());
  static final VerifyReport VERIFIED =
      new VerifyReport(
          "d",
          List.of(
              new Hop("f", KnownClouds.AWS, true, OptionalDouble.of(1.25), Optional.empty()),
              new Hop("g", KnownClouds.GOOGLE, false, OptionalDouble.empty(), Optional.of("no"))));
  static final DeadLetterPage LETTERS =
      new DeadLetterPage(
          List.of(
              DeadLetterEntry.of("aws-1", KnownClouds.AWS, Instant.parse("2026-03-01T00:00:00Z"))
                  .function("f")
                  .error("why")
                  .attempts(3)
                  .traceId("t")
                  .event(JsonObject.builder().put("a", 1).build())
                  .build()),
          12);
  static final StatusReport STATUS =
      StatusReport.of("local", "hall")
          .running(true)
          .layers(
              List.of(
                  new StatusReport.LayerStatus(
                      Layer.L3_HOT,
                      KnownClouds.GOOGLE,
                      true,
                      Map.of(
                          "http", URI.create("http://127.0.0.1:1"),
                          "mqtt", URI.create("tcp://127.0.0.1:2")),
                      Optional.of("2026-03-01T00:00:00Z"))))
          .functions(
              List.of(
                  new StatusReport.FunctionStatus(
                      "f", "F", KnownClouds.AZURE, Optional.of(URI.create("http://x/f")), 4, 1)))
          .connections(
              List.of(
                  new StatusReport.ConnectionStatus(
                      "c", KnownClouds.AWS, KnownClouds.AZURE, ConnectionState.PROBING)))
          .rules(List.of(new StatusReport.RuleStatus(1, "a > b", "function f", 2, 3)))
          .deadLetters(5)
          .alarms(List.of("alarm"))
          .backlog(6)
          .counters(Map.of("odd", 7L))
          .warnings(List.of("warning"))
          .tiers(
              List.of(
                  new TierSize.Items(Layer.L3_HOT, KnownClouds.GOOGLE, 8),
                  new TierSize.Chunks(Layer.L3_COLD, KnownClouds.AWS, 9, 10, 11)))
          .options(
              List.of(new StatusReport.OptionStatus("--bind", "::1", StatusReport.Origin.GIVEN)))
          .change(
              Optional.of(
                  new ChangeStatus(
                      "c1",
                      new ChangeStatus.At(4, 9, "copy", Layer.L3_HOT, "the data is copied"),
                      "acting",
                      "2026-03-01T00:00:00Z",
                      Optional.empty(),
                      Optional.of(
                          new ChangeProgress(
                              7, 0, 80, OptionalLong.of(200), 5, OptionalLong.empty())),
                      true)))
          .dashboards(Optional.of("https://view.example.org"))
          .build();

  static final ChangeReport CHANGED = new ChangeReport(List.of("the rules"), List.of("hall-f"));

  final List<Object> asked = new ArrayList<>();
  Duration takes = Duration.ZERO;
  public boolean healthy;

  private void work() {
    try {
      TimeUnit.MILLISECONDS.sleep(takes.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public StatusReport status() {
    if (!healthy) {
      throw new TwinloomException(DeployerError.STATE_LOCKED, "It broke.", "here", "Glue it.");
    }
    return STATUS;
  }

  @Override
  public HistoryPage query(HistoryRequest request) {
    asked.add(request);
    return PAGE;
  }

  @Override
  public RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    asked.add(connection);
    work();
    return ROTATED;
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    asked.add(List.of(device, from, to));
    return RESTORED;
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    asked.add(operation);
    if (request.has("entityId")) {
      throw Refused.of(FunctionsError.TWIN_UNKNOWN, "There is no such entity.", "List them.");
    }
    return new TwinRead(operation, JsonObject.builder().put("asked", request).build());
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    return LETTERS;
  }

  @Override
  public List<String> deadLetterIds() {
    return List.of("aws-1");
  }

  @Override
  public ReplayReport replay(List<String> ids) {
    asked.add(ids);
    return new ReplayReport(1, List.of(new ReplayReport.Left("b", "gone")));
  }

  @Override
  public DiscardReport discard(List<String> ids) {
    asked.add(ids);
    return new DiscardReport(2, List.of(new ReplayReport.Left("c", "unknown")));
  }

  @Override
  public ImportReport importItems(List<JsonObject> items) {
    asked.add(items);
    return new ImportReport(items.size(), 0, List.of(), 0);
  }

  @Override
  public MoveReport move(TierMove move, Optional<Instant> now) {
    asked.add(move);
    asked.add(now);
    return MOVED;
  }

  @Override
  public ChangeReport change(ChangeOrder order) {
    asked.add(order);
    work();
    return CHANGED;
  }

  @Override
  public VerifyReport verify(Optional<String> device, Duration limit) {
    if (device.isEmpty()) {
      throw new IllegalStateException("the secret inside");
    }
    work();
    return VERIFIED;
  }
}
