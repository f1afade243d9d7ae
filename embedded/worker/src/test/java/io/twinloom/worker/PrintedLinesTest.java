package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.worker.wire.PrintedLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {
  private long now;
  private final List<String> kept = new ArrayList<>();
  private final PrintedLines lines = new PrintedLines(() -> now, (level, line) -> kept.add(line));

  private void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines.write(bytes, 0, bytes.length);
  }

  @Test
  void linesAreSplitWhateverThePiecesTheyComeIn() {
    print("on");
    print("e\r\ntwo\n\nth");
    print("ree");
    lines.endEvent();

    assertThat(kept).containsExactly("one", "two", "", "three");
  }

  @Test
  void aLongLineIsCutAndTheNextIsWhole() {
    print("x".repeat(5_000));
    print("y\nnext\n");

    assertThat(kept).containsExactly("x".repeat(PrintedLines.MAX_LINE_BYTES) + " …", "next");
  }

  @Test
  void ofTooManyInASecondTheRestIsCounted() {
    for (int i = 0; i < PrintedLines.MAX_LINES_A_SECOND + 5; i++) {
      print("line\n");
    }
    now += 1_000_000_000L;
    print("later\n");

    assertThat(kept)
        .hasSize(PrintedLines.MAX_LINES_A_SECOND + 2)
        .endsWith("(5 more lines were printed and not kept)", "later");
  }
}
