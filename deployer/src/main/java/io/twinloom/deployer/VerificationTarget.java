package io.twinloom.deployer;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.device.DeviceClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a target lends for one verification: its device channel, its log and its time. */
public interface VerificationTarget extends AutoCloseable {

  /**
   * The devices' side of the channel; not to be closed by its user.
   *
   * @throws io.twinloom.model.TwinloomException if it cannot be reached
   */
  DeviceClient devices();

  /** The log's lines since a time, of one trace or of all. */
  List<LogLine> log(Optional<String> trace, Instant since);

  /** Lets a little time pass. */
  void pause(Duration duration);

  /** How long after an event the log may still lack its lines. */
  Duration patience();

  Instant now();

  @Override
  void close();
}
