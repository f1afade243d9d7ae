package io.twinloom.functions.fake;

import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.circuit.Circuits;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.Ports;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A cloud of fakes, and the functions that a test runs on it. */
public final class FakeCloud {

  /** What the clock of every fake cloud shows. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  public final MemoryHotStore hotStore = new MemoryHotStore();
  public final MemoryObjectStore coldStore = new MemoryObjectStore();
  public final MemoryObjectStore archiveStore = new MemoryObjectStore();
  public final MemoryMovePlans movePlans = new MemoryMovePlans();
  public final MemoryTwinGraph twinGraph = new MemoryTwinGraph();
  public final FakeInvoker invoker = new FakeInvoker();
  public final FakeWorkflows workflows = new FakeWorkflows();
  public final FakeDevices devices = new FakeDevices();
  public final FakeRemote remote = new FakeRemote();
  public final MemoryAnswers answers = new MemoryAnswers();
  public final List<DeadLetter> deadLetters = new ArrayList<>();
  public final List<Duration> pauses = new ArrayList<>();
  public final RecordingLog log = new RecordingLog();
  public final Ports ports;

  public FakeCloud(Provider provider) {
    this(provider, new Random(42));
  }

  public FakeCloud(Provider provider, Random random) {
    AtomicLong ids = new AtomicLong();
    this.ports =
        new Ports(
            provider,
            hotStore,
            coldStore,
            archiveStore,
            movePlans,
            twinGraph,
            invoker,
            workflows,
            remote,
            new Circuits(() -> NOW, random),
            answers,
            deadLetters::add,
            devices,
            log,
            () -> NOW,
            random,
            () -> new UUID(0x4000L, ids.incrementAndGet()).toString(),
            pauses::add);
  }

  /** The only dead letter. */
  public DeadLetter onlyDeadLetter() {
    if (deadLetters.size() != 1) {
      throw new AssertionError("expected one dead letter, found " + deadLetters);
    }
    return deadLetters.getFirst();
  }

  /** A function of the twin {@code plant} with settings. */
  public HostedFunction function(FunctionKind kind, Twin twin, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("DIGITAL_TWIN_INFO", twin.json());
    return FunctionCatalog.create(kind, "plant-" + kind.id(), environment, ports);
  }
}
