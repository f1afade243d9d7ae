package io.twinloom.functions.history;

import io.twinloom.functions.history.Merged.Item;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.reading.PageToken;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.Reader;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All hot stores that a twin has while it is being changed, read as one: each item once, in the
 * order of time. Which store is read first does not matter, since nothing moves from the one to the
 * other and is deleted there.
 */
public final class HotStores {

  private static final String HOT = "hot";

  private final List<Tier> stores = new ArrayList<>();

  /** A store on another cloud, through the hot reader that is beside it. */
  public record Other(String cloud, Reader reader) {}

  /**
   * Reads a store and others.
   *
   * @param cloud that of the own store
   */
  public HotStores(String cloud, Reader own, List<Other> others) {
    stores.add(Tier.store(HOT, cloud, own));
    others.forEach(o -> stores.add(Tier.storeAlone(HOT, o.cloud(), o.reader())));
  }

  /**
   * A page of a range.
   *
   * @param query without a token
   * @param given the token that came with it
   */
  public Page page(RangeQuery query, Optional<String> given, String trace) {
    Optional<PlaceToken> token = given.map(text -> token(text, query));
    return new Page(new MergedReading(stores, query, token, trace).read(), query);
  }

  /** The token of a page of one store alone says the time of its last item. */
  private static PlaceToken token(String text, RangeQuery query) {
    return PageToken.find(text, query)
        .map(time -> PlaceToken.behind(Place.endOf(time, query.order())))
        .orElseGet(() -> PlaceToken.of(text, query));
  }

  /** Whether a token was given for a page of several stores. */
  public static boolean isOfSeveral(String token, RangeQuery query) {
    return PageToken.find(token, query).isEmpty();
  }

  /** Items, and where the next ones begin. */
  public static final class Page {
    private final Merged merged;
    private final RangeQuery query;

    private Page(Merged merged, RangeQuery query) {
      this.merged = merged;
      this.query = query;
    }

    /** The items in the order asked for. */
    public List<HotItem> items() {
      List<HotItem> items = new ArrayList<>(merged.items().size());
      for (Item item : merged.items()) {
        Place place = item.found().place();
        JsonObject body = item.found().body();
        items.add(new HotItem(query.device(), place.timestamp(), place.event(), body));
      }
      return items;
    }

    /** The token of the page behind the first {@code count} of the items; empty at the end. */
    public Optional<String> next(int count) {
      return merged.first(count).next().map(token -> token.text(query));
    }
  }
}
