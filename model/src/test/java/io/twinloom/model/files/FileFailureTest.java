package io.twinloom.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasons that are shown to people. */
class FileFailureTest {

  @TempDir Path folder;

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/srv/x"), "access is denied"),
        Arguments.of(
            new FileSystemException("/srv/x", null, "No space left on device"),
            "no space left on device"),
        Arguments.of(new FileSystemException("/srv/x"), "the file system refused it"),
        Arguments.of(new IOException("No space left on device"), "no space left on device"),
        Arguments.of(new IOException("Stream closed."), "stream closed"),
        Arguments.of(new IOException(), "an error of its disk (IOException)"),
        Arguments.of(new FileNotFoundException("/srv/x (Permission denied)"), "permission denied"),
        Arguments.of(new MalformedInputException(1), "its text is not UTF-8"),
        Arguments.of(new IllegalArgumentException("/srv/x: secret"), "its content is invalid"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aReasonIsInWordsAndWithoutThePath(Exception e, String reason) {
    assertThat(FileFailure.reason(e)).isEqualTo(reason).doesNotContain("/srv");
  }

  @Test
  void soAreThoseOfTheSystemItself() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(reason(() -> Files.readString(folder.resolve("none")))).isEqualTo("it is not there");
    assertThat(reason(() -> Files.createDirectories(file.resolve("below"))))
        .isEqualTo("not a directory");
    assertThat(reason(() -> Files.createDirectory(file)))
        .isEqualTo("something of that name is there already");
    assertThat(reason(() -> new FileInputStream(folder.toFile()).close()))
        .isEqualTo("is a directory");
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static String reason(Attempt attempt) {
    return FileFailure.reason(catchThrowableOfType(IOException.class, attempt::run));
  }
}
