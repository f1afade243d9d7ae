package io.twinloom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.demo.DemoEvents.DemoEvent;
import io.twinloom.cli.demo.DemoEvents.Kind;
import io.twinloom.cli.example.Examples;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.Json;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoEventsTest {

  private static final String TIME = "2026-03-01T12:00:00Z";

  @TempDir static Path folder;
  private DemoEvents events;

  @BeforeEach
  void ofTheGreenhouse() {
    Path project = folder.resolve("greenhouse");
    if (!project.toFile().exists()) {
      assertThat(Examples.copy("greenhouse", project)).isNotEmpty();
    }
    events = new DemoEvents(Topology.of(ProjectReader.read(project).project().orElseThrow()));
  }

  @Test
  void aRuleThatFiresSaysItsConditionInShort() {
    events.line(
        line(
            "greenhouse-event-checker",
            "Rule 1 fires.",
            "\"rule\": \"1\", \"runs\": \"greenhouse-gardener\", \"condition\":"
                + " \"a.b.moisture < DOUBLE(31) && a.b.state == STRING(dry)\""));
    assertThat(events.fresh())
        .containsExactly(new DemoEvent(Kind.RULE, TIME, "rule 1", "moisture < 31 && state == dry"));
  }

  @Test
  void whatAnActionPrintsIsSaidAndWhatAProcessorPrintsIsNot() {
    events.line(line("greenhouse-gardener", "the bed is dry", "\"from\": \"user code\""));
    events.line(line("greenhouse-tank-processor", "debugging", "\"from\": \"user code\""));
    events.line(line("greenhouse-gardener", "slow", "\"code\": \"x\""));
    assertThat(events.fresh())
        .containsExactly(new DemoEvent(Kind.SAID, TIME, "gardener", "the bed is dry"));
  }

  @Test
  void aCommandSaysWhatTheDeviceDoes() {
    events.command(TIME, "irrigation", "{\"valve\":\"open\"}", Optional.of("opens its valve"));
    assertThat(events.fresh())
        .containsExactly(
            new DemoEvent(
                Kind.COMMAND, TIME, "irrigation", "{\"valve\":\"open\"}  opens its valve"));
    assertThat(events.fresh()).isEmpty();
  }

  @Test
  void onlyTheNewestAreKept() {
    for (int i = 0; i < 100; i++) {
      events.command(TIME, "irrigation", "" + i, Optional.empty());
    }
    assertThat(events.recent(2)).extracting(DemoEvent::text).containsExactly("98", "99");
    assertThat(events.recent(100)).hasSizeLessThan(100);
  }

  private static LogLine line(String function, String message, String fields) {
    return new LogLine(
        Json.parseObject(
            """
        {"time": "%s", "function": "%s", "message": "%s", "fields": {%s}}
        """
                .formatted(TIME, function, message, fields)
                .getBytes(StandardCharsets.UTF_8)));
  }
}
