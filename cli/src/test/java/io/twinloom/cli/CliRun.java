package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command run in this process, and what it said. */
record CliRun(int exitCode, String out, String err) {

  static CliRun in(Path folder, String... args) {
    return in(folder, Map.of(), args);
  }

  /**
   * @param more of the environment than every command has here
   */
  static CliRun in(Path folder, Map<String, String> more, String... args) {
    return in(folder, more, false, Tty.fixed(100, 40), new ByteArrayOutputStream(), args);
  }

  /** A command in the window of a person who types these lines. */
  static CliRun typing(Path folder, List<String> lines, String... args) {
    return in(folder, Map.of(), true, new TypedLines(lines), new ByteArrayOutputStream(), args);
  }

  /**
   * A command that goes on until somebody ends it.
   *
   * @param out takes what it says, as it says it
   * @param person whether a person looks at it
   */
  static CompletableFuture<CliRun> goingOn(
      Path folder, boolean person, ByteArrayOutputStream out, String... args) {
    return goingOn(folder, Map.of(), person, out, args);
  }

  /**
   * A command that goes on until somebody ends it, and whose words are read then.
   *
   * @param more of the environment than every command has here
   */
  static CompletableFuture<CliRun> goingOn(Path folder, Map<String, String> more, String... args) {
    return goingOn(folder, more, false, new ByteArrayOutputStream(), args);
  }

  private static CompletableFuture<CliRun> goingOn(
      Path folder,
      Map<String, String> more,
      boolean person,
      ByteArrayOutputStream out,
      String... args) {
    // Not on the common pool: another command that goes on may have its only thread.
    return CompletableFuture.supplyAsync(
        () -> in(folder, more, person, Tty.fixed(100, 40), out, args),
        task -> Thread.ofPlatform().start(task));
  }

  private static CliRun in(
      Path folder,
      Map<String, String> more,
      boolean person,
      Tty tty,
      ByteArrayOutputStream out,
      String... args) {
    Map<String, String> environment = new HashMap<>(more);
    environment.putIfAbsent("PATH", System.getenv().getOrDefault("PATH", ""));
    environment.putIfAbsent(
        "TWINLOOM_CACHE", Path.of("target", "code-cache").toAbsolutePath().toString());
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder,
            person,
            tty);
    int exitCode = new Cli(terminal).run(args);
    return new CliRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  JsonObject json() {
    return Json.parseObject(out.getBytes(StandardCharsets.UTF_8));
  }

  /** The objects of an array that the answer must have. */
  List<JsonObject> objects(String array) {
    Optional<JsonArray> found = json().array(array);
    assertThat(found).as(out + err).isPresent();
    return found.orElseThrow().values().stream().map(JsonObject.class::cast).toList();
  }

  /** The characters in what it said that could steer a terminal. */
  List<Integer> controlCharacters() {
    return (out + err).chars().filter(c -> Character.isISOControl(c) && c != '\n').boxed().toList();
  }
}
