package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import io.twinloom.testkit.contract.Items;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreViewTest {

  private static final int VIEWS = 50;

  @TempDir Path folder;

  @Test
  @DisplayName("views of several clouds are of one instant, and no write fails meanwhile")
  void oneInstant() throws Exception {
    List<Path> files = List.of(folder.resolve("first.db"), folder.resolve("second.db"));
    AtomicBoolean ended = new AtomicBoolean();
    try (CloudDatabase first = CloudDatabase.open(files.get(0), SqliteHotStore.SCHEMA);
        CloudDatabase second = CloudDatabase.open(files.get(1), SqliteHotStore.SCHEMA)) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                SqliteHotStore one = new SqliteHotStore(first);
                SqliteHotStore other = new SqliteHotStore(second);
                for (int i = 0; !ended.get(); i++) {
                  String time = Items.at(i);
                  one.put(Items.item("d", time, "e"));
                  other.put(Items.item("d", time, "e"));
                }
              },
              task -> Thread.ofPlatform().start(task));
      try {
        for (int i = 0; i < VIEWS; i++) {
          List<StoreView> views = StoreView.openAll(files);
          List<Long> counts =
              List.of(copied(views.get(0), "first-" + i), copied(views.get(1), "second-" + i));
          views.forEach(StoreView::close);

          assertThat(counts.get(0) - counts.get(1)).as(counts.toString()).isBetween(0L, 1L);
        }
      } finally {
        ended.set(true);
      }
      writing.join();
    }
  }

  @Test
  @DisplayName("where one file cannot be read, no view is left, and the others are written again")
  void oneThatCannotBeRead() throws Exception {
    Path good = folder.resolve("good.db");
    Path bad = Files.writeString(folder.resolve("bad.db"), "no database ".repeat(100));
    try (CloudDatabase database = CloudDatabase.open(good, SqliteHotStore.SCHEMA)) {
      assertThatThrownBy(() -> StoreView.openAll(List.of(good, bad)))
          .isInstanceOfSatisfying(
              TwinloomException.class,
              refused -> assertThat(refused.where()).isEqualTo(bad.toString()));

      SqliteHotStore store = new SqliteHotStore(database);
      store.put(Items.item("d", Items.at(0), "e"));
      assertThat(store.counts()).containsEntry("d", 1L);
    }
  }

  @Test
  void aStoreIsCopiedWhateverThePathHasInItsNames() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("it's a \"Küche\" %20 #1; x:y"));
    Path file = odd.resolve("cloud.db");
    try (CloudDatabase database = CloudDatabase.open(file, SqliteHotStore.SCHEMA)) {
      new SqliteHotStore(database).put(Items.item("d", Items.at(0), "e"));
      try (StoreView view = StoreView.open(file)) {
        view.copyTo(odd.resolve("copy.db"));
      }
    }
    try (CloudDatabase copy = CloudDatabase.open(odd.resolve("copy.db"), SqliteHotStore.SCHEMA)) {
      assertThat(new SqliteHotStore(copy).counts()).containsEntry("d", 1L);
    }
  }

  /** How many items are in a view. */
  private long copied(StoreView view, String name) {
    Path copy = folder.resolve(name + ".db");
    view.copyTo(copy);
    try (CloudDatabase database = CloudDatabase.open(copy, SqliteHotStore.SCHEMA)) {
      return new SqliteHotStore(database).counts().getOrDefault("d", 0L);
    }
  }
}
