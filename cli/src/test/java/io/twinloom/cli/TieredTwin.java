package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The twin {@code hall}, whose tiers are placed anew, with the measurements of its device {@code
 * s1}.
 *
 * @param folder where the commands are called
 * @param project the project's folder
 * @param sent how many measurements have been acknowledged
 */
record TieredTwin(Path folder, Path project, AtomicInteger sent) {

  /** Before now the measurements are too old for the hot store. */
  static final String OLD_FOR_HOT = "2026-12-20";

  /** Before now they are too old for the cold store. */
  static final String OLD_FOR_COLD = "2027-02-20";

  /** Writes the project, its hot, cold and archive storage on these clouds. */
  static TieredTwin write(Path folder, String hot, String cold, String archive) throws IOException {
    Path project =
        HallProject.write(
            folder,
            "PRODUCTION",
            """
            [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
             {"id": "s2", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
            """);
    TieredTwin twin = new TieredTwin(folder, project, new AtomicInteger());
    twin.place(hot, cold, archive);
    return twin;
  }

  /** Writes where the tiers are to be; deploys nothing. */
  void place(String hot, String cold, String archive) throws IOException {
    Files.writeString(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "%s",
         "layer_3_cold_provider": "%s", "layer_3_archive_provider": "%s",
         "layer_4_provider": "google", "layer_5_provider": "none"}
        """
            .formatted(hot, cold, archive));
  }

  /**
   * Writes that a layer is to be on another cloud than it is; deploys nothing.
   *
   * @param layer as the providers' file has it: {@code layer_2}
   */
  void move(String layer, String to) throws IOException {
    Path providers = project.resolve("config_providers.json");
    String content = Files.readString(providers);
    String moved =
        content.replaceFirst(
            "\"" + layer + "_provider\": \"\\w+\"", "\"" + layer + "_provider\": \"" + to + "\"");
    assertThat(moved).isNotEqualTo(content);
    Files.writeString(providers, moved);
  }

  /** Sends and reads while something happens; nothing that was stored before is missing in it. */
  void meanwhile(Runnable what) {
    awaitAll();
    AtomicBoolean over = new AtomicBoolean();
    int stored = sent.get();
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              do {
                assertThat(readable()).isGreaterThanOrEqualTo(stored);
              } while (!over.get());
            },
            task -> Thread.ofPlatform().start(task));
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              do {
                send();
              } while (!over.get());
            },
            task -> Thread.ofPlatform().start(task));
    try {
      what.run();
    } finally {
      over.set(true);
    }
    reading.join();
    sending.join();
    awaitAll();
    assertThat(deadLetters()).isEmpty();
  }

  /** Runs a command that must succeed. */
  CliRun run(String... command) {
    return ended(ExitCode.DONE, command);
  }

  /** Runs a command that must fail. */
  CliRun refused(String... command) {
    return ended(ExitCode.FAILED, command);
  }

  private CliRun ended(int exitCode, String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
    return run;
  }

  /** Sends the next measurement. */
  void send() {
    int number = sent.get();
    String time = "2026-11-29T00:%02d:%02dZ".formatted(number / 60, number % 60);
    run("send", "twin", "--device", "s1", "{\"t\": " + number + ", \"ts\": \"" + time + "\"}");
    sent.incrementAndGet();
  }

  /** Sends some, and returns once a reader finds all that was sent. */
  void sendAndAwait(int count) {
    for (int i = 0; i < count; i++) {
      send();
    }
    awaitAll();
  }

  /** How many different measurements a reader of all tiers finds, each of them once. */
  int readable() {
    List<JsonObject> items =
        run(
                "query",
                "twin",
                "--device",
                "s1",
                "--from",
                "2026-11-01",
                "--to",
                "2026-12-31",
                "--json")
            .objects("items");
    Set<String> events = new HashSet<>();
    items.forEach(item -> events.add(item.text("event_id").orElseThrow()));
    assertThat(items).as("each once").hasSameSizeAs(events);
    return items.size();
  }

  /** Returns once a reader finds all that was sent, each of them once. */
  void awaitAll() {
    awaitReadable(sent.get());
  }

  /** Returns once a reader finds so many measurements, each of them once. */
  void awaitReadable(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> readable() == count);
  }

  /** The clouds and roles of a tier's stores, as {@code status} gives them. */
  List<String> stores(String tier) {
    return run("status", "twin", "--json").objects("stores").stream()
        .filter(store -> store.text("tier").orElse("").equals(tier))
        .map(store -> store.text("cloud").orElse("") + " " + store.text("role").orElse(""))
        .toList();
  }

  /** The change that is under way, as {@code status} gives it; empty where none is. */
  JsonObject change() {
    return run("status", "twin", "--json").json().object("change").orElse(JsonObject.EMPTY);
  }

  /** What could not be processed. */
  List<JsonObject> deadLetters() {
    return run("dead-letters", "twin", "--json").objects("items");
  }

  /** Its functions with their clouds. */
  Set<String> functions() {
    return run("status", "twin", "--json").objects("functions").stream()
        .map(f -> f.text("name").orElse("") + " " + f.text("cloud").orElse(""))
        .collect(Collectors.toSet());
  }
}
