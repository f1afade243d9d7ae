package io.twinloom.worker;

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

  /** The usual ones. */
  public static final WorkerLimits DEFAULTS = new Builder().build();

  /** These limits, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.timeout = timeout;
    builder.patience = patience;
    builder.idle = idle;
    builder.javaHeapMegabytes = javaHeapMegabytes;
    builder.pythonMegabytes = pythonMegabytes;
    builder.workersPerFunction = workersPerFunction;
    builder.pythonWorkers = pythonWorkers;
    builder.resultBytes = resultBytes;
    return builder;
  }

  /** Makes limits; those that are not set are the usual ones. */
  public static final class Builder {
    private Duration timeout = DEFAULT_TIMEOUT;
    private Duration patience = DEFAULT_PATIENCE;
    private Duration idle = DEFAULT_IDLE;
    private int javaHeapMegabytes = DEFAULT_JAVA_HEAP_MEGABYTES;
    private int pythonMegabytes = DEFAULT_PYTHON_MEGABYTES;
    private int workersPerFunction = DEFAULT_WORKERS_PER_FUNCTION;
    private int pythonWorkers = DEFAULT_PYTHON_WORKERS;
    private int resultBytes = DEFAULT_RESULT_BYTES;

    private Builder() {}

    /** See {@link WorkerLimits#timeout}. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /** See {@link WorkerLimits#patience}. */
    public Builder patience(Duration limit) {
      patience = limit;
      return this;
    }

    /** See {@link WorkerLimits#idle}. */
    public Builder idle(Duration limit) {
      idle = limit;
      return this;
    }

    /** See {@link WorkerLimits#javaHeapMegabytes}. */
    public Builder javaHeapMegabytes(int limit) {
      javaHeapMegabytes = limit;
      return this;
    }

    /** See {@link WorkerLimits#pythonMegabytes}. */
    public Builder pythonMegabytes(int limit) {
      pythonMegabytes = limit;
      return this;
    }

    /** See {@link WorkerLimits#workersPerFunction}. */
    public Builder workersPerFunction(int limit) {
      workersPerFunction = limit;
      return this;
    }

    /** See {@link WorkerLimits#pythonWorkers}. */
    public Builder pythonWorkers(int limit) {
      pythonWorkers = limit;
      return this;
    }

    /** See {@link WorkerLimits#resultBytes}. */
    public Builder resultBytes(int limit) {
      resultBytes = limit;
      return this;
    }

    /** The limits. */
    public WorkerLimits build() {
      return new WorkerLimits(
          timeout,
          patience,
          idle,
          javaHeapMegabytes,
          pythonMegabytes,
          workersPerFunction,
          pythonWorkers,
          resultBytes);
    }
  }
}
