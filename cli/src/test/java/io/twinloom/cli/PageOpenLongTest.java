package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web page in a tab that is left open. */
@Tag("full")
class PageOpenLongTest {

  private static final int SPEED = 30;

  /** As much as a browser's own bookkeeping may differ; a copy of every event would be far more. */
  private static final long TOLERATED = 4_000_000;

  /**
   * Has the page's clock and timers run faster, and passes on each part of the stream as often as
   * it would have come in that time: whole states, which may be repeated.
   */
  private static final String FASTER =
      """
      (() => {
        const speed = %d, RealDate = Date, start = RealDate.now();
        const now = () => start + (RealDate.now() - start) * speed;
        window.Date = class extends RealDate {
          constructor(...given) { if (given.length) super(...given); else super(now()); }
          static now() { return now(); }
        };
        for (const name of ['setTimeout', 'setInterval']) {
          const real = window[name].bind(window);
          window[name] = (run, ms, ...more) => real(run, (ms || 0) / speed, ...more);
        }
        const read = ReadableStreamDefaultReader.prototype.read;
        window.repeated = 0;
        ReadableStreamDefaultReader.prototype.read = async function () {
          const part = await read.call(this);
          if (part.done || !part.value?.length) return part;
          const text = new TextDecoder().decode(part.value);
          if (!text.startsWith('id:') && !text.startsWith('event:')) return part;
          if (!text.endsWith('\\n\\n')) return part;
          window.repeated += speed;
          return {done: false, value: new TextEncoder().encode(text.repeat(speed))};
        };
        window.simulatedMinutes = () => (now() - start) / 60000;
      })();
      """
          .formatted(SPEED);

  @TempDir Path folder;

  @Test
  @DisplayName("A tab that is left open for 30 minutes of a busy twin does not grow")
  void theHeapStaysAsItIs() throws Exception {
    try (GreenhousePage page = GreenhousePage.start(folder).simulated(50)) {
      PageBrowser browser = page.browser();
      browser.beforeEachPage(FASTER);
      browser.open("");
      browser.awaitText("[data-term=stored] b", "[1-9]");
      // The 960 samples that the page keeps, lib/twin.js, are full by then.
      await(browser, 55, 1_000);
      long before = leastHeap(browser);
      await(browser, minutes(browser) + 30, states(browser) + 3_000);
      long after = leastHeap(browser);

      assertThat(after - before)
          .as("heap of %,d bytes after %,d", after, before)
          .isLessThan(TOLERATED);
      assertThat(browser.count("main *")).isLessThan(2_000);
    }
  }

  /** The least of some readings: each has what the page is busy with then. */
  private static long leastHeap(PageBrowser browser) {
    return LongStream.generate(browser::heap).limit(5).min().orElseThrow();
  }

  /** Waits until the page has been open for so many of its minutes, and has had so many states. */
  private static void await(PageBrowser browser, long minutes, long states) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> minutes(browser) >= minutes && states(browser) >= states);
  }

  private static long minutes(PageBrowser browser) {
    return Long.parseLong(browser.js("return Math.floor(simulatedMinutes())"));
  }

  private static long states(PageBrowser browser) {
    return Long.parseLong(browser.js("return repeated"));
  }
}
