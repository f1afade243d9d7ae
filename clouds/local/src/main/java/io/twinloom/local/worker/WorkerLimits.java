package io.twinloom.local.worker;

import java.time.Duration;

/**
 * What user code may take, and what its workers may cost.
 *
 * @param timeout how long one event may run; the worker is ended then
 * @param patience how long an event runs before those sent behind it go to other workers
 * @param idle how long a worker stays without any event before it is ended
 * @param javaHeapMegabytes the heap of one worker JVM, which serves several functions
 * @param pythonMegabytes the address space of one Python worker, which serves one function
 * @param workersPerFunction as many events of one function run at once at most; further ones wait
 *     while each of these runs longer than the patience
 * @param pythonWorkers as many Python processes there are at most; the one unused longest makes
 *     room
 * @param resultBytes a larger result fails its event
 */
public record WorkerLimits(
    Duration timeout,
    Duration patience,
    Duration idle,
    int javaHeapMegabytes,
    int pythonMegabytes,
    int workersPerFunction,
    int pythonWorkers,
    int resultBytes) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration DEFAULT_PATIENCE = Duration.ofMillis(20);
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(10);
  public static final int DEFAULT_JAVA_HEAP_MEGABYTES = 128;
  public static final int DEFAULT_PYTHON_MEGABYTES = 512;
  public static final int DEFAULT_WORKERS_PER_FUNCTION = 4;
  public static final int DEFAULT_PYTHON_WORKERS = 32;

  /** Well above the 192 KiB that one event may have, which is checked where the result is used. */
  public static final int DEFAULT_RESULT_BYTES = 1024 * 1024;

  public static final WorkerLimits DEFAULTS =
      new WorkerLimits(
          DEFAULT_TIMEOUT,
          DEFAULT_PATIENCE,
          DEFAULT_IDLE,
          DEFAULT_JAVA_HEAP_MEGABYTES,
          DEFAULT_PYTHON_MEGABYTES,
          DEFAULT_WORKERS_PER_FUNCTION,
          DEFAULT_PYTHON_WORKERS,
          DEFAULT_RESULT_BYTES);

  public WorkerLimits withTimeout(Duration other) {
    return new WorkerLimits(
        other,
        patience,
        idle,
        javaHeapMegabytes,
        pythonMegabytes,
        workersPerFunction,
        pythonWorkers,
        resultBytes);
  }

  public WorkerLimits withIdle(Duration other) {
    return new WorkerLimits(
        timeout,
        patience,
        other,
        javaHeapMegabytes,
        pythonMegabytes,
        workersPerFunction,
        pythonWorkers,
        resultBytes);
  }

  public WorkerLimits withPythonWorkers(int other) {
    return new WorkerLimits(
        timeout,
        patience,
        idle,
        javaHeapMegabytes,
        pythonMegabytes,
        workersPerFunction,
        other,
        resultBytes);
  }
}
