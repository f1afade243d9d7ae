package io.twinloom.local;

import io.twinloom.local.invoke.QueueLimits;
import io.twinloom.local.invoke.RetrySchedule;
import io.twinloom.model.Provider;
import io.twinloom.model.trace.TraceSampling;
import io.twinloom.mqtt.MqttSecurity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the local clouds run.
 *
 * @param data the folder that holds everything a running twin keeps; made owner-only
 * @param listening where the clouds are reached
 * @param timing how long things take
 * @param queueing how the queue of each cloud works
 * @param sampling which traces have a line in the log for each invocation in {@code PRODUCTION}
 * @param newStores the clouds whose stores may begin empty though they had been there
 */
public record LocalOptions(
    Path data,
    Listening listening,
    Timing timing,
    Queueing queueing,
    TraceSampling sampling,
    Set<String> newStores) {

  public LocalOptions {
    newStores = Set.copyOf(newStores);
  }

  /**
   * Where the clouds are reached.
   *
   * @param bind the address to listen on; loopback unless the user said otherwise
   * @param portBase the first of the fixed ports (HTTP of aws, azure, google, then MQTT of aws,
   *     azure, google); empty: free ones
   * @param ports those that the clouds had at an earlier start, by {@link Listener#on their names},
   *     where none are fixed: a device finds its cloud where it was
   * @param mqttSecurity TLS and user/password of the device channels, where wanted
   */
  public record Listening(
      String bind,
      Optional<Integer> portBase,
      Map<String, Integer> ports,
      Optional<MqttSecurity> mqttSecurity) {
    public Listening {
      ports = Map.copyOf(ports);
    }
  }

  /** What is listened to on a port of a cloud. */
  public enum Listener {
    HTTP,
    MQTT;

    /** The name of this one's port on a cloud, such as {@code aws.mqtt}. */
    public String on(Provider cloud) {
      return cloud.id() + "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How the queue of each cloud works.
   *
   * @param backlog how many events it holds at most: beyond it, devices and senders wait
   * @param serialised whether an event is written and read again wherever it is passed on within a
   *     cloud, as it is where it leaves one
   */
  public record Queueing(int backlog, boolean serialised) {}

  /**
   * How long things take.
   *
   * @param retryGaps how long an asynchronous invocation waits after its first and second failure
   * @param longestPutOff what could not be tried for so long (a receiver that is down, user code
   *     that is busy) counts as failed
   * @param userCodeTimeout how long user code may take for one event
   * @param archiveRestore how long restoring a chunk of the archive takes, where it is to behave as
   *     an archive whose chunks must be restored before they can be read; empty: they can at once
   * @param dayLength how long a day lasts for the schedules and for what items grow old by; a day,
   *     unless tiers are to be seen moving
   */
  public record Timing(
      List<Duration> retryGaps,
      Duration longestPutOff,
      Duration userCodeTimeout,
      Optional<Duration> archiveRestore,
      Duration dayLength) {
    public Timing {
      retryGaps = List.copyOf(retryGaps);
    }
  }

  /** As a user gets them who says nothing. AWS waits one and two minutes between its attempts. */
  public static LocalOptions defaults(Path data) {
    return new LocalOptions(
        data,
        new Listening("127.0.0.1", Optional.empty(), Map.of(), Optional.empty()),
        new Timing(
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)),
            RetrySchedule.LONGEST_PUT_OFF,
            Duration.ofSeconds(30),
            Optional.empty(),
            Duration.ofDays(1)),
        new Queueing(QueueLimits.DEFAULT.backlog(), false),
        TraceSampling.DEFAULT,
        Set.of());
  }

  public String bind() {
    return listening.bind();
  }

  public Optional<Integer> portBase() {
    return listening.portBase();
  }

  /** The port to listen on; 0: any free one. */
  public int port(Listener listener, Provider cloud) {
    // The device channels' ports follow those of all endpoints.
    int place = cloud.position() + (listener == Listener.MQTT ? Provider.all().size() : 0);
    return portBase()
        .map(base -> base + place)
        .orElseGet(() -> listening.ports().getOrDefault(listener.on(cloud), 0));
  }

  public Optional<MqttSecurity> mqttSecurity() {
    return listening.mqttSecurity();
  }

  public List<Duration> retryGaps() {
    return timing.retryGaps();
  }

  public Duration longestPutOff() {
    return timing.longestPutOff();
  }

  public int backlog() {
    return queueing.backlog();
  }

  public boolean serialised() {
    return queueing.serialised();
  }

  public Duration userCodeTimeout() {
    return timing.userCodeTimeout();
  }

  public Optional<Duration> archiveRestore() {
    return timing.archiveRestore();
  }

  public Duration dayLength() {
    return timing.dayLength();
  }

  /** The same with its first port fixed. */
  public LocalOptions withPortBase(Optional<Integer> first) {
    return with(new Listening(bind(), first, listening.ports(), mqttSecurity()));
  }

  /** The same with other waits between attempts. */
  public LocalOptions withRetryGaps(List<Duration> gaps) {
    return with(
        new Timing(gaps, longestPutOff(), userCodeTimeout(), archiveRestore(), dayLength()));
  }

  /** The same with another limit of time for user code. */
  public LocalOptions withUserCodeTimeout(Duration timeout) {
    return with(new Timing(retryGaps(), longestPutOff(), timeout, archiveRestore(), dayLength()));
  }

  /** The same with an archive that must be restored from, or not. */
  public LocalOptions withArchiveRestore(Optional<Duration> takes) {
    return with(new Timing(retryGaps(), longestPutOff(), userCodeTimeout(), takes, dayLength()));
  }

  /** The same with queues of another size. */
  public LocalOptions withBacklog(int events) {
    return with(new Queueing(events, serialised()));
  }

  /** The same where every event is written and read again wherever it is passed on. */
  public LocalOptions withSerialisedHops() {
    return with(new Queueing(backlog(), true));
  }

  /** The same with another choice of traces whose every invocation has its line. */
  public LocalOptions withSampling(TraceSampling other) {
    return new LocalOptions(data, listening, timing, queueing, other, newStores);
  }

  /** The same where these clouds' stores may begin empty though they had been there. */
  public LocalOptions withNewStores(Set<String> clouds) {
    return new LocalOptions(data, listening, timing, queueing, sampling, clouds);
  }

  private LocalOptions with(Listening other) {
    return new LocalOptions(data, other, timing, queueing, sampling, newStores);
  }

  private LocalOptions with(Timing other) {
    return new LocalOptions(data, listening, other, queueing, sampling, newStores);
  }

  private LocalOptions with(Queueing other) {
    return new LocalOptions(data, listening, timing, other, sampling, newStores);
  }
}
