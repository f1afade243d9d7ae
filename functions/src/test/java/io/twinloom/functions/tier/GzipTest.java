package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

  @Test
  void whatFollowsTheGzippedContentIsRefused() {
    for (int parts = 1; parts <= 2; parts++) {
      for (int junk : new int[] {1, 7, 8, 18, 19, 40, 100_000}) {
        byte[] part = Gzip.pack(TEXT);
        byte[] packed = Arrays.copyOf(part, part.length * parts + junk);
        for (int i = 1; i < parts; i++) {
          System.arraycopy(part, 0, packed, part.length * i, part.length);
        }
        assertThatThrownBy(() -> Gzip.unpack(packed, 1_000_000))
            .as("%d bytes after %d members", junk, parts)
            .isInstanceOf(Refused.class)
            .hasMessageContaining("follows");
      }
    }
  }

  @Property(tries = 100)
  void membersAreReadWhateverTheBufferAndTheSizeOfReads(
      @ForAll @IntRange(min = 1, max = 4) int members,
      @ForAll @IntRange(min = 1, max = 700) int buffer,
      @ForAll @IntRange(max = 40) int junk)
      throws IOException {
    byte[] member = Gzip.pack(TEXT);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < members; i++) {
      packed.writeBytes(member);
    }
    packed.writeBytes(new byte[junk]);
    try (InputStream in =
        new StrictGzipStream(new ByteArrayInputStream(packed.toByteArray()), buffer)) {
      if (junk == 0) {
        assertThat(in.readAllBytes()).hasSize(members * TEXT.length);
      } else {
        assertThatThrownBy(in::readAllBytes).isInstanceOf(ZipException.class);
      }
    }
  }
}
