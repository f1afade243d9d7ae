package io.twinloom.cost.price;

import io.twinloom.cost.error.CostError;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The price lists, one for each cloud, all in one currency. */
public final class Prices {

  private final Map<String, PriceList> lists;

  private Prices(Map<String, PriceList> lists) {
    this.lists = Collections.unmodifiableMap(new TreeMap<>(lists));
  }

  /**
   * These lists; of two for one cloud the later holds.
   *
   * @throws TwinloomException if they are in several currencies
   */
  public static Prices of(Collection<PriceList> lists) {
    Map<String, PriceList> byCloud = new TreeMap<>();
    lists.forEach(list -> byCloud.put(list.cloud(), list));
    List<String> currencies =
        byCloud.values().stream().map(PriceList::currency).distinct().sorted().toList();
    if (currencies.size() > 1) {
      throw new TwinloomException(
          CostError.PRICES_INVALID,
          "The price lists are in " + String.join(" and ", currencies) + ", which cannot be added.",
          "currency",
          "Give price lists in one currency.");
    }
    return new Prices(byCloud);
  }

  /** The same with these lists instead of those of their clouds. */
  public Prices with(List<PriceList> others) {
    List<PriceList> all = new ArrayList<>(lists.values());
    all.addAll(others);
    return of(all);
  }

  /**
   * The list of a cloud.
   *
   * @throws TwinloomException if there is none
   */
  public PriceList of(Provider cloud) {
    PriceList list = lists.get(cloud.id());
    if (list == null) {
      throw new TwinloomException(
          CostError.PRICES_MISSING, "There is no price list for " + cloud.id() + ".", cloud.id());
    }
    return list;
  }

  /** Whether there is a list of a cloud. */
  public boolean has(Provider cloud) {
    return lists.containsKey(cloud.id());
  }

  /** The lists, by cloud. */
  public Collection<PriceList> lists() {
    return lists.values();
  }

  /** The currency of all prices. */
  public String currency() {
    return lists.values().stream().map(PriceList::currency).findFirst().orElse("");
  }

  /** One sentence for each list with prices that should be read again. */
  public List<String> warnings(LocalDate today) {
    List<String> warnings = new ArrayList<>();
    for (PriceList list : lists.values()) {
      Collection<Meter> stale = list.stale(today);
      stale.stream()
          .map(meter -> meter.source().read())
          .min(LocalDate::compareTo)
          .ifPresent(
              oldest ->
                  warnings.add(
                      stale.size()
                          + " of "
                          + list.meters().size()
                          + " prices of "
                          + list.cloud()
                          + " are older than "
                          + Count.of(PriceList.FRESH_DAYS, "day")
                          + ", the oldest of "
                          + oldest
                          + ": give newer ones with --prices FILE."));
    }
    return warnings;
  }
}
