package io.twinloom.server.grafana;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a property in a range of time, over all tiers: as they are, or by interval with
 * their least, average and greatest. The range may be of any length; only rows are in memory.
 *
 * @param from inclusive, in stored form
 * @param to inclusive
 */
record SeriesRows(TwinControl twin, String device, String property, String from, String to) {

  private static final int PAGE = 5_000;

  /** Takes a value; says whether it wants more. */
  private interface Taker {
    boolean take(String time, JsonNumber value, String tier);
  }

  /** The values, oldest first. */
  List<JsonObject> values(int limit) {
    List<JsonObject> rows = new ArrayList<>();
    walk(
        (time, value, tier) -> {
          rows.add(
              JsonObject.builder()
                  .put("time", time)
                  .put("value", value)
                  .put("device", device)
                  .put("property", property)
                  .put("tier", tier)
                  .build());
          return rows.size() < limit;
        });
    return rows;
  }

  /** The values by interval, oldest first; intervals without a value have no row. */
  List<JsonObject> buckets(long millis, int limit) {
    Buckets buckets = new Buckets(millis, limit);
    walk(buckets);
    return buckets.finished();
  }

  private void walk(Taker taker) {
    Optional<String> token = Optional.empty();
    do {
      HistoryPage page = twin.query(request(token));
      int at = 0;
      for (TierPart part : page.parts()) {
        for (long i = 0; i < part.items() && at < page.items().size(); i++) {
          JsonObject item = page.items().get(at++);
          Optional<JsonNumber> value = Values.number(item.get(property));
          Optional<String> time = item.text("timestamp");
          if (value.isPresent()
              && time.isPresent()
              && !taker.take(time.get(), value.get(), part.tier())) {
            return;
          }
        }
      }
      token = page.nextToken();
    } while (token.isPresent());
  }

  private HistoryRequest request(Optional<String> token) {
    return HistoryRequest.of(device)
        .property(Optional.of(property))
        .from(Optional.of(from))
        .to(Optional.of(to))
        .page(token)
        .limit(PAGE)
        .build();
  }

  private final class Buckets implements Taker {
    private final long millis;
    private final int limit;
    private final List<JsonObject> rows = new ArrayList<>();
    private @Nullable Bucket open;

    private Buckets(long millis, int limit) {
      this.millis = millis;
      this.limit = limit;
    }

    @Override
    public boolean take(String time, JsonNumber value, String tier) {
      long start = Math.floorDiv(Instant.parse(time).toEpochMilli(), millis) * millis;
      Bucket bucket = open;
      if (bucket == null || bucket.start != start) {
        close();
        if (rows.size() >= limit) {
          return false;
        }
        bucket = new Bucket(start);
        open = bucket;
      }
      bucket.add(value, tier);
      return true;
    }

    private void close() {
      Bucket bucket = open;
      if (bucket != null && rows.size() < limit) {
        rows.add(bucket.row());
      }
      open = null;
    }

    private List<JsonObject> finished() {
      close();
      return rows;
    }
  }

  private final class Bucket {
    private final long start;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private double sum;
    private long count;
    private JsonNumber last = JsonNumber.of(0);
    private String tier = "";

    private Bucket(long start) {
      this.start = start;
    }

    private void add(JsonNumber value, String from) {
      double number = value.asDouble();
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
      sum += number;
      count++;
      last = value;
      tier = from;
    }

    private JsonObject row() {
      double average = sum / count;
      return JsonObject.builder()
          .put("time", Timestamps.of(Instant.ofEpochMilli(start)))
          .put("value", average)
          .put("min", least)
          .put("avg", average)
          .put("max", greatest)
          .put("last", last)
          .put("count", count)
          .put("device", device)
          .put("property", property)
          .put("tier", tier)
          .build();
    }
  }
}
