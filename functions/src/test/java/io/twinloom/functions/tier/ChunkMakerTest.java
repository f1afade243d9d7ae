package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.MemoryHotStore;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.tier.ChunkMaker.Made;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChunkMakerTest {
  private static final String CUT_OFF = Timestamps.of(Instant.ofEpochSecond(10_000));

  private final MemoryHotStore hot = new MemoryHotStore();

  /** A tier that takes so many bytes at once. */
  private record Narrow(int limit) implements ColdTier {
    @Override
    public boolean packs() {
      return false;
    }

    @Override
    public boolean fits(Chunk chunk) {
      return chunk.bytes().length <= limit;
    }

    @Override
    public double share(Chunk chunk) {
      return (double) limit / chunk.bytes().length;
    }

    @Override
    public boolean holds(PlannedChunk planned) {
      return false;
    }

    @Override
    public Delivery deliver(Chunk chunk, int index, String trace) {
      throw new AssertionError("nothing is delivered here");
    }
  }

  private void item(String device, int second, int size) {
    String time = Timestamps.of(Instant.ofEpochSecond(second));
    JsonObject body = JsonObject.builder().put("text", "x".repeat(size)).build();
    hot.put(new HotItem(device, time, "e" + second, body));
  }

  private static List<Made> all(ChunkMaker maker) {
    List<Made> all = new ArrayList<>();
    for (Optional<Made> made; (made = maker.next()).isPresent(); ) {
      all.add(made.get());
    }
    return all;
  }

  private ChunkMaker maker(int maxBytes, int fits, Position from) {
    return new ChunkMaker(
        new ChunkTransfer(hot, new Narrow(fits), Runnable::run, maxBytes),
        CUT_OFF,
        from,
        List.of());
  }

  @Test
  void aChunkThatTheTierDoesNotTakeAtOnceIsMadeSmaller() {
    for (int second = 0; second < 100; second++) {
      item("d", second, 100);
    }
    List<Made> made = all(maker(5_000, 1_000, Position.BEGINNING));
    assertThat(made).hasSizeGreaterThan(11).hasSizeLessThan(16);
    assertThat(made).allSatisfy(m -> assertThat(m.chunk().bytes().length).isLessThan(1_001));
    assertThat(made.stream().mapToInt(m -> m.chunk().places().size()).sum()).isEqualTo(100);
    assertThat(made).extracting(Made::index).startsWith(1, 2, 3).doesNotHaveDuplicates();
  }

  @Test
  void anItemThatTheTierDoesNotTakeIsAChunkNevertheless() {
    item("d", 1, 100);
    item("d", 2, 5_000);
    item("d", 3, 100);
    assertThat(all(maker(10_000, 1_000, Position.BEGINNING)))
        .extracting(m -> m.chunk().places().size())
        .containsExactly(1, 1, 1);
  }

  @Test
  void itGoesOnWhereAnotherHasCome() {
    for (String device : List.of("a", "b", "c")) {
      for (int second = 0; second < 10; second++) {
        item(device, second, 100);
      }
    }
    List<Made> whole = all(maker(600, 10_000, Position.BEGINNING));
    for (int done = 0; done < whole.size(); done++) {
      List<Made> rest = all(maker(600, 10_000, whole.get(done).next()));
      assertThat(rest)
          .extracting(m -> m.chunk().key(m.index(), false))
          .containsExactlyElementsOf(
              whole.subList(done + 1, whole.size()).stream()
                  .map(m -> m.chunk().key(m.index(), false))
                  .toList());
    }
  }

  @Test
  void membersAreToldFromThoseThatCameBetweenThem() {
    item("d", 1, 10);
    item("d", 3, 10);
    Chunk chunk = all(maker(600, 600, Position.BEGINNING)).getFirst().chunk();
    item("d", 2, 10);
    var now = hot.itemsBefore("d", Timestamps.MIN, CUT_OFF, 10).items();
    assertThat(new ChunkMembers(chunk.members()).among(now))
        .containsExactly(now.get(0), now.get(2));
  }
}
