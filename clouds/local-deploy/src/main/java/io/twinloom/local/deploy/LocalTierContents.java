package io.twinloom.local.deploy;

import io.twinloom.deployer.live.TierContents;
import io.twinloom.deployer.live.TierContents.Chunk;
import io.twinloom.deployer.live.TierContents.Day;
import io.twinloom.deployer.live.TierContents.TierSpan;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Retrieval;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.Json;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.store.DeviceDay;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** What the tiers of a local twin hold. How many items a chunk has is counted once. Thread-safe. */
final class LocalTierContents {

  private static final int PAGE = 1_000;

  /** Chunks are opened to be counted; so many at most for one answer, the rest for later ones. */
  private static final int OPENED_AT_ONCE = 200;

  private static final int MOST_COUNTED = 200_000;

  private record DayKey(LocalDate day, String tier, String device) {}

  private final Map<Provider, LocalCloud> clouds;
  private final Supplier<Placement> placement;
  private final Map<String, Long> counted = new ConcurrentHashMap<>();

  LocalTierContents(Map<Provider, LocalCloud> clouds, Supplier<Placement> placement) {
    this.clouds = clouds;
    this.placement = placement;
  }

  TierContents read() {
    List<TierSpan> spans = new ArrayList<>();
    List<Day> days = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    hot(spans, days);
    colder("cold", cloud(placement.get().l3Cold()).coldStore(), spans, days, chunks);
    colder("archive", cloud(placement.get().l3Archive()).archiveStore(), spans, days, chunks);
    return new TierContents(spans, days, chunks);
  }

  private LocalCloud cloud(Provider provider) {
    LocalCloud cloud = clouds.get(provider);
    if (cloud == null) {
      throw new IllegalStateException(provider + " does not run");
    }
    return cloud;
  }

  private void hot(List<TierSpan> spans, List<Day> days) {
    Set<String> devices = new HashSet<>();
    Span span = new Span();
    for (DeviceDay day : cloud(placement.get().l3Hot()).hotStore().days()) {
      devices.add(day.device());
      span.add(Instant.parse(day.first()), Instant.parse(day.last()));
      days.add(new Day(LocalDate.parse(day.day()), "hot", day.device(), day.items()));
    }
    spans.add(span.of("hot", devices.size()));
  }

  private void colder(
      String tier,
      LocalObjectStore store,
      List<TierSpan> spans,
      List<Day> days,
      List<Chunk> chunks) {
    Set<String> devices = new HashSet<>();
    Span span = new Span();
    Map<DayKey, Long> byDay = new TreeMap<>(Comparator.comparing(DayKey::toString));
    int[] opened = {0};
    String after = "";
    ObjectStore.Page page;
    do {
      page = store.list("", after, PAGE);
      for (ObjectStore.Entry entry : page.entries()) {
        after = entry.key();
        Optional<ChunkKey> key = ChunkKey.parse(entry.key());
        if (key.isEmpty()) {
          continue;
        }
        Chunk chunk = chunk(tier, store, entry, key.get(), opened);
        devices.add(chunk.device());
        span.add(chunk.from(), chunk.to());
        chunks.add(chunk);
        spread(chunk, byDay);
      }
    } while (page.more());
    byDay.forEach((k, items) -> days.add(new Day(k.day(), k.tier(), k.device(), items)));
    spans.add(span.of(tier, devices.size()));
  }

  /** A chunk's items are counted to the days that it spans, evenly. */
  private static void spread(Chunk chunk, Map<DayKey, Long> byDay) {
    LocalDate first = LocalDate.ofInstant(chunk.from(), ZoneOffset.UTC);
    long span = ChronoUnit.DAYS.between(first, LocalDate.ofInstant(chunk.to(), ZoneOffset.UTC)) + 1;
    long items = chunk.items().orElse(0);
    for (long day = 0; day < span; day++) {
      long share = items * (day + 1) / span - items * day / span;
      byDay.merge(new DayKey(first.plusDays(day), chunk.tier(), chunk.device()), share, Long::sum);
    }
  }

  private Chunk chunk(
      String tier, LocalObjectStore store, ObjectStore.Entry entry, ChunkKey key, int[] opened) {
    Retrieval retrieval =
        store.info(entry.key()).map(ObjectStore.Info::retrieval).orElse(Retrieval.READABLE);
    String state =
        switch (retrieval.state()) {
          case READABLE -> "readable";
          default -> retrieval.since().isPresent() ? "restoring" : "archived";
        };
    return new Chunk(
        tier,
        entry.key(),
        key.device(),
        Instant.parse(key.first()),
        Instant.parse(key.last()),
        state.equals("readable")
            ? items(tier, store, entry, key.gzipped(), opened)
            : OptionalLong.empty(),
        entry.storedBytes(),
        state);
  }

  private OptionalLong items(
      String tier, LocalObjectStore store, ObjectStore.Entry entry, boolean gzipped, int[] opened) {
    String id = tier + ":" + entry.key() + ":" + entry.storedBytes();
    Long known = counted.get(id);
    if (known != null) {
      return OptionalLong.of(known);
    }
    if (opened[0]++ >= OPENED_AT_ONCE || counted.size() >= MOST_COUNTED) {
      return OptionalLong.empty();
    }
    try (InputStream stored = store.open(entry.key()).orElse(InputStream.nullInputStream());
        InputStream json = gzipped ? new GZIPInputStream(stored) : stored) {
      long items = Json.countElements(json);
      counted.put(id, items);
      return OptionalLong.of(items);
    } catch (IOException | JsonSyntaxException e) {
      // It has gone since it was listed, or is damaged, which its reader reports.
      return OptionalLong.empty();
    }
  }

  /** From the oldest to the newest. */
  private static final class Span {
    private Optional<Instant> oldest = Optional.empty();
    private Optional<Instant> newest = Optional.empty();

    void add(Instant from, Instant to) {
      oldest = oldest.filter(o -> o.isBefore(from)).or(() -> Optional.of(from));
      newest = newest.filter(n -> n.isAfter(to)).or(() -> Optional.of(to));
    }

    TierSpan of(String tier, int devices) {
      return new TierSpan(tier, oldest, newest, devices);
    }
  }
}
