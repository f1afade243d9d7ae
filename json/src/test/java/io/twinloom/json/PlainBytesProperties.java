package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A run of plain characters ends where one that is looked at byte by byte does. */
class PlainBytesProperties {

  @Property
  void theEndIsTheFirstByteThatDoesNotStandForItself(
      @ForAll @Size(max = 64) byte[] bytes,
      @ForAll @IntRange(max = 64) int someFrom,
      @ForAll @IntRange(max = 64) int someTo) {
    int to = Math.min(someTo, bytes.length);
    int from = Math.min(someFrom, to);
    int expected = from;
    while (expected < to && isPlain(bytes[expected])) {
      expected++;
    }
    assertThat(PlainBytes.end(bytes, from, to)).isEqualTo(expected);
  }

  @Property
  void oneSpecialByteIsFoundWhereverItStands(
      @ForAll @IntRange(max = 40) int place, @ForAll byte special) {
    byte[] bytes =
        "abcdefghijklmnopqrstuvwxyz ~!#[]0123456789"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    bytes[place] = special;
    assertThat(PlainBytes.end(bytes, 0, bytes.length))
        .isEqualTo(isPlain(special) ? bytes.length : place);
    assertThat(PlainBytes.areAscii(bytes)).isEqualTo(special >= 0);
  }

  @Property
  void oneByteIsFoundWhereverItStands(
      @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 127) int sought) {
    boolean expected = false;
    for (byte one : bytes) {
      expected |= one == sought;
    }
    assertThat(PlainBytes.have(bytes, (char) sought)).isEqualTo(expected);
    if (bytes.length > 0) {
      bytes[bytes.length / 2] = (byte) sought;
      assertThat(PlainBytes.have(bytes, (char) sought)).isTrue();
    }
  }

  private static boolean isPlain(byte one) {
    return one >= 0x20 && one != '"' && one != '\\';
  }
}
