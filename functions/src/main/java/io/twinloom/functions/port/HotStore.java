package io.twinloom.functions.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The items of the last days, by device and time. Every method may be called by any thread. */
public interface HotStore {

  /** What became of an item. */
  enum Put {
    /** It is durable; its place was free. */
    STORED,
    /** It is durable; its place had the same event, which it replaced. */
    SAME,
    /** Another event has this device's place in time; nothing was written. */
    OCCUPIED,
    /** The store throttles; whether it was written is not known. */
    THROTTLED
  }

  /** The order of a range. */
  enum Order {
    ASCENDING,
    DESCENDING
  }

  /** A part of a range, and whether more follows. */
  record Page(List<HotItem> items, boolean more) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** An item as the JSON text (UTF-8, without blanks) that its body is. */
  record StoredItem(ItemPlace place, byte[] json) {}

  /**
   * Which item of a device stands where.
   *
   * @param timestamp in stored form
   */
  record ItemPlace(String timestamp, String eventId) {}

  /** A part of a device's items as text, and whether more follows. */
  record StoredPage(List<StoredItem> items, boolean more) {
    public StoredPage {
      items = List.copyOf(items);
    }
  }

  /**
   * Writes an item under the condition that its place (device, timestamp) is free or holds the same
   * event id; the check and the write are one.
   *
   * @throws StoreException if the store does not confirm that it is durable
   */
  default Put put(HotItem item) {
    return putAll(List.of(item)).getFirst();
  }

  /**
   * Writes items, each under the condition of {@link #put} and whatever becomes of the others;
   * those that want the same place one after the other, so that the first has it.
   *
   * @return what became of each, in the order given
   * @throws StoreException if the store fails: some may be written then, and writing them again
   *     does no harm
   */
  List<Put> putAll(List<HotItem> items);

  /** What became of an item of another hot store of the twin. */
  sealed interface Copied {

    /** It is durable at its own place. */
    record Stored() implements Copied {}

    /** Its event is there already, as it is; nothing was written. */
    record There() implements Copied {}

    /**
     * It is durable at a later place, since other events have those before it.
     *
     * @param to the timestamp that it has now
     */
    record Shifted(String to) implements Copied {}
  }

  /**
   * Writes items of another hot store of this twin, as they are. One whose event stands within
   * {@link #SAME_EVENT_MICROS} already is left out; one whose place another event has is moved on
   * by a microsecond until a place is free, and only its {@code id} and {@code timestamp} change.
   * Nothing that is there is ever overwritten: it is newer.
   *
   * <p>Written again, items are there; also while the same events are delivered again by {@link
   * #put}, if those of a device are copied in time order, and one call after the other.
   *
   * @param items of the device, in time order
   * @return what became of each, in the order given
   * @throws StoreException if the store fails: some may be written then, and writing them again
   *     does no harm
   */
  List<Copied> copyIn(String device, List<StoredItem> items);

  /**
   * The items of a device from {@code start} to {@code end}, both inclusive, at most {@code limit}
   * of them, and at most {@link #MAX_PAGE_BYTES} of bodies (but at least one item).
   *
   * @param start inclusive, in the stored form of a timestamp; text order is time order
   * @param end inclusive
   */
  Page range(String device, String start, String end, int limit, Order order);

  /** The newest item of a device. */
  Optional<HotItem> last(String device);

  /**
   * The devices that have an item older than {@code cutOff}, behind {@code after}, in the order of
   * their ids' code points.
   *
   * @param cutOff exclusive; {@link io.twinloom.model.time.Timestamps#END} for items of any time
   * @param after the last device of the page before; empty for the first page
   */
  List<String> devicesBefore(String cutOff, String after, int limit);

  /**
   * The same of some of the devices: of others the store need not find out whether they have any.
   *
   * @param which devices are asked about
   */
  default List<String> devicesBefore(
      String cutOff, String after, int limit, Predicate<String> which) {
    List<String> found = new ArrayList<>();
    String last = after;
    while (found.size() < limit) {
      List<String> page = devicesBefore(cutOff, last, limit);
      page.stream().filter(which).limit(limit - found.size()).forEach(found::add);
      if (page.size() < limit) {
        break;
      }
      last = page.getLast();
    }
    return found;
  }

  /**
   * The items of a device from {@code start}, inclusive, to {@code before}, exclusive, in time
   * order, in pages as {@link #range} has them. Items that are only passed on need not be parsed.
   *
   * @param before exclusive; {@link io.twinloom.model.time.Timestamps#END} for items of any time
   */
  StoredPage itemsBefore(String device, String start, String before, int limit);

  /** How many items there are; empty where only reading them all would tell. */
  default OptionalLong size() {
    return OptionalLong.empty();
  }

  /**
   * Hands over the items of such a page one by one, so that they need not be kept all at once.
   *
   * @param taker is quick, and does not call the store
   * @return whether more follows
   */
  default boolean itemsBefore(
      String device, String start, String before, int limit, Consumer<StoredItem> taker) {
    StoredPage page = itemsBefore(device, start, before, limit);
    page.items().forEach(taker);
    return page.more();
  }

  /**
   * Deletes items, each under the condition that its place still holds its event; others stay.
   * Durable on return; where it fails, some may be deleted.
   *
   * @param places in time order
   * @return how many there were
   */
  int delete(String device, List<ItemPlace> places);

  /**
   * The times of two items of one event differ by at most this: ten thousand have had the places
   * between.
   */
  long SAME_EVENT_MICROS = 10_000;

  /** A page of a range ends at this many bytes. */
  long MAX_PAGE_BYTES = 4L * 1024 * 1024;
}
