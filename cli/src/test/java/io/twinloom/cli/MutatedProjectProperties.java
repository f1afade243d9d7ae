package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever a project's files hold, a command says what is wrong, and never fails unexpectedly. */
class MutatedProjectProperties {

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "\"\"",
          "\" \"",
          "\"a\"",
          "[]",
          "{}",
          "[{}]",
          "[null]",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"ku\\u0308che\"",
          "\"none\"",
          "\"a.b.c\"",
          "\"STRING(\"",
          "{\"a\": {\"a\": {}}}",
          "\"../..\"",
          "\"/\"",
          "[[[[[[]]]]]]");

  /** How a file differs from what it should be. */
  private interface Mutation {
    byte[] of(byte[] content);
  }

  @Property(tries = 8)
  void aChangedProjectIsPlannedOrRefused(
      @ForAll("times") ExistingProject project,
      @ForAll int file,
      @ForAll("mutations") Mutation mutation)
      throws IOException {
    isPlannedOrRefused(project, file, mutation);
  }

  @Tag("full")
  @Property(tries = 600)
  void manyChangedProjectsArePlannedOrRefused(
      @ForAll("times") ExistingProject project,
      @ForAll int file,
      @ForAll("mutations") Mutation mutation)
      throws IOException {
    isPlannedOrRefused(project, file, mutation);
  }

  private static void isPlannedOrRefused(ExistingProject project, int file, Mutation mutation)
      throws IOException {
    Path folder = Files.createTempDirectory("mutated");
    try {
      Path written = project.write(folder);
      List<Path> files = configuration(written);
      Path changed = files.get(Math.floorMod(file, files.size()));
      byte[] content = mutation.of(Files.readAllBytes(changed));
      if (content.length == 0) {
        Files.delete(changed);
      } else {
        Files.write(changed, content);
      }
      CliRun run = CliRun.in(folder, "plan", written.getFileName().toString(), "--json");

      assertThat(run.exitCode())
          .as("%s %s", written.relativize(changed), new String(content, StandardCharsets.UTF_8))
          .isIn(ExitCode.DONE, ExitCode.INVALID);
      assertThat(run.out() + run.err()).doesNotContain("TL-UNEXPECTED", "\tat ");
    } finally {
      delete(folder);
    }
  }

  /** The files that are not code: code is looked at by its compilers. */
  private static List<Path> configuration(Path project) throws IOException {
    try (Stream<Path> all = Files.walk(project)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(".json") || path.toString().endsWith(".yaml"))
          .filter(path -> !path.startsWith(project.resolve("scene_assets")))
          .sorted()
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<ExistingProject> times() {
    return Arbitraries.of(
        Stream.of(ExistingProject.Time.values())
            .flatMap(ExistingProject::scenarios)
            .filter(project -> !project.scenario().endsWith("aws"))
            .toList());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    return Arbitraries.oneOf(
        Combinators.combine(place, Arbitraries.of(VALUES)).as(MutatedProjectProperties::value),
        Combinators.combine(place, Arbitraries.bytes().array(byte[].class).ofMaxSize(4))
            .as(MutatedProjectProperties::bytes),
        place.map(MutatedProjectProperties::cut),
        place.map(MutatedProjectProperties::repeated),
        Arbitraries.of(VALUES).map(value -> content -> value.getBytes(StandardCharsets.UTF_8)),
        Arbitraries.just(content -> new byte[0]));
  }

  /** Another value in the place of one. */
  private static Mutation value(int place, String value) {
    return content -> {
      String text = new String(content, StandardCharsets.UTF_8);
      List<Integer> colons =
          Stream.iterate(text.indexOf(": "), at -> at >= 0, at -> text.indexOf(": ", at + 1))
              .toList();
      if (colons.isEmpty()) {
        return value.getBytes(StandardCharsets.UTF_8);
      }
      int from = colons.get(place % colons.size()) + 2;
      int end = from;
      while (end < text.length() && ",}]\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      return (text.substring(0, from) + value + text.substring(end))
          .getBytes(StandardCharsets.UTF_8);
    };
  }

  private static Mutation bytes(int place, byte[] bytes) {
    return content -> {
      byte[] changed = content.clone();
      for (int i = 0; i < bytes.length; i++) {
        changed[(place + i) % changed.length] = bytes[i];
      }
      return changed;
    };
  }

  private static Mutation cut(int place) {
    return content -> Arrays.copyOf(content, place % content.length);
  }

  /** A line that stands twice. */
  private static Mutation repeated(int place) {
    return content -> {
      List<String> lines =
          new ArrayList<>(new String(content, StandardCharsets.UTF_8).lines().toList());
      int line = place % lines.size();
      lines.add(line, lines.get(line));
      return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    };
  }
}
