package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Cuts what is old in the hot store into chunks, device by device, reading no more ahead than a
 * page beyond the chunk. Used by one thread at a time.
 */
final class ChunkMaker {

  private static final int PAGE_ITEMS = 20_000;
  private static final int PAGE_DEVICES = 200;

  /** How much of what would just fit is taken, since no two parts of a chunk pack alike. */
  private static final double SAFETY = 0.95;

  /** A chunk, its index, and where planning goes on after it. */
  record Made(Chunk chunk, int index, Position next) {}

  private final HotStore hot;
  private final ColdTier target;
  private final Predicate<String> which;
  private final String cutOff;
  private final List<PlannedChunk> planned;
  private final int maxBytes;
  private final Deque<String> devices = new ArrayDeque<>();
  private final Deque<StoredItem> ahead = new ArrayDeque<>();
  private String device;
  private String readFrom;
  private boolean more;
  private int index;

  /**
   * Goes on where a run has come to.
   *
   * @param planned chunks whose items are theirs already
   */
  ChunkMaker(ChunkTransfer transfer, String cutOff, Position position, List<PlannedChunk> planned) {
    this.hot = transfer.hot();
    this.target = transfer.target();
    this.which = transfer.devices();
    this.cutOff = cutOff;
    this.planned = List.copyOf(planned);
    this.maxBytes = transfer.maxBytes();
    this.device = position.key();
    this.readFrom = position.from();
    this.index = position.index();
    this.more = !device.isEmpty();
  }

  /** The next chunk; empty where nothing old is left. */
  Optional<Made> next() {
    while (ahead.isEmpty() && !more) {
      if (!nextDevice()) {
        return Optional.empty();
      }
      readAhead();
    }
    List<StoredItem> items = take();
    if (items.isEmpty()) {
      return next();
    }
    Chunk chunk = Chunk.of(device, items, target.packs());
    while (!target.fits(chunk) && items.size() > 1) {
      items = fewer(items, chunk);
      chunk = Chunk.of(device, items, target.packs());
    }
    int own = index++;
    return Optional.of(
        new Made(chunk, own, new Position(device, Timestamps.after(chunk.last()), index)));
  }

  private boolean nextDevice() {
    if (devices.isEmpty()) {
      devices.addAll(hot.devicesBefore(cutOff, device, PAGE_DEVICES, which));
    }
    if (devices.isEmpty()) {
      return false;
    }
    device = devices.removeFirst();
    readFrom = Timestamps.MIN;
    index = 1;
    more = true;
    return true;
  }

  private void readAhead() {
    StoredPage page = hot.itemsBefore(device, readFrom, cutOff, PAGE_ITEMS);
    ahead.addAll(unplanned(page.items()));
    more = page.more();
    if (!page.items().isEmpty()) {
      readFrom = Timestamps.after(page.items().getLast().place().timestamp());
    }
  }

  private List<StoredItem> unplanned(List<StoredItem> items) {
    List<StoredItem> left = items;
    for (PlannedChunk chunk : planned) {
      if (chunk.device().equals(device)) {
        left = new ChunkMembers(chunk.members()).without(left);
      }
    }
    return left;
  }

  /** As many items as the list of a chunk may hold. */
  private List<StoredItem> take() {
    List<StoredItem> items = new ArrayList<>();
    long size = 1;
    while (true) {
      if (ahead.isEmpty() && more) {
        readAhead();
      }
      StoredItem item = ahead.peekFirst();
      if (item == null) {
        return items;
      }
      size += item.json().length + 1L;
      if (size > maxBytes && !items.isEmpty()) {
        return items;
      }
      items.add(ahead.removeFirst());
    }
  }

  /** Gives back as many items as are too many for what the target takes at once. */
  private List<StoredItem> fewer(List<StoredItem> items, Chunk chunk) {
    double share = target.share(chunk) * SAFETY;
    int left = Math.clamp((long) (items.size() * share), 1, items.size() - 1);
    for (int i = items.size() - 1; i >= left; i--) {
      ahead.addFirst(items.get(i));
    }
    return List.copyOf(items.subList(0, left));
  }
}
