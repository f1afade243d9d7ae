package io.twinloom.server.twin;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A target of which nothing is asked but its connections. */
public class NoTarget implements Target {
  @Override
  public String name() {
    return "local";
  }

  @Override
  public List<Problem> check(Project project) {
    return List.of();
  }

  @Override
  public TwinControl deploy(PreparedProject project, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean destroy(boolean deleteData, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<TwinControl> deployed() {
    return Optional.empty();
  }

  @Override
  public TwinloomException absent(String named) {
    return new TwinloomException(ModelError.FUNCTION_UNKNOWN, "none", "");
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public Optional<JsonObject> plan() {
    return Optional.empty();
  }

  @Override
  public Optional<String> projectDigest() {
    return Optional.empty();
  }

  @Override
  public Connections connections() {
    return Connections.NONE;
  }

  @Override
  public Optional<DeviceClient> devices(String clientId) {
    return Optional.empty();
  }

  @Override
  public void logs(LogQuery query, Consumer<LogLine> lines) {}
}
