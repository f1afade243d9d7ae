package io.twinloom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** A {@link FloorServer} in a process of its own, with the product's own JVM options. */
final class FloorProcess implements Server {

  private final Process process;
  private final URI broker;
  private final URI stored;
  private final HttpClient http = HttpClient.newHttpClient();

  private FloorProcess(Process process) {
    this.process = process;
    String[] addresses = Server.firstLine(process).split(" ", -1);
    this.broker = URI.create(addresses[0]);
    this.stored = URI.create(addresses[1]);
  }

  static FloorProcess start(FloorKind kind, int clouds, Path folder) throws IOException {
    return new FloorProcess(
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx256m",
                    "-XX:+UseParallelGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FloorServer.class.getName(),
                    kind.name(),
                    Integer.toString(clouds),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  @Override
  public URI broker() {
    return broker;
  }

  @Override
  public String twin() {
    return "floor";
  }

  @Override
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public long stored() {
    try {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(stored).build(), HttpResponse.BodyHandlers.ofString());
      return Long.parseLong(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Server.end(process);
  }
}
