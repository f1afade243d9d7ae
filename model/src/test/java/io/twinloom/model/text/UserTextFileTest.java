package io.twinloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserTextFileTest {

  @TempDir Path folder;

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws Exception {
    assertThat(read(Files.writeString(folder.resolve("a"), "\uFEFFtime\n"))).isEqualTo("time");
    assertThat(read(Files.writeString(folder.resolve("b"), "zeit\n"))).isEqualTo("zeit");
    assertThat(read(Files.writeString(folder.resolve("c"), ""))).isNull();
  }

  @Test
  void anotherEncodingIsNamedWithItsLineAndByte() throws Exception {
    Path latin = folder.resolve("latin");
    Files.write(latin, "time\nKüche\n".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = folder.resolve("wide");
    Files.write(wide, "time\n".getBytes(StandardCharsets.UTF_16));

    assertThat(fault(latin)).contains("byte 0xFC, byte 2 of line 2");
    assertThat(fault(wide)).contains("UTF-16");
  }

  @Test
  void anotherErrorIsNoneOfItsEncoding() {
    assertThat(UserTextFile.fault(folder, new IOException("no space"))).isEmpty();
  }

  private static String read(Path file) throws IOException {
    try (BufferedReader reader = UserTextFile.open(file)) {
      return reader.readLine();
    }
  }

  private static String fault(Path file) {
    IOException e =
        catchThrowableOfType(
            IOException.class,
            () -> {
              try (BufferedReader reader = UserTextFile.open(file)) {
                while (reader.readLine() != null) {}
              }
            });
    return UserTextFile.fault(file, e).orElseThrow();
  }
}
