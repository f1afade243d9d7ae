package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

  @TempDir Path folder;

  @Test
  void anErrorNamesWhoHoldsTheFile() throws IOException {
    try (LockFile first = take("the first")) {
      assertThat(first).isNotNull();
      assertThatExceptionOfType(TwinloomException.class)
          .isThrownBy(() -> take("the second"))
          .satisfies(e -> assertThat(e.what()).isEqualTo("held by the first"));
    }
  }

  @Test
  void aFileThatWasClosedIsTakenAgainAndNamesTheLaterHolderAlone() throws IOException {
    take("a holder with a long name").close();

    take("another").close();

    assertThat(folder.resolve("lock")).hasContent("another");
  }

  @Test
  void aRefusedAttemptLeavesTheFileToItsHolder() throws IOException {
    try (LockFile first = take("the first")) {
      assertThat(first).isNotNull();
      assertThatExceptionOfType(TwinloomException.class).isThrownBy(() -> take("the second"));

      assertThatExceptionOfType(TwinloomException.class).isThrownBy(() -> take("the third"));
      assertThat(folder.resolve("lock")).hasContent("the first");
    }
  }

  @Test
  void aFileThatCannotBeMadeIsAnErrorOfItsOwn() throws IOException {
    Files.createDirectory(folder.resolve("lock"));

    assertThatIOException().isThrownBy(() -> take("the first"));
  }

  private LockFile take(String holder) throws IOException {
    return LockFile.take(
        folder.resolve("lock"),
        holder.getBytes(StandardCharsets.UTF_8),
        other ->
            new TwinloomException(
                DeployerError.FILE_WRITE,
                "held by " + new String(other, StandardCharsets.UTF_8),
                folder.toString()));
  }
}
