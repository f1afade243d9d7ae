package io.twinloom.cli.command;

import io.twinloom.deployer.recording.RecordedMessage;
import io.twinloom.deployer.recording.Recording;
import io.twinloom.deployer.recording.ReplayPace;
import io.twinloom.deployer.recording.TimeShift;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of a recording, in its order. */
final class RecordedSource implements MessageSource {

  private final Recording recording;
  private final ReplayPace pace;
  private final boolean shifted;
  private final ProjectDevices known;
  private final List<String> only;
  private final Set<String> seen = new LinkedHashSet<>();
  private @Nullable Instant first;

  /**
   * @param shifted whether times in messages are moved to now
   * @param known the project's devices, of which every message has to be
   * @param only messages of other devices are left out; empty: none is
   */
  RecordedSource(
      Recording recording,
      ReplayPace pace,
      boolean shifted,
      ProjectDevices known,
      List<String> only) {
    this.recording = recording;
    this.pace = pace;
    this.shifted = shifted;
    this.known = known;
    this.only = only;
  }

  @Override
  public Optional<Due> next() {
    Optional<RecordedMessage> next = recording.next();
    while (next.isPresent() && !only.isEmpty() && !only.contains(next.get().device())) {
      next = recording.next();
    }
    return next.map(this::due);
  }

  private Due due(RecordedMessage message) {
    known.get(message.device());
    seen.add(message.device());
    Instant start = first;
    if (start == null) {
      start = message.time();
      first = start;
    }
    return new Due(
        pace.due(start, message.time()),
        now ->
            new Published(
                message.device(), shifted ? TimeShift.shifted(message, now) : message.payload()));
  }

  @Override
  public List<String> devices() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    recording.close();
  }
}
