package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The versions for whose functions events may wait are known over starts, until none does. */
class FormerVersionsTest {

  @TempDir Path folder;

  @Test
  void theLatestIsFirstAndEachIsThereOnceUntilAllAreForgotten() {
    FormerVersions former = new FormerVersions(folder.resolve("former.json"));
    assertThat(former.digests()).isEmpty();
    former.add("a");
    former.add("b");
    former.add("a");
    assertThat(new FormerVersions(former.file()).digests()).containsExactly("a", "b");
    former.clear();
    assertThat(former.digests()).isEmpty();
    assertThat(Files.exists(former.file())).isFalse();
    former.clear();
  }

  @Test
  void aFileThatCannotBeReadIsAnErrorAndIsNotOverwritten() throws IOException {
    FormerVersions former = new FormerVersions(folder.resolve("former.json"));
    Files.writeString(former.file(), "{\"projects\":");

    assertThatThrownBy(() -> former.add("a"))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-LOCAL-STATE");
              assertThat(e.where()).isEqualTo(former.file().toString());
            });
    assertThat(former.file()).hasContent("{\"projects\":");
  }
}
