package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class Sha256Test {

  /** The example of one block in FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void aTextAndItsBytesHaveTheDigestOfTheStandard() {
    assertThat(Sha256.hex("abc")).isEqualTo(ABC);
    assertThat(Sha256.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC);
    assertThat(Sha256.of("abc")).hasSize(32).isEqualTo(Sha256.of(new byte[] {97, 98, 99}));
  }

  @Test
  void aDigestThatWasWrittenStartsAnew() {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) 'a');
    digest.update(new byte[] {'b', 'c'});
    assertThat(Sha256.hex(digest)).isEqualTo(ABC);
    assertThat(Sha256.hex(digest)).isEqualTo(Sha256.hex(""));
  }
}
