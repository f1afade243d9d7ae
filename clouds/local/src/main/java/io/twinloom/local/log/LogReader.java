package io.twinloom.local.log;

import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads a log, also while it is written, also from another process. A line is a JSON object: {@code
 * time}, {@code level}, {@code function}, {@code cloud}, {@code trace_id}; of an invocation further
 * {@code source_cloud}, {@code device}, {@code outcome} and {@code ms}; of a run on several events
 * {@code events}, {@code ok}, {@code failed}, {@code put_off}, {@code dead} and {@code ms}; of a
 * note {@code message} and {@code fields}.
 */
public final class LogReader {

  /** A query gives at most so many lines. */
  public static final int MAX_LIMIT = 10_000;

  private final Path folder;

  public LogReader(Path folder) {
    this.folder = folder;
  }

  /**
   * The newest lines that match, in the order they were written.
   *
   * @param limit 1 to {@link #MAX_LIMIT}
   * @throws StoreException if the log cannot be read
   */
  public List<JsonObject> query(LogFilter filter, int limit) {
    return query(filter, line -> true, limit);
  }

  /**
   * The same of those lines alone that a further condition holds for, which is asked about the
   * lines of one file in their order, the newest file first.
   */
  public List<JsonObject> query(LogFilter filter, Predicate<JsonObject> also, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_LIMIT);
    }
    Deque<JsonObject> found = new ArrayDeque<>();
    try {
      List<Integer> newestFirst = LogFiles.numbers(folder).reversed();
      for (int number : newestFirst) {
        if (found.size() >= limit) {
          break;
        }
        lastOf(number, filter, also, limit - found.size())
            .descendingIterator()
            .forEachRemaining(found::addFirst);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new ArrayList<>(found);
  }

  private Deque<JsonObject> lastOf(
      int number, LogFilter filter, Predicate<JsonObject> also, int limit) throws IOException {
    Deque<JsonObject> last = new ArrayDeque<>();
    try (LogFileTail tail = LogFileTail.open(LogFiles.file(folder, number), 0)) {
      tail.lines(
          line ->
              matching(line, filter)
                  .filter(also)
                  .ifPresent(
                      match -> {
                        if (last.size() == limit) {
                          last.removeFirst();
                        }
                        last.addLast(match);
                      }));
    } catch (NoSuchFileException e) {
      // It was the oldest, and went while others were read.
      return last;
    }
    return last;
  }

  /** Starts at the log's present end; lines written from now on come through {@link Follower}. */
  public Follower follow(LogFilter filter) {
    try {
      List<Integer> numbers = Files.isDirectory(folder) ? LogFiles.numbers(folder) : List.of();
      if (numbers.isEmpty()) {
        return new Follower(filter, 0, 0);
      }
      int newest = numbers.get(numbers.size() - 1);
      return new Follower(filter, newest, Files.size(LogFiles.file(folder, newest)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Gives the lines that have been written since it was asked last. Not for several threads. */
  public final class Follower {
    private final LogFilter filter;
    private int number;
    private long position;

    private Follower(LogFilter filter, int number, long position) {
      this.filter = filter;
      this.number = number;
      this.position = position;
    }

    /**
     * Hands over what matches of the new lines; returns at once where there is nothing new.
     *
     * @throws StoreException if the log cannot be read
     */
    public void poll(Consumer<JsonObject> lines) {
      try {
        if (!Files.isDirectory(folder)) {
          return;
        }
        // The files are listed first: what is then read to its end will not grow any more, unless
        // it is the newest.
        for (int next : LogFiles.numbers(folder)) {
          if (next >= number) {
            position = read(next, next == number ? position : 0, lines);
            number = next;
          }
        }
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    private long read(int from, long start, Consumer<JsonObject> lines) throws IOException {
      try (LogFileTail tail = LogFileTail.open(LogFiles.file(folder, from), start)) {
        return tail.lines(line -> matching(line, filter).ifPresent(lines));
      } catch (NoSuchFileException e) {
        return start;
      }
    }
  }

  private static Optional<JsonObject> matching(String line, LogFilter filter) {
    if (!filter.mayMatch(line)) {
      return Optional.empty();
    }
    try {
      return Json.parse(line) instanceof JsonObject object && filter.matches(object)
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      // A crash cut it.
      return Optional.empty();
    }
  }

  private StoreException unreadable(IOException e) {
    return new StoreException("The log cannot be read: " + e, folder.toString(), e);
  }
}
