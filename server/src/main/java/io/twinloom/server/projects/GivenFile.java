package io.twinloom.server.projects;

import io.twinloom.deployer.ProjectSecrets;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A file as it is given out, which a secret never is.
 *
 * @param text its content, where that is text and not too long
 */
record GivenFile(String path, byte[] content, boolean secret, Optional<String> text) {

  /** A longer text is no file that a person edits. */
  static final int LONGEST_TEXT = 2 * 1024 * 1024;

  /**
   * Reads a file.
   *
   * @param secrets the paths of the project's secrets
   */
  static GivenFile of(ProjectFiles files, String path, Set<String> secrets) throws IOException {
    return of(path, files.read(path).orElse(new byte[0]), secrets);
  }

  /** The same of a file that was read. */
  static GivenFile of(String path, byte[] content, Set<String> secrets) {
    boolean secret = secrets.contains(path) || ProjectSecrets.looksSecret(path, content);
    return new GivenFile(path, content, secret, text(content));
  }

  private static Optional<String> text(byte[] content) {
    if (content.length > LONGEST_TEXT) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  boolean isEditable() {
    return !secret && text.isPresent();
  }

  /**
   * Refuses to give out a secret.
   *
   * @throws TwinloomException {@code TL-API-SECRET}
   */
  void refuseSecret() {
    if (secret) {
      throw new TwinloomException(
          ServerError.API_SECRET, ServerError.API_SECRET.facts().meaning(), path);
    }
  }

  JsonObject json() {
    refuseSecret();
    return JsonObject.builder()
        .put("path", path)
        .put("digest", Sha256.hex(content))
        .put(
            "content",
            text.orElseThrow(
                () ->
                    new TwinloomException(
                        ServerError.PATH_NOT_TEXT,
                        "The file is no text of at most " + LONGEST_TEXT + " bytes.",
                        path)))
        .put("bytes", content.length)
        .build();
  }
}
