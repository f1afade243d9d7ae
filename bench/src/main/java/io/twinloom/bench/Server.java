package io.twinloom.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process under load: where devices publish to it, and how many of their events it has stored.
 */
interface Server extends AutoCloseable {

  URI broker();

  /** The twin's name in the devices' topics. */
  String twin();

  ProcessHandle process();

  /** Events that went all the way, since the process began. */
  long stored();

  /** What its functions were handed so far, by their names, where it counts that. */
  default Map<String, Hop> hops() {
    return Map.of();
  }

  /** What one function was handed: events, and batches of them. */
  record Hop(long events, long batches) {
    static final Hop NONE = new Hop(0, 0);
  }

  @Override
  void close();

  /** Ends a process kindly, and then not. */
  static void end(Process process) {
    try {
      process.getOutputStream().close();
      process.destroy();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The first line that a process prints. */
  static String firstLine(Process process) {
    try {
      BufferedReader lines =
          new BufferedReader(
              new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException("The process ended before it was ready");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
