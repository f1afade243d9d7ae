package io.twinloom.local.store;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The objects of one tier of a local cloud: each a file of its own, which anybody can look at, and
 * a row in the cloud's database with what is known of it. The file is whole and on disk before the
 * row says that it is there; the row is gone before the file goes.
 */
public final class LocalObjectStore implements ObjectStore {

  /** The tables that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA = ObjectTable.SCHEMA;

  /** How many objects a page of a list has at most. */
  static final int MAX_PAGE = 1_000;

  private static final int LOCKS = 64;
  private static final int BUFFER = 256 * 1024;

  /** How many objects there are, the bytes of their files, and of what they hold. */
  public record Usage(long objects, long storedBytes, long bytes) {}

  private final ObjectPaths paths;
  private final ObjectTable table;
  private final DurableFiles files;
  private final Optional<Duration> restoring;
  private final InstantSource clock;
  private final List<Lock> locks =
      IntStream.range(0, LOCKS).<Lock>mapToObj(i -> new ReentrantLock()).toList();

  /**
   * @param database opened with {@link #SCHEMA}
   * @param folder where the files are; made when the first one is written
   * @param name of the store in the database: {@code cold} or {@code archive}
   * @param restoring how long restoring an object takes, where an object must be restored before it
   *     can be read; empty: all can be read at once
   * @throws StoreException if the folder cannot be used
   */
  public LocalObjectStore(
      CloudDatabase database,
      Path folder,
      String name,
      Optional<Duration> restoring,
      InstantSource clock) {
    this.paths = new ObjectPaths(folder.toAbsolutePath());
    this.table = new ObjectTable(database, name);
    this.files = new DurableFiles(paths.root().resolve(".incoming"));
    this.restoring = restoring;
    this.clock = clock;
    try {
      files.removeRemnants();
    } catch (IOException e) {
      throw failed("The store cannot be opened", folder.toString(), e);
    }
  }

  @Override
  public Put put(String key, byte[] stored, Content content) {
    return place(
        key,
        content,
        file -> {
          files.write(file, stored);
          return stored.length;
        });
  }

  private interface Writing {
    /** Writes the object's file; returns its size. */
    long to(Path file) throws IOException;
  }

  private Put place(String key, Content content, Writing writing) {
    check(key);
    Lock lock = locks.get(Math.floorMod(key.hashCode(), LOCKS));
    lock.lock();
    try {
      Optional<ObjectTable.Row> there = table.find(key);
      if (there.isPresent()) {
        return there.get().content().sha256().equals(content.sha256()) ? Put.SAME : Put.OTHER;
      }
      long size = writing.to(paths.of(key));
      table.add(key, content, size, Optional.empty());
      return Put.STORED;
    } catch (IOException e) {
      throw failed("The object was not written", key, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Info> info(String key) {
    check(key);
    return table
        .find(key)
        .map(row -> new Info(key, row.content(), row.stored(), retrieval(row.restoreAsked())));
  }

  private Retrieval retrieval(Optional<Instant> asked) {
    if (restoring.isEmpty()) {
      return Retrieval.READABLE;
    }
    if (asked.isEmpty()) {
      return new Retrieval(State.ARCHIVED, asked);
    }
    boolean done = !clock.instant().isBefore(asked.get().plus(restoring.get()));
    return done ? Retrieval.READABLE : new Retrieval(State.RESTORING, asked);
  }

  @Override
  public Optional<String> digest(String key) {
    check(key);
    if (table.find(key).isEmpty()) {
      return Optional.empty();
    }
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream file = Files.newInputStream(paths.of(key));
        InputStream in = key.endsWith(GZIPPED) ? new GZIPInputStream(file, BUFFER) : file) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw failed("The object cannot be read", key, e);
    }
    return Optional.of(Sha256.hex(digest));
  }

  @Override
  public boolean holds(String key, byte[] stored, Content content) {
    check(key);
    if (table.find(key).isEmpty()) {
      return false;
    }
    try {
      return DurableFiles.holds(paths.of(key), stored);
    } catch (IOException e) {
      throw failed("The object cannot be read", key, e);
    }
  }

  @Override
  public Page list(String prefix, String after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_PAGE);
    }
    return table.list(prefix, after, limit);
  }

  @Override
  public Optional<InputStream> open(String key) {
    Optional<Info> info = info(key);
    if (info.isEmpty()) {
      return Optional.empty();
    }
    if (info.get().retrieval().state() != State.READABLE) {
      throw failed("The object must be restored first", key, new IOException("archived"));
    }
    try {
      return Optional.of(Files.newInputStream(paths.of(key)));
    } catch (IOException e) {
      if (table.find(key).isEmpty()) {
        return Optional.empty();
      }
      throw failed("The object cannot be read", key, e);
    }
  }

  @Override
  public void delete(String key) {
    check(key);
    Lock lock = locks.get(Math.floorMod(key.hashCode(), LOCKS));
    lock.lock();
    try {
      table.remove(key);
      files.delete(paths.of(key), paths.root());
    } catch (IOException e) {
      throw failed("The object was not deleted", key, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Put copyTo(ObjectStore target, String key, String as) {
    check(key);
    if (!(target instanceof LocalObjectStore other)) {
      throw new IllegalArgumentException("not a store of this cloud: " + target);
    }
    Content content =
        table
            .find(key)
            .map(ObjectTable.Row::content)
            .orElseThrow(() -> failed("There is no such object", key, new IOException("missing")));
    return other.place(
        as,
        content,
        file -> {
          try (InputStream in = Files.newInputStream(paths.of(key))) {
            return other.files.write(file, in);
          }
        });
  }

  @Override
  public int keepPart(String key, int total, int number, byte[] part) {
    check(key);
    if (number < 1 || number > total) {
      throw new IllegalArgumentException("part " + number + " of " + total);
    }
    try {
      files.write(part(key, total, number), part);
    } catch (IOException e) {
      throw failed("The part was not written", key, e);
    }
    table.addPart(key, total, number);
    return table.parts(key, total).size();
  }

  @Override
  public InputStream openParts(String key, int total) {
    check(key);
    if (table.parts(key, total).size() < total) {
      throw failed("Parts are missing", key, new IOException("incomplete"));
    }
    Iterator<Integer> numbers = IntStream.rangeClosed(1, total).iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return numbers.hasNext();
          }

          @Override
          public InputStream nextElement() {
            try {
              return Files.newInputStream(part(key, total, numbers.next()));
            } catch (IOException e) {
              throw failed("A part cannot be read", key, e);
            }
          }
        });
  }

  @Override
  public Put join(String key, int total, Content content) {
    return place(
        key,
        content,
        file -> {
          try (InputStream parts = openParts(key, total)) {
            return files.write(file, parts);
          }
        });
  }

  @Override
  public void dropParts(String key, int total) {
    check(key);
    List<Integer> numbers = new ArrayList<>(table.parts(key, total));
    table.removeParts(key, total);
    // The folder goes with the last of them.
    Collections.reverse(numbers);
    try {
      for (int number : numbers) {
        files.delete(part(key, total, number), paths.root());
      }
    } catch (IOException e) {
      throw failed("The parts were not deleted", key, e);
    }
  }

  private Path part(String key, int total, int number) {
    return paths.ofParts(key, total).resolve(Integer.toString(number));
  }

  @Override
  public void restore(String key) {
    check(key);
    Lock lock = locks.get(Math.floorMod(key.hashCode(), LOCKS));
    lock.lock();
    try {
      Optional<ObjectTable.Row> row = table.find(key);
      if (restoring.isPresent() && row.isPresent() && row.get().restoreAsked().isEmpty()) {
        table.add(key, row.get().content(), row.get().stored(), Optional.of(clock.instant()));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Duration restoreTakes() {
    return restoring.orElse(Duration.ZERO);
  }

  /** How much there is, for {@code status}. */
  public Usage usage() {
    ObjectTable.Usage usage = table.usage();
    return new Usage(usage.objects(), usage.stored(), usage.bytes());
  }

  private static void check(String key) {
    if (!ObjectStore.isKey(key)) {
      throw new IllegalArgumentException("not a key");
    }
  }

  private static StoreException failed(String what, String where, IOException e) {
    return new StoreException(what + ": " + e.getMessage(), where, e);
  }
}
