package io.twinloom.bench;

import java.time.Duration;
import java.util.Map;

/**
 * What a server did under full load.
 *
 * @param perSecond events stored
 * @param cpuMicros its processor time for each of them, of its children too
 * @param cores the same as processors in use
 * @param devicesMicros processor time of the devices and of looking, for each event
 * @param batches how many events each function was handed at a time on average, by its name; empty
 *     where that is not counted
 * @param warmedUp how long it ran before it was measured
 */
record Throughput(
    double perSecond,
    double cpuMicros,
    double cores,
    double devicesMicros,
    Map<String, Double> batches,
    Duration warmedUp) {
  Throughput {
    batches = Map.copyOf(batches);
  }
}
