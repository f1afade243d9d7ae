package io.twinloom.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is lost is noticed, and never replaced by an empty one without a word. */
class LostStoreTest {

  @TempDir Path folder;

  private Path store(String cloud) {
    return folder.resolve("data").resolve(cloud + ".db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "emptied"})
  void aTwinDoesNotStartWithoutAStoreThatItHad(String how) throws Exception {
    ran();
    if (how.equals("deleted")) {
      Files.delete(store("google"));
    } else {
      Files.write(store("google"), new byte[0]);
    }
    assertThatThrownBy(() -> CrossingTwin.start(folder).close())
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-STORE-GONE");
              assertThat(e.where()).isEqualTo(store("google").toString());
              assertThat(e.fix()).contains("backup", "--new-store=google");
            });
    assertThatThrownBy(() -> start(Set.of("aws")).close()).isInstanceOf(TwinloomException.class);
    start(Set.of("google")).close();
    CrossingTwin.start(folder).close();
  }

  @Test
  void aTwinWhoseDataFolderIsDeletedSaysSoAndAcknowledgesNothing() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      delete(folder.resolve("data"));
      TwinloomException failure = twin.clouds.failure().get(60, SECONDS);
      assertThat(failure.code()).isEqualTo("TL-STORE-GONE");
      assertThat(failure.what()).contains("is lost");
      assertThat(twin.clouds.warnings()).anyMatch(w -> w.contains("The store is lost"));
    }
  }

  private void ran() throws IOException {
    CrossingTwin.start(folder).close();
  }

  private CrossingTwin start(Set<String> newStores) throws IOException {
    return CrossingTwin.start(folder, options -> options.withNewStores(newStores));
  }

  private static void delete(Path data) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(data)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
