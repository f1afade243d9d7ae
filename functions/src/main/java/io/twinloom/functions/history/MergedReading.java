package io.twinloom.functions.history;

import io.twinloom.functions.history.Merged.Item;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One page of the history. Used by one thread, once.
 *
 * <p>Items move from tier to tier while they are read: copied first, then deleted where they were.
 * Every stretch of time is therefore read in the direction of the movement, hot, then cold, then
 * archive: an item that is not in a tier any more stands in one that is read later. Each tier is
 * read only as far as the one before was, and what is given ends where the last of them ends.
 *
 * <p>An item may be met twice: in two tiers, or, where it was published again after it had left the
 * hot store and another had its place by then, some microseconds apart. The first that is met is
 * given. To know what the page before has met, a page begins {@link #WINDOW_MICROS} before its
 * place.
 */
final class MergedReading {

  static final long WINDOW_MICROS = HotStore.SAME_EVENT_MICROS;

  /** More than the page needs, since some of it was given already or is met twice. */
  private static final int SPARE = 100;

  private static final int STORES_DIGITS = 8;

  private final String stores;
  private final RangeQuery query;
  private final String trace;
  private final Order order;
  private final Comparator<Place> places;
  private final String end;
  private final String from;
  private final List<ReadAhead> tiers = new ArrayList<>();
  private final Map<String, String> met = new HashMap<>();
  private final Map<String, JsonObject> pending = new LinkedHashMap<>();
  private final List<Item> page = new ArrayList<>();
  private Optional<Place> after;
  private long bytes;

  /**
   * @param tiers the stores: those of the hot tier, then those of the colder ones, in the order in
   *     which items move
   * @param token where it begins; empty: at the range's beginning
   */
  MergedReading(List<Tier> tiers, RangeQuery query, Optional<PlaceToken> token, String trace) {
    this.query = query;
    this.trace = trace;
    this.order = query.order();
    this.places = Place.in(order);
    boolean ascending = order == Order.ASCENDING;
    this.end = ascending ? query.end() : query.start();
    this.after = token.map(PlaceToken::after);
    this.from = from(ascending ? query.start() : query.end());
    this.stores = stores(tiers);
    List<Optional<String>> begins = token.map(t -> t.begins(stores)).orElse(List.of());
    for (int i = 0; i < tiers.size(); i++) {
      String known = i < begins.size() ? begins.get(i).orElse(null) : null;
      this.tiers.add(new ReadAhead(tiers.get(i), order, known, token.isEmpty() || known != null));
    }
  }

  /** What says which stores were read, in eight digits. */
  private static String stores(List<Tier> tiers) {
    String all = String.join(",", tiers.stream().map(Tier::store).toList());
    return Sha256.hex(all).substring(0, STORES_DIGITS);
  }

  private String from(String start) {
    if (after.isEmpty()) {
      return start;
    }
    String back = Place.further(after.get().timestamp(), -WINDOW_MICROS, order);
    return isBefore(back, start) ? start : back;
  }

  Merged read() {
    boolean more = query.start().compareTo(query.end()) <= 0;
    boolean full = false;
    while (more && !full) {
      Place reach = readOn();
      full = !give(reach);
      if (!full) {
        after = Optional.of(reach);
        more = isBefore(reach.timestamp(), end);
      }
    }
    return new Merged(
        page,
        tiers.stream().map(ahead -> ahead.tier().name()).toList(),
        List.copyOf(pending.values()),
        more ? after.map(this::token) : Optional.empty());
  }

  /** Reads the tiers of which all is given; returns how far all are read. */
  private Place readOn() {
    Place reach = Place.endOf(end, order);
    String begin = after.map(Place::timestamp).filter(t -> !isBefore(t, from)).orElse(from);
    String window = Place.further(begin, WINDOW_MICROS, order);
    for (ReadAhead ahead : tiers) {
      if (ahead.isSpentAt(after) && !ahead.skips(window, reach)) {
        ahead.take(read(ahead.tier(), reach.timestamp()), reach);
      }
      reach = places.compare(ahead.reach(), reach) <= 0 ? ahead.reach() : reach;
    }
    return reach;
  }

  private Tier.Part read(Tier tier, String to) {
    // The window before the place was read at the page's beginning; it is not needed again.
    String begin =
        page.isEmpty() && met.isEmpty() ? from : after.map(Place::timestamp).orElse(from);
    int limit = Math.min(RangeQuery.MAX_LIMIT, query.limit() - page.size() + SPARE);
    Tier.Part part = tier.read(query.device(), begin, to, after, limit, order, trace);
    part.pending().forEach(chunk -> pending.putIfAbsent(chunk.text("key").orElse(""), chunk));
    return part;
  }

  /** Gives what was read up to a place; false where the page is full before. */
  private boolean give(Place reach) {
    TreeMap<Place, Item> found = new TreeMap<>(places);
    for (ReadAhead ahead : tiers) {
      for (Found item : ahead.upTo(reach)) {
        found.putIfAbsent(
            item.place(), new Item(item, ahead.tier().name(), ahead.tier().shownCloud()));
      }
    }
    for (Item item : found.values()) {
      Place place = item.found().place();
      boolean again = isMetAgain(place);
      if (again || after.isPresent() && places.compare(place, after.get()) <= 0) {
        continue;
      }
      bytes += item.found().bytes();
      if (page.size() == query.limit() || bytes > HotStore.MAX_PAGE_BYTES && !page.isEmpty()) {
        after = Optional.of(page.getLast().found().place());
        return false;
      }
      page.add(item);
    }
    return true;
  }

  private boolean isMetAgain(Place place) {
    String before = met.put(place.event(), place.timestamp());
    return before != null
        && !isBefore(Place.further(before, WINDOW_MICROS, order), place.timestamp());
  }

  /**
   * A tier's beginning holds only as far as all stores of the tiers before it are known to have
   * nothing: behind that, an item may still come from the one into the other. Of the last tier
   * nothing is said: where the others have nothing, it is read.
   */
  private PlaceToken token(Place place) {
    List<Optional<String>> begins = new ArrayList<>();
    Optional<String> bound = Optional.of(Place.further(end, 1, order));
    for (int from = 0, to; from < tiers.size(); from = to) {
      to = endOfTier(from);
      Optional<String> earliest = bound;
      for (int i = from; i < to; i++) {
        Optional<String> own = earlier(bound, tiers.get(i).beginsBehind(place));
        earliest = earlier(earliest, own);
        begins.add(to == tiers.size() ? Optional.empty() : own);
      }
      bound = earliest;
    }
    return new PlaceToken(place, stores, begins);
  }

  private int endOfTier(int from) {
    int to = from;
    while (to < tiers.size() && tiers.get(to).tier().name().equals(tiers.get(from).tier().name())) {
      to++;
    }
    return to;
  }

  /** The earlier of two times, where both are known. */
  private Optional<String> earlier(Optional<String> one, Optional<String> other) {
    return one.flatMap(a -> other.map(b -> isBefore(a, b) ? a : b));
  }

  private boolean isBefore(String one, String other) {
    return order == Order.ASCENDING ? one.compareTo(other) < 0 : one.compareTo(other) > 0;
  }
}
