package io.twinloom.server.twin;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A server over a twin whose answers are known beforehand, on a project of the examples. */
final class ServedTwin {
  static final String NAME = "hall";

  private ServedTwin() {}

  static TwinServer.Mounted mount(TwinControl twin, Consumer<String> stop) {
    return mount(ServerOptions.loopback(Map.of(), "test"), twin, stop);
  }

  static TwinServer.Mounted mount(ServerOptions options, TwinControl twin, Consumer<String> stop) {
    try {
      Path data = Files.createTempDirectory("served-twin");
      PreparedProject project = HallProject.prepared(NAME);
      return WebServer.of(options, InstantSource.system(), failure -> {})
          .mount(
              new RunningProject(
                  () -> project, twin, new NoTarget(), data, TwinServer.Port.FREE, stop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A target of which nothing is asked but its connections. */
  private static final class NoTarget implements Target {
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
}
