package io.twinloom.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames come whole and in their order, in whatever pieces their bytes arrive. */
class FrameInputTest {

  private static final List<Integer> SIZES = List.of(0, 1, 300, 9_000, 70_000, 2, 65_536, 0);

  private static byte[] stream() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < SIZES.size(); i++) {
      all.writeBytes(frame(i).bytes());
    }
    return all.toByteArray();
  }

  private static Frame frame(int number) {
    byte[] body = new byte[SIZES.get(number)];
    Arrays.fill(body, (byte) number);
    return new Frame(Frame.ANSWER, number, body);
  }

  /** Gives at most so many bytes at a time. */
  private static InputStream inPieces(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int from, int length) throws IOException {
        return super.read(to, from, Math.min(most, length));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 13, 1_000, 64 * 1024, 1024 * 1024})
  void theyAreReadWholeInWhateverPiecesTheyArrive(int most) throws IOException {
    FrameInput in = new FrameInput(inPieces(stream(), most));
    List<Long> read = new ArrayList<>();
    for (Frame frame; (frame = in.next()) != null; ) {
      assertThat(frame.body()).isEqualTo(frame((int) frame.id()).body());
      read.add(frame.id());
    }
    assertThat(read).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(in.hasNext()).isFalse();
  }

  @Test
  void thoseThatHaveArrivedAreKnown() throws IOException {
    byte[] two = Arrays.copyOf(stream(), 2 * Frame.HEAD_BYTES + 1 + 5);
    FrameInput in = new FrameInput(new ByteArrayInputStream(two));
    assertThat(in.hasNext()).isFalse();
    assertThat(in.next()).isNotNull();
    assertThat(in.hasNext()).isTrue();
    assertThat(in.next()).isNotNull();
    assertThat(in.hasNext()).isFalse();
  }

  @Test
  void aStreamThatEndsWithinAFrameIsAnError() {
    byte[] half = Arrays.copyOf(frame(2).bytes(), 100);
    FrameInput in = new FrameInput(new ByteArrayInputStream(half));
    assertThatThrownBy(in::next).isInstanceOf(EOFException.class);
  }

  @Test
  void bytesThatAreNoFrameAreAnError() {
    FrameInput in =
        new FrameInput(
            new ByteArrayInputStream("Hello, world".getBytes(StandardCharsets.US_ASCII)));
    assertThat(in.hasNext()).isFalse();
    assertThatThrownBy(in::next).isInstanceOf(StreamCorruptedException.class);
  }
}
