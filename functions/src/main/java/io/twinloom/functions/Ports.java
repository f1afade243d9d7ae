package io.twinloom.functions;

import io.twinloom.functions.intercloud.Circuits;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import io.twinloom.model.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything a function may touch.
 *
 * @param cloud the cloud it runs on
 * @param coldStore the cold tier's objects; not configured where that tier is on another cloud
 * @param archiveStore the archive's objects, likewise
 * @param circuits what this process knows of the receivers that it calls
 * @param answers what the receivers of this cloud answered to signed requests
 * @param traceIds makes a new trace id (a random UUID) at each call
 * @param pause waits between two tries
 */
public record Ports(
    Provider cloud,
    HotStore hotStore,
    ObjectStore coldStore,
    ObjectStore archiveStore,
    MovePlans movePlans,
    TwinGraph twinGraph,
    FunctionInvoker invoker,
    Workflows workflows,
    RemoteCloud remote,
    Circuits circuits,
    RecordedAnswers answers,
    DeadLetters deadLetters,
    DeviceChannel devices,
    InvocationLog log,
    InstantSource clock,
    RandomGenerator random,
    Supplier<String> traceIds,
    Pause pause) {

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    void forAbout(Duration duration) throws InterruptedException;
  }
}
