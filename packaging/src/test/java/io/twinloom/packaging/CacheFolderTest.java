package io.twinloom.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The folder of a user's caches")
class CacheFolderTest {

  @TempDir Path folder;
  private Path home;
  private Path temporary;

  @BeforeEach
  void make() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  private Path of(Map<String, String> environment, Path home) {
    return CacheFolder.of(environment, home, temporary);
  }

  private Path fallback() throws IOException {
    return temporary.resolve("twinloom-" + Files.getOwner(temporary));
  }

  @Test
  @DisplayName("is the one that is named, else that of all programs, else one in the home")
  void named() {
    assertThat(of(Map.of("TWINLOOM_CACHE", "/c", "XDG_CACHE_HOME", "/x"), home))
        .isEqualTo(Path.of("/c"));
    assertThat(of(Map.of("XDG_CACHE_HOME", "/x"), home)).isEqualTo(Path.of("/x/twinloom"));
    assertThat(of(Map.of("XDG_CACHE_HOME", "x"), home)).isEqualTo(home.resolve(".cache/twinloom"));
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest(name = "the home is {0}")
  @ValueSource(strings = {"?", "", "/dev/null/home"})
  @DisplayName("is one of the user's own among the temporary files where there is no home")
  void noHome(String none) throws IOException {
    Path made = of(Map.of(), Path.of(none));
    assertThat(made).isEqualTo(fallback());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(of(Map.of(), Path.of(none))).as("the next time").isEqualTo(made);
    assertThat(temporary).isDirectoryNotContaining(one -> !one.equals(made));
  }

  @Test
  @DisplayName("is none that somebody else could have put code into")
  void notOfOthers() throws IOException {
    Path open = Files.createDirectory(fallback());
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(of(Map.of(), Path.of("?"))).isNotEqualTo(open).hasFileName("twinloom");
    Files.delete(open);
    Files.createSymbolicLink(open, home);
    assertThat(of(Map.of(), Path.of("?"))).isNotEqualTo(open).hasFileName("twinloom");
  }
}
