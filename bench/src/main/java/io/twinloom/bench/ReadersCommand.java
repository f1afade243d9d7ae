package io.twinloom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench readers}. */
@Command(
    name = "readers",
    description = "Eight readers of the hot store at once, over HTTP.",
    mixinStandardHelpOptions = true)
final class ReadersCommand implements Runnable {

  @Option(names = "--items", description = "In the hot store (default ${DEFAULT-VALUE}).")
  int items = 2_000_000;

  @Option(names = "--devices", description = "That have them (default ${DEFAULT-VALUE}).")
  int devices = 1_000;

  @Option(
      names = "--seconds",
      description = "How long each is measured (default ${DEFAULT-VALUE}).")
  int seconds = 20;

  @Option(names = "--warm-up", description = "Seconds before that (default ${DEFAULT-VALUE}).")
  int warmUp = 15;

  @Override
  public void run() {
    try {
      new ReadersBench(
              Path.of(System.getProperty("twinloom.launcher", "./twinloom")),
              Duration.ofSeconds(warmUp),
              Duration.ofSeconds(seconds))
          .run(items, devices);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
