package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayDeque;
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
  private final ItemBuffer ahead = new ItemBuffer();
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
    while (true) {
      while (more && ahead.listBytes() <= maxBytes) {
        readAhead();
      }
      if (!ahead.isEmpty()) {
        return Optional.of(made());
      }
      if (!nextDevice()) {
        return Optional.empty();
      }
    }
  }

  private Made made() {
    int items = ahead.fitting(maxBytes);
    Chunk chunk = ahead.chunk(device, items, target.packs());
    while (!target.fits(chunk) && items > 1) {
      items = Math.clamp((long) (items * target.share(chunk) * SAFETY), 1, items - 1);
      chunk = ahead.chunk(device, items, target.packs());
    }
    ahead.remove(items);
    int own = index++;
    return new Made(chunk, own, new Position(device, Timestamps.after(chunk.last()), index));
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
    List<ChunkMembers> others =
        planned.stream()
            .filter(chunk -> chunk.device().equals(device))
            .map(chunk -> new ChunkMembers(chunk.members()))
            .toList();
    String[] last = {""};
    more =
        hot.itemsBefore(
            device,
            readFrom,
            cutOff,
            PAGE_ITEMS,
            item -> {
              last[0] = item.place().timestamp();
              if (others.stream().noneMatch(other -> other.has(item))) {
                ahead.add(item);
              }
            });
    if (!last[0].isEmpty()) {
      readFrom = Timestamps.after(last[0]);
    }
  }
}
