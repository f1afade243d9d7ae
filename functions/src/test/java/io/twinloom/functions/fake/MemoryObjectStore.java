package io.twinloom.functions.fake;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Objects in memory. */
public final class MemoryObjectStore implements ObjectStore {

  private record Stored(byte[] bytes, Content content) {}

  private final TreeMap<String, Stored> objects = new TreeMap<>();
  private final TreeMap<String, TreeMap<Integer, byte[]>> parts = new TreeMap<>();
  private final TreeSet<String> archived = new TreeSet<>();
  private final TreeMap<String, Instant> restoring = new TreeMap<>();
  private boolean broken;

  /** From now on it fails. */
  public void breakDown() {
    broken = true;
  }

  /** From now on this object must be restored before it can be read. */
  public synchronized void archive(String key) {
    archived.add(key);
  }

  /** An archived object's restoring has ended. */
  public synchronized void restored(String key) {
    archived.remove(key);
    restoring.remove(key);
  }

  /** An object whose restoring was asked for was not read in time. */
  public synchronized void expired(String key) {
    restoring.remove(key);
  }

  /** Replaces what is stored without the store's knowing, as a fault of its disk would. */
  public synchronized void damage(String key, byte[] bytes) {
    objects.put(key, new Stored(bytes, objects.get(key).content()));
  }

  /** Puts a JSON text as it is, with its own digest. */
  public void putText(String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (put(key, bytes, new Content(sha256(bytes), bytes.length)) != Put.STORED) {
      throw new AssertionError(key + " is taken");
    }
  }

  /** The text of an object, unpacked. */
  public String text(String key) {
    try (InputStream in = unpacked(key)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** How many parts are kept aside, of all objects. */
  public synchronized int partCount() {
    return parts.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public synchronized Put put(String key, byte[] stored, Content content) {
    check(key);
    Stored there = objects.get(key);
    if (there != null) {
      return there.content().sha256().equals(content.sha256()) ? Put.SAME : Put.OTHER;
    }
    objects.put(key, new Stored(stored.clone(), content));
    return Put.STORED;
  }

  @Override
  public synchronized Optional<Info> info(String key) {
    check(key);
    return Optional.ofNullable(objects.get(key))
        .map(o -> new Info(key, o.content(), o.bytes().length, retrieval(key)));
  }

  private Retrieval retrieval(String key) {
    if (!archived.contains(key)) {
      return Retrieval.READABLE;
    }
    Optional<Instant> since = Optional.ofNullable(restoring.get(key));
    return new Retrieval(since.isPresent() ? State.RESTORING : State.ARCHIVED, since);
  }

  @Override
  public synchronized Optional<String> digest(String key) {
    check(key);
    if (!objects.containsKey(key)) {
      return Optional.empty();
    }
    try (InputStream in = unpacked(key)) {
      return Optional.of(sha256(in.readAllBytes()));
    } catch (IOException e) {
      throw new StoreException("The object cannot be read: " + e.getMessage(), key, e);
    }
  }

  private InputStream unpacked(String key) throws IOException {
    InputStream in = new ByteArrayInputStream(objects.get(key).bytes());
    return key.endsWith(GZIPPED) ? new GZIPInputStream(in) : in;
  }

  @Override
  public synchronized Page list(String prefix, String after, int limit) {
    check("any");
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("limit " + limit);
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Stored> one : objects.tailMap(after, false).entrySet()) {
      if (one.getKey().startsWith(prefix)) {
        if (entries.size() == limit) {
          return new Page(entries, true);
        }
        entries.add(new Entry(one.getKey(), one.getValue().bytes().length));
      }
    }
    return new Page(entries, false);
  }

  @Override
  public synchronized Optional<InputStream> open(String key) {
    check(key);
    if (archived.contains(key)) {
      throw failure("It must be restored first");
    }
    return Optional.ofNullable(objects.get(key)).map(o -> new ByteArrayInputStream(o.bytes()));
  }

  @Override
  public synchronized void delete(String key) {
    check(key);
    objects.remove(key);
  }

  @Override
  public synchronized Put copyTo(ObjectStore target, String key, String as) {
    check(key);
    Stored stored = objects.get(key);
    if (stored == null) {
      throw failure("There is no such object");
    }
    return target.put(as, stored.bytes(), stored.content());
  }

  @Override
  public synchronized int keepPart(String key, int total, int number, byte[] part) {
    check(key);
    if (number < 1 || number > total) {
      throw new IllegalArgumentException("part " + number + " of " + total);
    }
    TreeMap<Integer, byte[]> kept =
        parts.computeIfAbsent(key + "#" + total, none -> new TreeMap<>());
    kept.put(number, part.clone());
    return kept.size();
  }

  @Override
  public synchronized InputStream openParts(String key, int total) {
    check(key);
    TreeMap<Integer, byte[]> kept = parts.getOrDefault(key + "#" + total, new TreeMap<>());
    if (kept.size() < total) {
      throw failure("Parts are missing");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    kept.values().forEach(all::writeBytes);
    return new ByteArrayInputStream(all.toByteArray());
  }

  @Override
  public synchronized Put join(String key, int total, Content content) {
    try (InputStream all = openParts(key, total)) {
      return put(key, all.readAllBytes(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void dropParts(String key, int total) {
    check(key);
    parts.remove(key + "#" + total);
  }

  @Override
  public synchronized void restore(String key) {
    check(key);
    if (archived.contains(key)) {
      restoring.putIfAbsent(key, FakeCloud.NOW);
    }
  }

  @Override
  public Duration restoreTakes() {
    return archived.isEmpty() ? Duration.ZERO : Duration.ofHours(12);
  }

  /** The SHA-256 of bytes, in hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void check(String key) {
    if (broken) {
      throw failure("The store is down");
    }
    if (!ObjectStore.isKey(key)) {
      throw new IllegalArgumentException(key);
    }
  }

  private static StoreException failure(String what) {
    return new StoreException(what, "objects", new IllegalStateException(what));
  }
}
