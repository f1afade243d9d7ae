package io.twinloom.bench;

import io.twinloom.bench.calls.CallsCommand;
import io.twinloom.bench.coldstart.ColdStartCommand;
import io.twinloom.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinloom bench}: the benchmarks, by name. */
@Command(
    name = "twinloom bench",
    description = "Measures whole pipelines, each next to its floor.",
    mixinStandardHelpOptions = true,
    subcommands = {
      Main.Pipeline.class,
      ReadersCommand.class,
      FaultsCommand.class,
      PackagingCommand.class,
      ColdStartCommand.class,
      CallsCommand.class,
      ChangesCommand.class,
      LiveEventsCommand.class,
      Main.Movers.class
    })
public final class Main {

  /** Held here, since the logging of the platform forgets levels of loggers that nobody holds. */
  private static final Logger VERTX = Logger.getLogger("io.vertx");

  private Main() {}

  public static void main(String[] args) {
    // The MQTT client reports every connection.
    VERTX.setLevel(Level.WARNING);
    System.exit(new CommandLine(new Main()).execute(args));
  }

  /** The way of old items to a colder tier. */
  @Command(
      name = "movers",
      description = "Old items from the hot store to the cold tier of another cloud.",
      mixinStandardHelpOptions = true)
  static final class Movers implements Runnable {

    @Option(names = "--items", description = "How many (default ${DEFAULT-VALUE}).")
    int items = 1_000_000;

    @Override
    public void run() {
      try {
        new MoversBench(Path.of(System.getProperty("twinloom.launcher", "./twinloom")), items)
            .run();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The way of a measurement, from the device to the hot store. */
  @Command(
      name = "pipeline",
      description = "Ten devices at QoS 1 through user code into the hot store.",
      mixinStandardHelpOptions = true)
  static final class Pipeline implements Runnable {

    @Option(names = "--clouds", description = "1 or 3; both by default.")
    List<Integer> clouds = new ArrayList<>();

    @Option(names = "--processors", description = "java or python; both by default.")
    List<String> languages = new ArrayList<>();

    @Option(
        names = "--seconds",
        description = "How long each is measured (default ${DEFAULT-VALUE}).")
    int seconds = 60;

    @Option(
        names = "--warm-up",
        description =
            "Seconds before that, at most: it ends when the rate is steady (default"
                + " ${DEFAULT-VALUE}).")
    int warmUp = 120;

    @Option(names = "--json", description = "One JSON object a line for each run.")
    boolean json;

    @Override
    public void run() {
      PipelineBench bench =
          new PipelineBench(
              Path.of(System.getProperty("twinloom.launcher", "./twinloom")),
              Duration.ofSeconds(warmUp),
              Duration.ofSeconds(seconds));
      try {
        for (String language : languages.isEmpty() ? List.of("java", "python") : languages) {
          for (int count : clouds.isEmpty() ? List.of(3, 1) : clouds) {
            PipelineResult result = bench.run(count, BenchProject.language(language));
            System.out.println(json ? Json.text(result.json()) : result.text());
          }
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
