package io.twinloom.functions.tier;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.model.time.Timestamps;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a chunk, {@code {device}/{first}-{last}/chunk-{index}.json}: a list of keys tells
 * which chunks a range of time touches. A device's keys stand in the order of the times of their
 * first items.
 *
 * @param first the time of the chunk's first item, in stored form
 * @param last the time of its last item
 * @param index at least 0; of chunks that have all else alike
 * @param gzipped whether it is stored gzipped; the key then ends with {@code .json.gz}
 */
public record ChunkKey(String device, String first, String last, int index, boolean gzipped) {

  /** The device id that the marked chunks of {@code verify} go under. */
  public static final String VERIFY_DEVICE = "_verify";

  private static final int TIME = Timestamps.MIN.length();
  private static final Pattern CHUNK = Pattern.compile("chunk-(\\d{5,9})\\.json(\\.gz)?");

  public ChunkKey {
    if (!Timestamps.isStored(first) || !Timestamps.isStored(last)) {
      throw new IllegalArgumentException("not in stored form: " + first + ", " + last);
    }
    if (index < 0 || index > 999_999_999) {
      throw new IllegalArgumentException("index " + index);
    }
  }

  /** The key as text. */
  public String text() {
    return devicePrefix(device)
        + first
        + "-"
        + last
        + "/chunk-"
        + String.format(Locale.ROOT, "%05d", index)
        + (gzipped ? ".json" + ObjectStore.GZIPPED : ".json");
  }

  /** The same with another index. */
  public ChunkKey withIndex(int other) {
    return new ChunkKey(device, first, last, other, gzipped);
  }

  /** Whether a range of time, both ends inclusive and in stored form, touches the chunk. */
  public boolean touches(String start, String end) {
    return first.compareTo(end) <= 0 && last.compareTo(start) >= 0;
  }

  /** What the keys of all chunks of a device begin with, and no other. */
  public static String devicePrefix(String device) {
    return encoded(device) + "/";
  }

  /** Reads a key; empty where it is not a chunk's. */
  public static Optional<ChunkKey> parse(String key) {
    String[] names = key.split("/", -1);
    if (names.length != 3 || names[0].isEmpty() || !isRange(names[1])) {
      return Optional.empty();
    }
    Matcher chunk = CHUNK.matcher(names[2]);
    Optional<String> device = decoded(names[0]);
    if (!chunk.matches() || device.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChunkKey(
            device.get(),
            names[1].substring(0, TIME),
            names[1].substring(TIME + 1),
            Integer.parseInt(chunk.group(1)),
            chunk.group(2) != null));
  }

  private static boolean isRange(String name) {
    return name.length() == 2 * TIME + 1
        && name.charAt(TIME) == '-'
        && Timestamps.isStored(name.substring(0, TIME))
        && Timestamps.isStored(name.substring(TIME + 1));
  }

  /** Only what would make the key another one is encoded, and the percent sign itself. */
  private static String encoded(String device) {
    StringBuilder out = new StringBuilder(device.length());
    device
        .codePoints()
        .forEach(
            c -> {
              if (c == '/' || c == '%' || c == '\\' || Character.isISOControl(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  out.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static Optional<String> decoded(String name) {
    if (name.indexOf('%') < 0) {
      return Optional.of(name);
    }
    try {
      String device = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      return encoded(device).equals(name) ? Optional.of(device) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
