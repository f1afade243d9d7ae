package io.twinloom.model.text;

import io.twinloom.model.text.UserText.EncodingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that people write and that may be too large to be held whole; read as {@link UserText}.
 */
public final class UserTextFile {

  private static final char MARK = '\uFEFF';

  /** Of a larger one it is not looked for where it is wrong. */
  private static final long LOOKED_THROUGH_BYTES = 64L * 1024 * 1024;

  private UserTextFile() {}

  /**
   * Opens it; a byte order mark is no part of the text, and nothing that is not UTF-8 is replaced.
   *
   * @throws IOException if it cannot be read; a {@link CharacterCodingException}, here or while it
   *     is read, if it is not UTF-8
   */
  public static BufferedReader open(Path file) throws IOException {
    BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      reader.mark(1);
      if (reader.read() != MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** What is wrong with its encoding, as a sentence with the line; empty where that is not it. */
  public static Optional<String> fault(Path file, IOException e) {
    if (!(e instanceof CharacterCodingException)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) <= LOOKED_THROUGH_BYTES) {
        String unused = UserText.decode(Files.readAllBytes(file));
      }
    } catch (EncodingException wrong) {
      return Optional.of(wrong.what());
    } catch (IOException gone) {
      return Optional.empty();
    }
    return Optional.of("The file is not in UTF-8.");
  }
}
