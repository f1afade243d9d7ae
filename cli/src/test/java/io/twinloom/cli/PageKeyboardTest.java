package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The web page without a pointer. */
@Tag("full")
class PageKeyboardTest {

  @TempDir static Path folder;

  private static GreenhousePage page;
  private static PageBrowser browser;

  @BeforeAll
  static void start() throws IOException {
    page = GreenhousePage.start(folder).simulated(10);
    browser = page.browser();
    browser.awaitText("[data-term=stored] b", "[1-9]");
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void open() {
    browser.open("");
    browser.awaitText("[data-stream]", "live");
  }

  @Test
  void digitsOpenTheScreens() {
    List<String> titles =
        List.of(
            "Topology",
            "Devices",
            "Twin",
            "Tiers",
            "Events",
            "Logs and traces",
            "Dead letters",
            "What if",
            "Project");
    for (int i = 0; i < titles.size(); i++) {
      browser.press(String.valueOf((i + 2) % 10));
      browser.awaitText("main h1", titles.get(i));
    }
    browser.press("1");
    browser.see("[data-answer=deployed]");
    assertThat(browser.query()).doesNotContain("screen");
  }

  @Test
  @DisplayName("On a narrow window the address of Why opens it over the content, and Esc closes it")
  void whyIsThereOnANarrowWindowToo() {
    browser.size(390, 844);
    try {
      browser.open("?screen=devices&device=climate&why=1");
      browser.see("dialog [data-why]");
      browser.press(Keys.ESCAPE);
      browser.see("main:not(:has([data-why]))");
      assertThat(browser.query()).doesNotContain("why=1");
    } finally {
      browser.size(1440, 900);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overview",
        "topology",
        "devices",
        "devices&device=climate",
        "twin",
        "tiers",
        "events",
        "logs",
        "logs&view=logs",
        "letters",
        "plan",
        "projects"
      })
  @DisplayName("Tab reaches whatever can be pressed or chosen on each screen, and leaves it again")
  void tabReachesEverything(String screen) {
    browser.open("?screen=" + screen);
    browser.awaitText("[data-stream]", "live");
    browser.press("p");
    browser.settle();
    int wanted =
        Integer.parseInt(
            browser.js(
                """
                const shown = e => !e.disabled && e.getClientRects().length > 0;
                window.reached = new Set();
                document.addEventListener('focusin', e => reached.add(e.target));
                window.wanted = [...document.querySelectorAll(
                    'main a[href], main button, main input, main select, main textarea,'
                    + ' main [tabindex="0"]')].filter(shown).filter(e => e.tabIndex >= 0);
                document.activeElement.blur();
                return wanted.length;
                """));
    assertThat(wanted).isPositive();

    browser.tab(wanted + 60);

    assertThat(
            browser.js(
                """
                return wanted.filter(e => e.isConnected && !e.disabled && !reached.has(e))
                  .map(e => e.outerHTML.slice(0, 120)).join('\\n');
                """))
        .isEmpty();
    assertThat(browser.js("return [...reached].some(e => !e.closest('main'))")).isEqualTo("true");
  }

  @Test
  void searchFindsADeviceAndGoesThere() {
    browser.press("g");
    browser.press("d");
    browser.see("dialog[open] input");
    browser.press("irrigation");
    browser.awaitText("#found", "device\\s+irrigation");
    browser.press(Keys.ENTER);
    browser.awaitText("main h1", "irrigation");
    assertThat(browser.query()).contains("device=irrigation");
  }

  @Test
  @DisplayName("Tab reaches every cell and crossing of the grid, and arrows follow the edges")
  void theGridIsWalkedWithKeys() {
    browser.js("document.querySelector('[data-layer=\"L1\"]').focus(); return ''");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(focus("edge")).isEqualTo("L1>L2:live");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(focus("layer")).isEqualTo("L2");
    browser.press(Keys.ENTER);
    browser.awaitText("main h1", "Logs and traces");

    browser.open("");
    browser.see("[data-edge]");
    String seen =
        browser.js(
            """
            const grid = document.querySelector('.grid');
            return [...grid.querySelectorAll('a')].every(a => a.tabIndex === 0 && a.getAttribute('aria-label'));
            """);
    assertThat(seen).isEqualTo("true");
  }

  private static String focus(String data) {
    return browser.js("return document.activeElement.dataset[arguments[0]] || ''", data);
  }

  @Test
  void theFocusIsNeverLostByALiveUpdate() {
    browser.js("document.querySelector('[data-device=climate] h3 a').focus(); return ''");
    String shown = browser.text("[data-device=climate]");
    browser.awaitText("[data-term=published] b", "\\d");
    await().until(() -> !browser.text("[data-device=climate]").equals(shown));
    assertThat(browser.js("return document.activeElement.textContent")).isEqualTo("climate");
  }

  @Test
  void dialogsCloseWithEscapeAndGiveTheFocusBack() {
    browser.js("document.querySelector('.search-button').focus(); return ''");
    browser.press("?");
    browser.awaitText("dialog[open]", "all keys");
    browser.press(Keys.ESCAPE);
    await().until(() -> browser.count("dialog[open]") == 0);
    assertThat(browser.js("return document.activeElement.className")).contains("search-button");
  }

  @Test
  void timeTravelHasKeys() {
    browser.press("t");
    browser.see(".frame");
    String before = browser.query();
    browser.press(Keys.ARROW_LEFT);
    await().until(() -> !browser.query().equals(before));
    browser.press(Keys.ESCAPE);
    browser.awaitText("[data-stream]", "live");
    assertThat(browser.query()).doesNotContain("at=");
  }

  @Test
  @DisplayName("Single keys do nothing in a field, and can be switched off")
  void singleKeysAreOffInFieldsAndCanBeSwitchedOff() {
    browser.open("?screen=logs");
    browser.press("/");
    browser.press("2");
    browser.press("t");
    assertThat(browser.text("main h1")).isEqualTo("Logs and traces");
    assertThat(browser.js("return document.activeElement.value")).isEqualTo("2t");

    browser.js("localStorage.setItem('twinloom.keys', 'off'); return ''");
    browser.reload();
    browser.press("2");
    assertThat(browser.text("main h1")).isEqualTo("Logs and traces");
    browser.js("localStorage.removeItem('twinloom.keys'); return ''");
  }

  @Test
  void aLayerIsMovedWithArrowsInTheWhatIf() {
    browser.open("?screen=plan");
    browser.see("[data-block=l3_cold]");
    browser.js("document.querySelector('[data-block=l3_cold]').focus(); return ''");
    browser.press(Keys.ARROW_DOWN);
    browser.awaitText("aside", "\"layer_3_cold_provider\": \"azure\"");
    assertThat(browser.query()).contains("move=l3_cold");
  }

  @Test
  void theViewIsFrozenAndGoesOnWithP() {
    browser.press("p");
    browser.awaitText("[data-stream]", "frozen at");
    String frozen = browser.text("[data-term=published]");
    page.twin()
        .run("send", GreenhousePage.PROJECT, "--device", "tank", "--wait", "{\"level\": 1.2}");
    assertThat(browser.text("[data-term=published]")).isEqualTo(frozen);
    browser.press("p");
    browser.awaitText("[data-stream]", "live");
    await().until(() -> !browser.text("[data-term=published]").equals(frozen));
  }
}
