package io.twinloom.functions.fake;

import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A cloud of fakes, and the functions that a test runs on it. */
public final class FakeCloud implements CloudPorts {

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
  public final MemorySeenDevices seen = new MemorySeenDevices();
  public final FakeRemote remote = new FakeRemote();
  public final MemoryAnswers answers = new MemoryAnswers();
  public final List<DeadLetter> deadLetters = new ArrayList<>();
  public final List<Duration> pauses = new ArrayList<>();
  public final RecordingLog log = new RecordingLog();
  private final FunctionRuntime runtime;
  private final RemoteSenders senders;
  private final Set<Object> removed = Collections.newSetFromMap(new IdentityHashMap<>());

  public FakeCloud(Provider provider) {
    this(provider, new Random(42));
  }

  public FakeCloud(Provider provider, Random random) {
    AtomicLong ids = new AtomicLong();
    this.runtime =
        new FunctionRuntime(
            provider,
            () -> NOW,
            random,
            () -> new UUID(0x4000L, ids.incrementAndGet()).toString(),
            pauses::add);
    this.senders = new RemoteSenders(remote, new CircuitBreakers(() -> NOW, random), runtime);
  }

  /** From now on the cloud does not have this store, graph or channel. */
  public void remove(Object port) {
    removed.add(port);
  }

  private <T> Optional<T> unlessRemoved(T port) {
    return removed.contains(port) ? Optional.empty() : Optional.of(port);
  }

  @Override
  public FunctionRuntime runtime() {
    return runtime;
  }

  @Override
  public InvocationLog log() {
    return log;
  }

  @Override
  public DeadLetters deadLetters() {
    return deadLetters::add;
  }

  @Override
  public FunctionInvoker invoker() {
    return invoker;
  }

  @Override
  public Workflows workflows() {
    return workflows;
  }

  @Override
  public RemoteSenders senders() {
    return senders;
  }

  @Override
  public Optional<HotStore> hotStore() {
    return unlessRemoved(hotStore);
  }

  @Override
  public Optional<ObjectStore> coldStore() {
    return unlessRemoved(coldStore);
  }

  @Override
  public Optional<ObjectStore> archiveStore() {
    return unlessRemoved(archiveStore);
  }

  @Override
  public Optional<SeenDevices> seenDevices() {
    return unlessRemoved(seen);
  }

  @Override
  public Optional<MovePlans> movePlans() {
    return unlessRemoved(movePlans);
  }

  @Override
  public Optional<TwinGraph> twinGraph() {
    return unlessRemoved(twinGraph);
  }

  @Override
  public Optional<RecordedAnswers> recordedAnswers() {
    return unlessRemoved(answers);
  }

  @Override
  public Optional<DeviceChannel> devices() {
    return unlessRemoved(devices);
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
    return FunctionCatalog.create(
        kind, "plant-" + kind.id(), environment, new TwinInfoSource(), this);
  }
}
