package io.twinloom.functions.port;

import io.twinloom.functions.circuit.Circuits;
import io.twinloom.model.Provider;
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
    FunctionRuntime.Pause pause) {

  /** What is the same for every function of the process. */
  public FunctionRuntime runtime() {
    return new FunctionRuntime(cloud, clock, random, traceIds, pause);
  }
}
