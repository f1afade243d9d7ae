package io.twinloom.local.deploy;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks a twin as it is deployed at the moment of each question. */
record LiveControl(LiveTwin live) implements TwinControl {

  @Override
  public StatusReport status() {
    return live.twin().status();
  }

  @Override
  public HistoryPage query(HistoryRequest request) {
    return live.twin().query(request);
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    return live.twin().restore(device, from, to);
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    return live.twin().readTwin(operation, request);
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    return live.twin().deadLetters(limit);
  }

  @Override
  public List<String> deadLetterIds() {
    return live.twin().deadLetterIds();
  }

  @Override
  public ReplayReport replay(List<String> ids) {
    return live.twin().replay(ids);
  }

  @Override
  public DiscardReport discard(List<String> ids) {
    return live.twin().discard(ids);
  }

  @Override
  public MoveReport move(TierMove move, Optional<Instant> now) {
    return live.twin().move(move, now);
  }

  @Override
  public ImportReport importItems(List<JsonObject> items) {
    return live.twin().importItems(items);
  }

  @Override
  public RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    return live.rotateTokens(connection, dropFormer);
  }

  @Override
  public ChangeReport change(ChangeOrder order) {
    return switch (order.action()) {
      case MAKE -> live.change(order);
      case PAUSE -> live.pause();
      case CANCEL -> live.cancel();
      case RETIRE -> live.retire(order);
    };
  }

  @Override
  public VerifyReport verify(Optional<String> device, Duration limit) {
    return live.twin().verify(device, limit);
  }
}
