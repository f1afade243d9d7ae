package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipTest {

  private static final byte[] TEXT = "0123456789".repeat(50).getBytes(StandardCharsets.UTF_8);

  @Test
  void whatWasPackedIsUnpackedUpToTheLimit() {
    assertThat(Gzip.unpack(Gzip.pack(TEXT), TEXT.length)).isEqualTo(TEXT);
    assertThat(Gzip.unpack(Gzip.pack(new byte[0]), 10)).isEmpty();
    assertThatThrownBy(() -> Gzip.unpack(Gzip.pack(TEXT), TEXT.length - 1))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("more than");
  }

  @Test
  void severalPartsInOneAreOneText() {
    byte[] part = Gzip.pack(TEXT);
    byte[] twice = Arrays.copyOf(part, part.length * 2);
    System.arraycopy(part, 0, twice, part.length, part.length);
    assertThat(Gzip.unpack(twice, 2 * TEXT.length)).hasSize(2 * TEXT.length);
    assertThatThrownBy(() -> Gzip.unpack(twice, 2 * TEXT.length - 1)).isInstanceOf(Refused.class);
  }

  @Test
  void aSizeThatIsNotTheContentsIsRefused() {
    for (int size : new int[] {0, 1, 0x7f, -1}) {
      byte[] packed = Gzip.pack(TEXT);
      packed[packed.length - 1] = (byte) size;
      packed[packed.length - 4] = (byte) size;
      assertThatThrownBy(() -> Gzip.unpack(packed, 2 * TEXT.length))
          .as("size %d", size)
          .isInstanceOf(Refused.class)
          .hasMessageContaining("not gzipped");
    }
    assertThatThrownBy(() -> Gzip.unpack(new byte[3], 10)).isInstanceOf(Refused.class);
  }
}
