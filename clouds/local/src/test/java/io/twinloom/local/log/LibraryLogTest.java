package io.twinloom.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.InvocationLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LibraryLogTest implements InvocationLog {
  private final List<String> notes = new ArrayList<>();

  @Override
  public void invocation(
      String function, String source, String trace, String device, String how, Duration time) {}

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {}

  @Override
  public void note(
      Level level, String function, String trace, String message, Map<String, String> fields) {
    notes.add(level + " " + message + " " + fields);
  }

  @Test
  @DisplayName("a network library logs a stack trace")
  void whatNettyWarnsOfIsOneLineOfTheTwinsLogAndNothingOnStandardError() {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try (LibraryLog unused = LibraryLog.into(this)) {
      Logger.getLogger("io.netty.channel.DefaultChannelPipeline")
          .log(
              java.util.logging.Level.WARNING,
              "An exceptionCaught() event was fired\nand it reached the tail of the pipeline",
              new IOException("Too many open files"));
      Logger.getLogger("io.vertx.core.net").info("not worth a line");
    } finally {
      System.setErr(before);
    }
    assertThat(notes)
        .containsExactly(
            "WARN An exceptionCaught() event was fired: IOException: Too many open files"
                + " {library=io.netty.channel.DefaultChannelPipeline}");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void afterwardsTheLibrariesLogAsBefore() {
    Logger netty = Logger.getLogger("io.netty");
    boolean before = netty.getUseParentHandlers();
    LibraryLog first = LibraryLog.into(this);
    LibraryLog second = LibraryLog.into(InvocationLog.SILENT);
    assertThat(netty.getUseParentHandlers()).isFalse();
    second.close();
    first.close();
    assertThat(netty.getUseParentHandlers()).isEqualTo(before);
    assertThat(netty.getHandlers()).isEmpty();
  }
}
