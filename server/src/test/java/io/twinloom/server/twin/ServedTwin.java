package io.twinloom.server.twin;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import io.twinloom.server.projects.TestOutputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A server over a twin whose answers are known beforehand, on a project of the examples. */
public final class ServedTwin {
  static final String NAME = "hall";

  private ServedTwin() {}

  public static TwinServer.Mounted mount(TwinControl twin, Consumer<String> stop) {
    return mount(ServerOptions.loopback(Map.of(), "test", new TestOutputs()), twin, stop);
  }

  static TwinServer.Mounted mount(ServerOptions options, TwinControl twin, Consumer<String> stop) {
    try {
      Path data = Files.createTempDirectory("served-twin");
      PreparedProject project = HallProject.prepared(NAME);
      return WebServer.of(
              options, InstantSource.system(), new Random(1), checker(data), failure -> {})
          .mount(
              RunningProject.of(() -> project, twin, new UnseenTwin())
                  .at(new NoTarget(), project.source(), data, TwinServer.Port.FREE, stop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserCodeChecker checker(Path data) {
    return UserCodeChecker.of(data.resolve("cache"), System.getenv("PATH"), InstantSource.system());
  }
}
