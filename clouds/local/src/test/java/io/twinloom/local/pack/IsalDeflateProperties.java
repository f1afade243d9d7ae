package io.twinloom.local.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.Deflate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class IsalDeflateProperties {

  private final IsalDeflate isal = new IsalDeflate();

  @Example
  void itIsTheOneThatIsTakenWhereItRuns() {
    assertThat(Deflate.quickest() instanceof IsalDeflate).isEqualTo(isal.isAvailable());
  }

  /** Its build is for this architecture: where it does not load here, movers are slow unseen. */
  @Example
  void itRunsOnLinuxWithIntelOrAmd() {
    Assume.that(System.getProperty("os.name").equals("Linux"));
    Assume.that(System.getProperty("os.arch").equals("amd64"));
    assertThat(isal.isAvailable()).isTrue();
  }

  @Property(tries = 60)
  void whatItPacksJavaUnpacks(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400_000) int size,
      @ForAll @IntRange(min = 1, max = 256) int symbols)
      throws IOException {
    Assume.that(isal.isAvailable());
    byte[] bytes = random(seed, size, symbols);
    assertThat(unpacked(packed(bytes))).isEqualTo(bytes);
  }

  @Property(tries = 30)
  void whatCannotBePackedFitsTheBufferToo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400_000) int size) throws IOException {
    Assume.that(isal.isAvailable());
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    assertThat(unpacked(packed(bytes))).isEqualTo(bytes);
  }

  @Example
  void severalPackAtOnceWithoutTouchingEachOther() throws IOException {
    Assume.that(isal.isAvailable());
    List<CompletableFuture<byte[]>> running = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      byte[] bytes = random(i, 200_000, 40);
      running.add(CompletableFuture.supplyAsync(() -> packed(bytes)));
    }
    for (int i = 0; i < running.size(); i++) {
      assertThat(unpacked(running.get(i).join())).isEqualTo(random(i, 200_000, 40));
    }
  }

  private byte[] packed(byte[] bytes) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    isal.pack(bytes, bytes.length, to);
    return to.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(packed), new Inflater(true))
        .readAllBytes();
  }

  /** Runs of symbols, so that there is something to pack where there are few of them. */
  private static byte[] random(long seed, int size, int symbols) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = i > 40 && random.nextInt(4) > 0 ? bytes[i - 37] : (byte) random.nextInt(symbols);
    }
    return bytes;
  }
}
