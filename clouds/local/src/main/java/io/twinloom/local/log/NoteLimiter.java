package io.twinloom.local.log;

import io.twinloom.functions.port.InvocationLog.Level;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Lets a few notes of one text through, counts the others, and says so once their time is over. */
final class NoteLimiter {

  /** So many texts are watched at once; the oldest is forgotten for a new one. */
  static final int MAX_TEXTS = 1_000;

  /**
   * What makes two notes the same.
   *
   * @param who the client or device that it is about; empty where it is about none
   */
  record Note(Level level, String cloud, String function, String message, String who) {

    static Note of(
        Level level, String cloud, String function, String message, Map<String, String> fields) {
      String who = fields.getOrDefault("client", fields.getOrDefault("device", ""));
      return new Note(level, cloud, function, message, who);
    }

    int bytes() {
      return LineBuffer.bytesFor(function)
          + LineBuffer.bytesFor(message)
          + LineBuffer.bytesFor(who);
    }

    void write(LineBuffer line, Instant now, long suppressed) {
      line.begin(now);
      line.member(",\"level\":", level.name());
      line.member(",\"function\":", function);
      line.member(",\"cloud\":", cloud);
      line.member(",\"message\":", message);
      if (!who.isEmpty()) {
        line.member(",\"device\":", who);
      }
      line.raw(",\"suppressed\":");
      line.number(suppressed);
      line.end();
    }
  }

  private static final class Seen {
    private final Instant since;
    private long count;

    Seen(Instant since) {
      this.since = since;
    }
  }

  private final LogLimits limits;
  private final Map<Note, Seen> texts = new LinkedHashMap<>();

  NoteLimiter(LogLimits limits) {
    this.limits = limits;
  }

  boolean allows(Note note, Instant now) {
    Seen seen = texts.get(note);
    if (seen == null) {
      if (texts.size() >= MAX_TEXTS) {
        texts.remove(texts.keySet().iterator().next());
      }
      seen = new Seen(now);
      texts.put(note, seen);
    }
    seen.count++;
    return seen.count <= limits.sameNotes();
  }

  /** Forgets the notes whose time is over, and reports those of which some were left out. */
  void ended(Instant now, boolean all, ObjLongConsumer<Note> suppressed) {
    Iterator<Map.Entry<Note, Seen>> oldest = texts.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Note, Seen> entry = oldest.next();
      Seen seen = entry.getValue();
      if (!all && seen.since.plus(limits.sameNotesIn()).isAfter(now)) {
        return;
      }
      if (seen.count > limits.sameNotes()) {
        suppressed.accept(entry.getKey(), seen.count - limits.sameNotes());
      }
      oldest.remove();
    }
  }
}
