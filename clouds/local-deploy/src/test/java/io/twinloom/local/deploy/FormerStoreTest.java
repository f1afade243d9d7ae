package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.json.Sha256;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.testkit.contract.Items;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerStoreTest {

  /** More than are looked at together. */
  private static final int MANY = FormerStore.SLICE + 7;

  @TempDir Path folder;
  private final List<CloudDatabase> databases = new ArrayList<>();

  private SqliteHotStore kept;
  private SqliteHotStore current;

  @BeforeEach
  void open() {
    kept = new SqliteHotStore(database("kept", SqliteHotStore.SCHEMA));
    current = new SqliteHotStore(database("current", SqliteHotStore.SCHEMA));
  }

  @AfterEach
  void close() {
    databases.forEach(CloudDatabase::close);
  }

  private CloudDatabase database(String name, List<String> schema) {
    CloudDatabase database = CloudDatabase.open(folder.resolve(name + ".db"), schema);
    databases.add(database);
    return database;
  }

  private LocalObjectStore chunks(String name) {
    return new LocalObjectStore(
        database(name + "-chunks", LocalObjectStore.SCHEMA),
        folder.resolve(name),
        "cold",
        Optional.empty(),
        InstantSource.system());
  }

  private static void put(LocalObjectStore store, String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    store.put(key, bytes, new Content(Sha256.hex(bytes), bytes.length));
  }

  private static FormerStore of(SqliteHotStore store) {
    return new FormerStore.Items(store);
  }

  @Test
  @DisplayName("a hot store that is used again keeps only what the one in use holds likewise")
  void onlyWhatTheOtherHoldsLikewise() {
    List<HotItem> same = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      same.add(Items.item("press-1", Items.at(2 * i), "e" + i));
    }
    kept.putAll(same);
    current.putAll(same);
    kept.put(Items.item("press-1", Items.at(1), "moved-on"));
    kept.put(Items.item("oven-2", Items.MAX, "moved-on"));
    kept.put(Items.item("press-1", Items.at(3), "replaced", "{\"t\": 1}"));
    current.put(Items.item("press-1", Items.at(3), "replaced", "{\"t\": 2}"));
    current.put(Items.item("press-1", Items.at(5), "new"));

    of(kept).keepOnly(of(current));

    assertThat(Items.all(kept, "press-1")).isEqualTo(same);
    assertThat(Items.all(kept, "oven-2")).isEmpty();
    assertThat(Items.all(current, "press-1")).hasSize(MANY + 2);
  }

  @Test
  @DisplayName("a hot store is emptied of items of any time")
  void emptied() {
    kept.put(Items.item("press-1", Items.MIN, "first"));
    kept.put(Items.item("press-1", Items.MAX, "last"));
    assertThat(of(kept).isEmpty()).isFalse();

    of(kept).clear();

    assertThat(of(kept).isEmpty()).isTrue();
  }

  @Test
  @DisplayName("a store of chunks keeps only those that the one in use has with the same content")
  void onlyTheSameChunks() {
    LocalObjectStore former = chunks("kept");
    LocalObjectStore used = chunks("current");
    put(former, "same", "[1]");
    put(used, "same", "[1]");
    put(former, "archived", "[2]");
    put(former, "other", "[3]");
    put(used, "other", "[4]");

    new FormerStore.Chunks(former).keepOnly(new FormerStore.Chunks(used));

    assertThat(former.list("", "", 10).entries())
        .extracting(entry -> entry.key())
        .containsExactly("same");
    assertThat(used.list("", "", 10).entries()).hasSize(2);
  }
}
