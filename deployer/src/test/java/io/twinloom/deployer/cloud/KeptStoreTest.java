package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A store that was kept, and is used again")
class KeptStoreTest {

  private final ListedContents kept = new ListedContents();
  private final ListedContents current = new ListedContents();

  private void makeAlike() {
    compareAll(new KeptStore(kept, current));
  }

  private static void compareAll(KeptStore store) {
    while (store.step()) {
      assertThat(store.standing()).isNotEmpty();
    }
  }

  @Test
  @DisplayName("loses what the one in use has not, or has otherwise, and nothing else")
  void loses() {
    kept.held.putAll(Map.of("a 1", "x", "a 2", "x", "b 1", "x", "c 1", "x", "\uFFEE 1", "x"));
    current.held.putAll(Map.of("a 2", "x", "a 3", "x", "b 1", "other", "\uD83D\uDE00 1", "x"));
    current.held.put("\uFFEE 1", "x");
    makeAlike();
    assertThat(kept.held.keySet()).containsExactly("a 2", "\uFFEE 1");
    assertThat(current.held).hasSize(5);
  }

  @Test
  @DisplayName("is compared over many pages, also where the other one has more in between")
  void manyPages() {
    IntStream.range(0, 4_000).forEach(i -> current.held.put("d %05d".formatted(i), "x"));
    IntStream.range(0, 4_000)
        .filter(i -> i % 3 == 0)
        .forEach(i -> kept.held.put("d %05d".formatted(i), i % 2 == 0 ? "x" : "y"));
    List<String> same =
        kept.held.keySet().stream().filter(key -> "x".equals(kept.held.get(key))).toList();
    makeAlike();
    assertThat(List.copyOf(kept.held.keySet())).isEqualTo(same);
  }

  @Test
  @DisplayName("loses nothing more where a store fails in the middle of a page")
  void fails() {
    IntStream.range(0, 1_200).forEach(i -> kept.held.put("d %05d".formatted(i), "x"));
    current.held.putAll(kept.held);
    current.held.remove("d 00700");
    KeptStore store = new KeptStore(kept, current);
    for (int failing : List.of(1, 300, 900)) {
      current.failingAt = "d %05d".formatted(failing);
      assertThatThrownBy(() -> compareAll(store)).isInstanceOf(TwinloomException.class);
    }
    current.failingAt = "";
    kept.refusing = true;
    assertThatThrownBy(() -> compareAll(store)).isInstanceOf(TwinloomException.class);
    kept.refusing = false;
    compareAll(store);
    assertThat(kept.held).isEqualTo(current.held);
  }

  @Test
  @DisplayName("is empty where the one in use is")
  void empty() {
    IntStream.range(0, 1_200).forEach(i -> kept.held.put("d %05d".formatted(i), "x"));
    makeAlike();
    assertThat(kept.held).isEmpty();
  }
}
