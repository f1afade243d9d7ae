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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tier of a twin that runs is moved to another cloud, with what it holds. */
class MovedTierTest {

  private static final String DEVICES =
      "[{\"id\": \"s1\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}]";

  @TempDir Path folder;
  private Path project;
  private final AtomicInteger acknowledged = new AtomicInteger();

  @BeforeEach
  void makeProject() throws IOException {
    project = HallProject.write(folder, "PRODUCTION", DEVICES);
    Files.writeString(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "google",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "google",
         "layer_4_provider": "google", "layer_5_provider": "none"}
        """);
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  private void move(String tier, String from, String to) throws IOException {
    Path providers = project.resolve("config_providers.json");
    String content = Files.readString(providers);
    String line = "\"layer_3_" + tier + "_provider\": \"";
    assertThat(content).contains(line + from);
    Files.writeString(providers, content.replace(line + from, line + to));
  }

  private CliRun run(String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    return run;
  }

  private void send() {
    int number = acknowledged.get();
    String time = "2026-11-29T00:%02d:%02dZ".formatted(number / 60, number % 60);
    run("send", "twin", "--device", "s1", "{\"t\": " + number + ", \"ts\": \"" + time + "\"}");
    acknowledged.incrementAndGet();
  }

  /** How many different measurements a reader of all tiers finds, each of them once. */
  private int readable() {
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

  private List<String> roles(String tier) {
    return run("status", "twin", "--json").objects("stores").stream()
        .filter(store -> store.text("tier").orElse("").equals(tier))
        .map(store -> store.text("cloud").orElse("") + " " + store.text("role").orElse(""))
        .toList();
  }

  /** Sends and reads while something happens; nothing that was stored before is missing in it. */
  private void meanwhile(Runnable what) {
    await().atMost(Duration.ofSeconds(60)).until(() -> readable() == acknowledged.get());
    AtomicBoolean over = new AtomicBoolean();
    int stored = acknowledged.get();
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                assertThat(readable()).isGreaterThanOrEqualTo(stored);
              }
            },
            task -> Thread.ofPlatform().start(task));
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                send();
              }
            },
            task -> Thread.ofPlatform().start(task));
    try {
      what.run();
    } finally {
      over.set(true);
    }
    reading.join();
    sending.join();
    await().atMost(Duration.ofSeconds(60)).until(() -> readable() == acknowledged.get());
    assertThat(run("dead-letters", "twin", "--json").objects("items")).isEmpty();
  }

  @Test
  @DisplayName("the hot store is moved while devices send and somebody reads")
  void theHotStoreIsCopiedAndTheFormerOneKeptUntilItIsRetired() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    for (int i = 0; i < 5; i++) {
      send();
    }
    move("hot", "google", "aws");

    meanwhile(() -> assertThat(run("deploy", "twin", "--yes").err()).contains("L3 hot, phase "));

    assertThat(roles("L3 hot")).containsExactly("aws current", "google retained");
    CliRun held = CliRun.in(folder, "retire", "twin", "l3_hot");
    assertThat(held.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(held.err()).contains("TL-STORE-HOLDS-DATA");
    run("retire", "twin", "l3_hot", "--delete-data", "--yes");
    assertThat(roles("L3 hot")).containsExactly("aws current");
    assertThat(readable()).isEqualTo(acknowledged.get());
    twin.destroy();
    twin.ended();

    ForegroundTwin again = ForegroundTwin.start(folder, "twin", "--no-watch");
    assertThat(readable()).isEqualTo(acknowledged.get());
    again.destroy();
  }

  @Test
  @DisplayName("a former store is emptied by a change once the twin's name is typed")
  @Tag("full")
  void aFormerStoreIsEmptiedOnTheNameOfTheTwinAlone() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    for (int i = 0; i < 3; i++) {
      send();
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> readable() == 3);
    move("hot", "google", "aws");
    String[] deploy = {"deploy", "twin", "--delete-data=google:hall-hot-iot-data"};

    CliRun unasked = CliRun.in(folder, deploy);
    assertThat(unasked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(unasked.err()).contains("TL-UNASKED", "--delete-data together with --yes");
    for (String answer : List.of("yes", "hall2", "")) {
      CliRun refused = CliRun.typing(folder, List.of(answer), deploy);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err())
          .contains("held by google:hall-hot-iot-data. Type hall to go on:", "Nothing was changed");
    }
    assertThat(roles("L3 hot")).containsExactly("google current");

    CliRun agreed = CliRun.typing(folder, List.of("hall"), deploy);

    assertThat(agreed.exitCode()).as(agreed.err()).isEqualTo(ExitCode.DONE);
    assertThat(roles("L3 hot")).containsExactly("aws current");
    assertThat(readable()).isEqualTo(3);
    twin.destroy();
    assertThat(twin.ended().exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  @DisplayName("the data of a hot store that moves is left, and copied later")
  @Tag("full")
  void whatIsLeftStaysReadableUntilItIsRetired() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    for (int i = 0; i < 5; i++) {
      send();
    }
    move("hot", "google", "azure");

    meanwhile(() -> run("deploy", "twin", "--yes", "--leave-data"));

    assertThat(roles("L3 hot")).containsExactly("azure current", "google previous");
    twin.destroy();
    twin.ended();
    ForegroundTwin again = ForegroundTwin.start(folder, "twin", "--no-watch");
    assertThat(readable()).as("after a restart").isEqualTo(acknowledged.get());
    meanwhile(() -> run("retire", "twin", "l3_hot", "--copy"));
    assertThat(roles("L3 hot")).containsExactly("azure current", "google retained");
    again.destroy();
  }

  @Test
  @DisplayName("each tier is moved in turn, with items in all of them")
  @Tag("full")
  void theColderTiersMoveWithTheirChunks() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    send();
    send();
    await().atMost(Duration.ofSeconds(60)).until(() -> readable() == 2);
    run("move", "twin", "hot-to-cold", "--now", "2026-12-20");
    run("move", "twin", "cold-to-archive", "--now", "2027-02-20");
    send();
    send();
    await().atMost(Duration.ofSeconds(60)).until(() -> readable() == 4);
    run("move", "twin", "hot-to-cold", "--now", "2026-12-20");
    send();

    move("cold", "google", "azure");
    meanwhile(() -> run("deploy", "twin", "--yes"));
    assertThat(roles("L3 cold")).containsExactly("azure current", "google retained");
    move("archive", "google", "aws");
    meanwhile(() -> run("deploy", "twin", "--yes", "--delete-data=google:hall-archive-iot-data"));
    assertThat(roles("L3 archive")).containsExactly("aws current");
    move("hot", "google", "azure");
    meanwhile(() -> run("deploy", "twin", "--yes", "--leave-data=l3_hot"));
    run("move", "twin", "hot-to-cold", "--now", "2026-12-20");
    assertThat(readable()).isEqualTo(acknowledged.get());
    twin.destroy();
  }
}
