package io.twinloom.packaging.bundle;

import java.nio.charset.StandardCharsets;

/**
 * What the twin is, as each of its packages holds it.
 *
 * @param bytes the text of {@code DIGITAL_TWIN_INFO} in UTF-8
 * @param digest of the bytes: those of a large twin take longer to digest than all of its code
 */
record TwinInfoText(byte[] bytes, String digest) {

  static TwinInfoText of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TwinInfoText(bytes, new Fingerprint().add(bytes).hex());
  }
}
