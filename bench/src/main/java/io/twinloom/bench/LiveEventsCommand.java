package io.twinloom.bench;

import io.twinloom.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench server}. */
@Command(
    name = "server",
    description = "Clients watch a twin's live events while devices publish.",
    mixinStandardHelpOptions = true)
final class LiveEventsCommand implements Runnable {

  @Option(names = "--clients", description = "How many (default ${DEFAULT-VALUE}).")
  int clients = 100;

  @Option(
      names = "--rate",
      description = "Events a second (default ${DEFAULT-VALUE}; 0: as many as the twin takes).")
  int rate = 2_000;

  @Option(names = "--seconds", description = "Of each turn (default ${DEFAULT-VALUE}).")
  int seconds = 15;

  @Option(
      names = "--turns",
      description = "How many with clients, and as many without (default ${DEFAULT-VALUE}).")
  int turns = 3;

  @Override
  public void run() {
    Path launcher = Path.of(System.getProperty("twinloom.launcher", "./twinloom"));
    try {
      System.out.println(
          Json.text(
              new LiveEventsBench(launcher, clients, rate, Duration.ofSeconds(seconds), turns)
                  .run()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
