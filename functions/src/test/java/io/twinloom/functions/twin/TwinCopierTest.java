package io.twinloom.functions.twin;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.twin.CopiedTwins.BEGIN;
import static io.twinloom.functions.twin.CopiedTwins.UPDATER;
import static io.twinloom.functions.twin.CopiedTwins.VERIFY;
import static io.twinloom.functions.twin.CopiedTwins.notFound;
import static io.twinloom.functions.twin.CopiedTwins.settings;
import static io.twinloom.functions.twin.CopiedTwins.time;
import static io.twinloom.functions.twin.CopiedTwins.twin;
import static io.twinloom.functions.twin.CopiedTwins.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.tier.Mortal;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The twin-copier")
class TwinCopierTest {

  private final CopiedTwins twins = new CopiedTwins();

  @Test
  @DisplayName("sends what the former graph keeps, in one request, and names what it has not")
  void fromAGraph() {
    twins.bothKept();
    JsonObject answer = twins.fromGraph(BEGIN);
    assertThat(answer.text("state")).contains("copied");
    assertThat(answer.get("items")).hasToString("3");
    assertThat(notFound(answer)).containsExactly("press-1.state");
    assertThat(twins.press())
        .isEqualTo(Map.of("temperature", value(20, 1), "strokes", value(7, 2)));
    assertThat(twins.next.twinGraph.values("annex", "oven-2")).containsEntry("heat", value(90, 3));
    assertThat(twins.old.remote.requests()).hasSize(1);
  }

  @Test
  @DisplayName(
      "leaves what is newer in the new graph, and sends all once more when asked to verify")
  void newer() {
    twins.bothKept();
    twins.next.twinGraph.update("hall", "press", time(9), Map.of("temperature", JsonNumber.of(40)));
    twins.fromGraph(BEGIN);
    twins.kept("hall", "press", "strokes", 8, 5);
    JsonObject answer = twins.fromGraph(VERIFY);
    assertThat(answer.text("state")).contains("verified");
    assertThat(answer.get("items")).hasToString("3");
    assertThat(twins.press())
        .isEqualTo(Map.of("temperature", value(40, 9), "strokes", value(8, 5)));
  }

  private void assertRefused(String... said) {
    assertThatThrownBy(() -> twins.fromGraph(BEGIN))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TWIN-REFUSES");
              assertThat(e.what()).contains(said);
            });
  }

  @Test
  @DisplayName("fails where the new graph lacks a component or a property that a value is of")
  void refusedByTheGraph() {
    twins.bothKept();
    Component press =
        new Component(
            "press",
            "press",
            Optional.of("press-1"),
            Halls.hierarchy().roots().getFirst().components().getFirst().properties().stream()
                .filter(property -> !property.name().equals("strokes"))
                .toList(),
            List.of());
    Definition whole = Halls.definition();
    twins.next.twinGraph.define(
        GraphDefinition.of(
            new Hierarchy(
                List.of(
                    new Entity("hall", List.of(), List.of(press), List.of()),
                    new Entity("annex", List.of(), List.of(), List.of())),
                false)));
    assertRefused("oven-2.heat", "annex.oven-2 is not there");
    twins.next.twinGraph.define(
        new Definition(
            whole.entities().stream()
                .map(
                    e ->
                        e.id().equals("hall")
                            ? new TwinGraph.Entity(
                                e.id(), e.parent(), e.hasChildren(), List.of(press), List.of())
                            : e)
                .toList(),
            whole.types()));
    assertRefused("press-1.strokes", "hall.press", "has no such property");
    twins.next.twinGraph.define(whole);
    assertThat(twins.fromGraph(BEGIN).text("state")).contains("copied");
  }

  @Test
  @DisplayName("fails where the new updater refuses, and waits where it only cannot now")
  void refusedByTheUpdater() {
    twins.bothKept();
    twins.next.twinGraph.breakDown();
    JsonObject waiting = twins.fromGraph(BEGIN);
    assertThat(waiting.text("state")).contains("copying");
    assertThat(waiting.text("open").orElseThrow()).contains("google.example");
    assertThat(waiting.get("items")).hasToString("0");
    twins.endpoints.put(
        UPDATER,
        () ->
            twins.next.function(
                FunctionKind.TWIN_UPDATER,
                twin("google", "google"),
                Map.of("INTER_CLOUD_TOKEN", TOKEN + "-another")));
    assertRefused("oven-2.heat", "answered 403");
  }

  @Test
  @DisplayName("killed at any call it is gone on with, and every value arrives")
  void killed() {
    twins.bothKept();
    int calls = run(new Mortal(-1, false)).calls().size();
    assertThat(calls).isGreaterThan(8);
    for (int at = 0; at < calls; at++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        twins.next.twinGraph.define(new Definition(List.of(), List.of()));
        twins.next.twinGraph.define(Halls.definition());
        twins.old.movePlans.disown();
        twins
            .old
            .movePlans
            .open("plant-twin-copier")
            .ifPresent(p -> twins.old.movePlans.end(p.run()));
        Mortal process = new Mortal(at, afterwards);
        assertThatThrownBy(() -> run(process)).isInstanceOf(Mortal.Killed.class);
        twins.old.movePlans.disown();
        assertThat(twins.fromGraph(BEGIN).text("state")).contains("copied");
        assertThat(twins.press()).as("at " + at).hasSize(2);
        assertThat(twins.next.twinGraph.values("annex", "oven-2")).hasSize(1);
      }
    }
  }

  private Mortal run(Mortal process) {
    TwinCopier copier =
        copier(
            twins.old.runtime(),
            process.sees(TwinGraph.class, twins.old.twinGraph),
            process.sees(MovePlans.class, twins.old.movePlans),
            process.sees(RemoteCloud.class, twins.endpoints));
    var unused = copier.run(BEGIN, invocation());
    return process;
  }

  private Invocation invocation() {
    return new Invocation("plant-twin-copier", twins.old.log, letter -> {}, false, "trace-1");
  }

  private TwinCopier copier(
      FunctionRuntime runtime, TwinGraph graph, MovePlans plans, RemoteCloud http) {
    Map<String, String> variables = new HashMap<>(settings("graph"));
    variables.put("MOVER_TIME_LIMIT_SECONDS", "60");
    return new TwinCopier(
        TwinCopier.Settings.of(new Environment(variables), twin("azure", "azure").read()),
        twin("azure", "azure").read(),
        new TwinCopier.Ports(
            Optional.of(graph),
            plans,
            new RemoteSenders(
                http, new CircuitBreakers(runtime.clock(), runtime.random()), runtime),
            twins.old.invoker));
  }

  @Test
  @DisplayName(
      "ends with its time limit, and the next run goes on behind the devices that are done")
  void bounded() {
    twins.bothKept();
    AtomicLong seconds = new AtomicLong();
    FunctionRuntime slow =
        new FunctionRuntime(
            KnownClouds.AZURE,
            () -> Instant.parse("2026-03-01T12:00:00Z").plusSeconds(seconds.addAndGet(40)),
            twins.old.runtime().random(),
            twins.old.runtime().traceIds(),
            twins.old.pauses::add);
    TwinCopier copier = copier(slow, twins.old.twinGraph, twins.old.movePlans, twins.endpoints);
    List<String> states = new ArrayList<>();
    IntStream.range(0, 4)
        .forEach(i -> states.add(copier.run(BEGIN, invocation()).text("state").orElseThrow()));
    assertThat(states).startsWith("copying").endsWith("copied");
    assertThat(twins.press()).hasSize(2);
    assertThat(twins.next.twinGraph.values("annex", "oven-2")).hasSize(1);
  }

  @Test
  @DisplayName("works in one run at a time")
  void twoRuns() {
    twins.bothKept();
    Mortal killed = new Mortal(2, true);
    assertThatThrownBy(() -> run(killed)).isInstanceOf(Mortal.Killed.class);
    assertThat(twins.fromGraph(BEGIN).get("busy")).isEqualTo(JsonBoolean.TRUE);
    assertThat(twins.press()).isEmpty();
  }

  private void refused(Twin twin, Map<String, String> settings) {
    assertThatThrownBy(() -> twins.old.function(FunctionKind.TWIN_COPIER, twin, settings))
        .isInstanceOf(ConfigurationError.class);
  }

  @Test
  @DisplayName("does not start without a source, its graph or reader, and the new updater")
  void starts() {
    for (String needed : List.of("COPY_SOURCE", "REMOTE_COPY_WRITER_URL", "INTER_CLOUD_TOKEN")) {
      Map<String, String> others = new HashMap<>(settings("graph"));
      others.remove(needed);
      refused(twin("azure", "azure"), others);
    }
    Map<String, String> withoutReader = new HashMap<>(settings("hot"));
    withoutReader.remove("LOCAL_HOT_READER_NAME");
    refused(twin("azure", "aws"), withoutReader);
    refused(twin("azure", "azure"), settings("elsewhere"));
    refused(new Twin(), settings("graph"));
    twins.old.remove(twins.old.twinGraph);
    refused(twin("azure", "azure"), settings("graph"));
    assertThat(twins.old.function(FunctionKind.TWIN_COPIER, twin("azure", "aws"), settings("hot")))
        .isNotNull();
  }
}
