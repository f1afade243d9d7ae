package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's one command, until everything that it promises has been seen. */
class DemoTest {

  /** A day of so long, so that the archive's first chunk comes after two seconds. */
  private static final String DAY = "100ms";

  /** The lines of one picture in which everything has happened. */
  private static final Pattern PICTURE =
      Pattern.compile(
          "aws takes in ══HTTP⇒ azure runs your code ══HTTP⇒ google stores\\n"
              + "(?:.*\\n){2,40}? *events +rule 1 fired [1-9].*\\n"
              + "(?:.*\\n){0,6}?.*irrigation +receives .*opens its valve\\n"
              + "(?:.*\\n){0,6}? *tiers +hot on google .*cold on aws .*archive on azure [1-9].*\\n"
              + " *history +weather .* hot \\+ .* cold \\+ .* archive ");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** The example's bed, which needs water from the start: else it takes a while to dry out. */
  @BeforeEach
  void aDryBed() throws IOException {
    assertThat(CliRun.in(folder, "init", "demo", "--from", "greenhouse").exitCode())
        .isEqualTo(ExitCode.DONE);
    Path rules = folder.resolve("demo/config_events.json");
    String dry = Files.readString(rules).replace("DOUBLE(31)", "DOUBLE(45)");
    assertThat(dry).contains("DOUBLE(45)");
    Files.writeString(rules, dry);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<JsonObject> items() {
    String said = said();
    return said.substring(0, said.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private void until(CompletableFuture<CliRun> demo, Predicate<String> seen) throws Exception {
    await().until(() -> demo.isDone() || seen.test(said()));
    assertThat(demo).as(said()).isNotDone();
    assertThat(CliRun.in(folder, "destroy", "demo", "--json").exitCode()).isEqualTo(ExitCode.DONE);
    CliRun run = demo.get(60, TimeUnit.SECONDS);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  @DisplayName("a program reads what the demo shows")
  void aRuleFiresACommandIsObeyedAndOneHistoryComesFromAllTiers() throws Exception {
    CompletableFuture<CliRun> demo =
        CliRun.goingOn(folder, false, out, "demo", "--dir", "demo", "--json", "--day-length", DAY);

    until(
        demo,
        said ->
            items().stream().anyMatch(DemoTest::isOfAllTiers)
                && said.contains("opens its valve")
                && said.contains("\"who\":\"gardener\""));

    assertThat(items())
        .extracting(item -> item.text("type").orElse(""))
        .containsOnly("measurement", "event", "tiers");
    assertThat(happened("rule"))
        .anySatisfy(
            rule ->
                assertThat(rule.text("text"))
                    .contains("soil_moisture < 45 && valve_open == false"));
    assertThat(happened("command"))
        .anySatisfy(
            command -> {
              assertThat(command.text("who")).contains("irrigation");
              assertThat(command.text("text").orElse("")).contains("\"valve\"", "opens its valve");
            });
    assertThat(items())
        .as("what the example's own code made of a measurement")
        .anySatisfy(item -> assertThat(item.has("litres_missing")).isTrue());
  }

  private static boolean isOfAllTiers(JsonObject item) {
    return item.array("history").orElse(JsonArray.EMPTY).size() == 3
        && item.get("tiers") instanceof JsonArray tiers
        && !tiers.toString().contains("\"chunks\":0");
  }

  private List<JsonObject> happened(String what) {
    return items().stream()
        .filter(item -> item.text("happened").equals(Optional.of(what)))
        .toList();
  }

  @Test
  @Tag("full")
  void aPersonSeesItAllInOnePicture() throws Exception {
    CompletableFuture<CliRun> demo =
        CliRun.goingOn(folder, true, out, "demo", "--dir", "demo", "--day-length", DAY);

    until(demo, said -> PICTURE.matcher(plain(said)).find());
  }

  private static String plain(String painted) {
    return painted.replaceAll("\u001b\\[[0-9?]*[A-Za-z]|\r", "");
  }
}
