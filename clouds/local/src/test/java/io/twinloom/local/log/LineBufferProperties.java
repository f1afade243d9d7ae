package io.twinloom.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LineBufferProperties {
  private final LineBuffer line = new LineBuffer(100_000);

  private JsonObject built() {
    byte[] bytes = new byte[line.length()];
    line.content().get(bytes);
    line.clear();
    return Json.parseObject(bytes);
  }

  private void begin(Instant time) {
    line.begin(time);
  }

  @Property(tries = 300)
  void anyTextComesBackAsItWasAndFitsInWhatWasForetold(@ForAll String text) {
    begin(Instant.EPOCH);
    int before = line.length();
    line.member(",\"text\":", text);
    assertThat(line.length() - before)
        .isLessThanOrEqualTo(",\"text\":".length() + LineBuffer.bytesFor(text));
    line.end();
    assertThat(built().text("text").orElseThrow().getBytes(StandardCharsets.UTF_16))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_16));
  }

  @Property(tries = 200)
  void timesAreWrittenToTheMicrosecond(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999) int micros) {
    Instant time = Instant.ofEpochSecond(second, micros * 1_000L);
    begin(time);
    line.end();
    String text = built().text("time").orElseThrow();
    assertThat(text).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(Instant.parse(text)).isEqualTo(time);
  }

  @Property(tries = 200)
  void numbersAreWrittenAsTheyAre(@ForAll @LongRange(min = 0) long value) {
    begin(Instant.EPOCH);
    line.raw(",\"n\":");
    line.number(value);
    line.raw(",\"ms\":");
    line.millis(value);
    line.end();
    JsonObject built = built();
    assertThat(built.get("n")).hasToString(Long.toString(value));
    assertThat(built.get("ms"))
        .hasToString("%d.%03d".formatted(value / 1_000_000, value / 1_000 % 1_000));
  }
}
