package io.twinloom.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;

/** Makes device messages of 300 bytes, each at its own instant. */
final class Measurements {

  static final int BYTES = 300;

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** A message and the instant that it carries. */
  record Measurement(String timestamp, byte[] payload) {}

  private final AtomicLong lastMicros = new AtomicLong();

  Measurement next() {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    long unique = lastMicros.updateAndGet(last -> Math.max(last + 1, micros));
    String timestamp =
        MICROS.format(
            Instant.ofEpochSecond(unique / 1_000_000, Math.floorMod(unique, 1_000_000L) * 1_000));
    StringBuilder json =
        new StringBuilder(BYTES)
            .append("{\"timestamp\":\"")
            .append(timestamp)
            .append("\",\"temperature\":")
            .append(20 + unique % 1000 / 100.0)
            .append(",\"humidity\":")
            .append(40 + unique % 500 / 10.0)
            .append(",\"running\":true,\"note\":\"");
    while (json.length() < BYTES - 2) {
      json.append((char) ('a' + json.length() % 26));
    }
    return new Measurement(
        timestamp, json.append("\"}").toString().getBytes(StandardCharsets.UTF_8));
  }
}
