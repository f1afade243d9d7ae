package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.testkit.tool.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium on the web page of a running twin. Tests that need it are skipped where it is absent.
 */
final class PageBrowser implements AutoCloseable {

  /** What a browser that looks for nothing outside says to its own address bar and icons. */
  private static final List<String> LOCAL_SCHEMES = List.of("data:", "blob:", "about:", "chrome:");

  /**
   * Selenium warns of each Chromium that is newer than it; what needs its version is not used here.
   */
  private static final List<Logger> QUIET =
      Stream.of("org.openqa.selenium.devtools", "org.openqa.selenium.chromium")
          .map(Logger::getLogger)
          .peek(logger -> logger.setLevel(Level.SEVERE))
          .toList();

  private final ChromeDriver driver;
  private final URI address;
  private final List<String> requested = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private PageBrowser(ChromeDriver driver, URI address) {
    this.driver = driver;
    this.address = address;
  }

  /** Starts it, 1440 by 900, and opens the page of a twin. */
  static PageBrowser on(ForegroundTwin twin) throws IOException {
    return at(api(twin));
  }

  /** Starts it, 1440 by 900, and opens the page of a server. */
  static PageBrowser at(URI address) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Tool.command("chromium").toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Tool.command("chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    PageBrowser browser = new PageBrowser(new ChromeDriver(service, options), address);
    browser.size(1440, 900);
    browser.open("");
    return browser;
  }

  private static URI api(ForegroundTwin twin) throws IOException {
    return URI.create(
        Json.parseObject(Files.readAllBytes(twin.endpoints())).text("api").orElseThrow());
  }

  /** The server's address. */
  URI address() {
    return address;
  }

  /** The page's address with a query, which begins with a question mark. */
  void open(String query) {
    driver.get(address.resolve("/") + query);
    see("main h1");
  }

  /** As if the reader pressed reload. */
  void reload() {
    driver.navigate().refresh();
    see("main h1");
  }

  void size(int width, int height) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /**
   * @param scheme light or dark
   */
  void theme(String scheme) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private void cdp(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** The first element of a CSS selector, once it is there. */
  WebElement see(String selector) {
    List<WebElement> found = new ArrayList<>();
    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              found.clear();
              found.addAll(driver.findElements(By.cssSelector(selector)));
              assertThat(found)
                  .as(() -> selector + " in " + text("body") + problems())
                  .isNotEmpty();
            });
    return found.getFirst();
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** The text that a reader sees of the first such element; empty where there is none. */
  String text(String selector) {
    return js(
        "const e = document.querySelector(arguments[0]); return e ? e.innerText : '';", selector);
  }

  /** Waits until the text of an element matches a regular expression. */
  void awaitText(String selector, String pattern) {
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(text(selector))
                    .as(() -> selector + problems())
                    .containsPattern(pattern));
  }

  /** Waits until a script returns true. */
  void awaitTrue(String script, Object... arguments) {
    await().ignoreExceptions().until(() -> js(script, arguments).equals("true"));
  }

  void click(String selector) {
    js("document.querySelector(arguments[0]).click(); return '';", selector);
  }

  /** Keys for whatever has the focus. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Presses the Tab key so often. */
  void tab(int times) {
    Actions keys = new Actions(driver);
    for (int i = 0; i < times; i++) {
      keys.sendKeys(Keys.TAB);
    }
    keys.perform();
  }

  void type(String selector, String text) {
    see(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  /** What a script returns, as text. */
  String js(String script, Object... arguments) {
    return String.valueOf(driver.executeScript(script, arguments));
  }

  /** Presses the button or link whose text begins so, once it is there. */
  void clickText(String text) {
    awaitTrue(
        """
        const wanted = arguments[0];
        const scope = document.querySelector('dialog[open]') ?? document;
        const found = [...scope.querySelectorAll('button, a')]
          .find(e => e.textContent.trim().startsWith(wanted) && !e.disabled);
        found?.click();
        return !!found;
        """,
        text);
  }

  /** Chooses a file in the open dialog. */
  void choose(Path file) {
    see("dialog[open] input[type=file]").sendKeys(file.toAbsolutePath().toString());
  }

  /** Runs a script in each page before its own, from the next one on. */
  void beforeEachPage(String script) {
    cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** The bytes of the page's heap that are in use once it was swept. */
  long heap() {
    cdp("HeapProfiler.collectGarbage", Map.of());
    Object used = driver.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize");
    return used instanceof Number number ? number.longValue() : 0;
  }

  /** What is after the question mark of the address. */
  String query() {
    return Optional.ofNullable(URI.create(driver.getCurrentUrl()).getRawQuery()).orElse("");
  }

  /** What is shown, as WebP. */
  byte[] webp() {
    Object data =
        driver
            .executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 82))
            .get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  /** Waits until two looks at the page's outline, a moment apart, are the same. */
  void settle() {
    String outline =
        "return document.querySelectorAll('main *').length + ' ' + !!document.querySelector('[aria-busy]')";
    String[] last = {""};
    await()
        .pollInterval(Duration.ofMillis(700))
        .until(
            () -> {
              String now = js(outline);
              boolean same = now.equals(last[0]) && now.endsWith("false");
              last[0] = now;
              return same;
            });
  }

  /** Violations of WCAG that axe finds on what is shown, one line each. */
  List<String> violations() {
    return AxeCore.violations(driver);
  }

  /**
   * Errors that the browser's console has: of scripts, of the policy, of files that are missing.
   */
  List<String> problems() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    return List.copyOf(complaints);
  }

  /** Forgets what the console has said: it was expected. */
  void forgetProblems() {
    problems();
    complaints.clear();
  }

  /** The addresses that were asked since the start, but for those of the page's own origin. */
  List<String> foreignRequests() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject message =
          Json.parseObject(entry.getMessage().getBytes(StandardCharsets.UTF_8))
              .object("message")
              .orElse(JsonObject.EMPTY);
      if (message.text("method").filter("Network.requestWillBeSent"::equals).isPresent()) {
        message
            .object("params")
            .flatMap(p -> p.object("request"))
            .flatMap(r -> r.text("url"))
            .ifPresent(requested::add);
      }
    }
    String origin = address.getScheme() + "://" + address.getAuthority() + "/";
    assertThat(requested).as("requests are recorded").anyMatch(url -> url.startsWith(origin));
    return requested.stream()
        .filter(url -> !url.startsWith(origin))
        .filter(url -> LOCAL_SCHEMES.stream().noneMatch(url::startsWith))
        .distinct()
        .toList();
  }

  /** Calls the REST interface as the page does. */
  JsonValue call(String method, String path, String body) {
    Object answer =
        driver.executeAsyncScript(
            """
            const [method, path, body, done] = arguments;
            fetch(path, {method, body: body || undefined,
                headers: body ? {'content-type': 'application/json'} : {}})
              .then(a => a.text()).then(done).catch(e => done(String(e)));
            """,
            method,
            path,
            body);
    String text = String.valueOf(answer);
    return text.startsWith("{")
        ? Json.parseObject(text.getBytes(StandardCharsets.UTF_8))
        : new JsonString(text);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
