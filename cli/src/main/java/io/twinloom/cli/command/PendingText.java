package io.twinloom.cli.command;

import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.model.text.Count;
import java.time.Duration;
import java.util.Collection;

/** What must be restored before it can be read, for people. */
final class PendingText {

  private PendingText() {}

  static String of(Collection<PendingChunk> pending) {
    long asked = pending.stream().filter(chunk -> chunk.since().isPresent()).count();
    String takes =
        pending.stream()
            .map(PendingChunk::takes)
            .filter(Duration::isPositive)
            .findFirst()
            .map(PendingText::words)
            .orElse("a while");
    String chunks = Count.of(pending.size(), "chunk");
    return asked == pending.size()
        ? chunks + " of the archive cannot be read yet: being restored, which takes about " + takes
        : chunks
            + " of the archive must be restored first, which takes about "
            + takes
            + ": ask with 'twinloom restore'";
  }

  private static String words(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min"
        : Math.max(1, duration.toSeconds()) + " s";
  }
}
