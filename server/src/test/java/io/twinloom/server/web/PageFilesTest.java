package io.twinloom.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.http.RequestHead;
import io.twinloom.json.Sha256;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.StaticFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The web page's files as they are: what is vendored, what they refer to, how large they are. */
class PageFilesTest {

  private static final Pattern STATIC_IMPORT = Pattern.compile("from '(\\.[^']+)'");
  private static final Pattern DYNAMIC_IMPORT = Pattern.compile("import\\('(\\.[^']+)'\\)");
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(web/[^\"]+)\"");

  /** Of Overview, and of any other screen opened by its address; compressed, in bytes. */
  private static final int FIRST_VIEW = 50_000;

  private static final int SCREEN = 56_000;

  /** Of all that is there, but for what a 3D scene needs. */
  private static final int WHOLE = 110_000;

  /** The names of screens in addresses, and the files that have them. */
  private static final List<String> SCREENS =
      List.of(
          "overview",
          "topology",
          "devices",
          "twin",
          "tiers",
          "events",
          "logs",
          "letters",
          "plan",
          "projects");

  private static final Pattern TAKEN = Pattern.compile("(?m)^import \\{[^}]*} from '\\./([^']+)'");

  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export\\s+(?:async\\s+)?(?:function|const|class)\\s+([\\w$]+)");

  private final StaticFiles served = new StaticFiles(Optional.empty());

  private final Path web = Path.of("src/main/resources/io/twinloom/server/web");

  @Test
  @DisplayName(
      "Every vendored file is the one whose digest is listed, and has its licence beside it")
  void vendoredFilesAreThoseOfTheList() throws IOException {
    Path vendor = web.resolve("vendor");
    Map<String, String> listed = new LinkedHashMap<>();
    for (String line : Files.readAllLines(vendor.resolve("SHA256SUMS"))) {
      String[] parts = line.split(" {2}", 2);
      listed.put(parts[1], parts[0]);
    }
    Set<String> there = new TreeSet<>();
    for (Path file : files(vendor)) {
      there.add(vendor.relativize(file).toString());
    }
    there.removeAll(Set.of("SHA256SUMS", "README.md"));

    assertThat(there).isEqualTo(new TreeSet<>(listed.keySet()));
    for (Map.Entry<String, String> file : listed.entrySet()) {
      assertThat(Sha256.hex(Files.readAllBytes(vendor.resolve(file.getKey()))))
          .as(file.getKey())
          .isEqualTo(file.getValue());
      String library = file.getKey().substring(0, file.getKey().indexOf('/'));
      assertThat(library).matches("[a-z-]+@\\d+\\.\\d+\\.\\d+");
      assertThat(vendor.resolve(library).resolve("LICENSE")).isRegularFile();
    }
  }

  @Test
  @DisplayName("Every file that the page refers to is there, and none is from another origin")
  void everyReferenceIsAFileOfThePage() throws IOException {
    for (Path file : ownFiles()) {
      String text = Files.readString(file);
      assertThat(text.replace("http://www.w3.org/2000/svg", ""))
          .as(web.relativize(file).toString())
          .doesNotContain("https://")
          .doesNotContain("http://");
      for (String name : imports(text, STATIC_IMPORT, DYNAMIC_IMPORT)) {
        assertThat(file.resolveSibling(name).normalize()).isRegularFile();
      }
      Matcher reference = REFERENCE.matcher(text);
      while (reference.find()) {
        assertThat(web.resolve(reference.group(1).substring("web/".length()))).isRegularFile();
      }
    }
  }

  @Test
  @DisplayName("The page needs no inline script or style, which its policy forbids")
  void theDocumentHasNeitherInlineScriptNorStyle() throws IOException {
    assertThat(Files.readString(web.resolve("index.html")))
        .doesNotContain("style=")
        .doesNotContain("<style")
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContainPattern("\\son[a-z]+=");
  }

  @Test
  @DisplayName("No file of the page makes markup of text")
  void nothingMakesMarkupOfText() throws IOException {
    for (Path file : ownFiles()) {
      assertThat(Files.readString(file))
          .as(web.relativize(file).toString())
          .doesNotContain("innerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("outerHTML")
          .doesNotContain("document.write")
          .doesNotContain("eval(");
    }
  }

  @Test
  @DisplayName("The first view of the page, as it is served, is below 50 KB compressed")
  void theFirstViewIsSmall() {
    assertThat(document()).contains("app.js", "app.css", "theme.js");
    assertThat(text("app.js")).doesNotContainPattern("(?m)^import ");
    assertThat(compressed(needed("overview"))).isLessThan(FIRST_VIEW);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("SCREENS")
  @DisplayName("All that a screen needs when it is opened by its address is below 56 KB compressed")
  void everyScreenIsSmall(String screen) {
    assertThat(text("app.js")).contains("import('./" + screen + ".js')");
    assertThat(compressed(needed(screen))).isLessThan(SCREEN);
  }

  @Test
  @DisplayName("All that is served, without the 3D scene, is below 110 KB compressed")
  void thePageIsSmall() {
    assertThat(compressed(whole())).isLessThan(WHOLE);
  }

  @Test
  @DisplayName("Every module of the page is in one of the scripts that are served")
  void everyModuleIsServed() throws IOException {
    StringBuilder served = new StringBuilder();
    whole().stream()
        .filter(file -> file.endsWith(".js") && !file.equals("theme.js"))
        .map(this::text)
        .forEach(served::append);
    for (Path file : ownFiles()) {
      String name = web.relativize(file).toString().replace('\\', '/');
      if (name.endsWith(".js") && !Set.of("theme.js", "docs.js").contains(name)) {
        Matcher made = EXPORT.matcher(Files.readString(file));
        while (made.find()) {
          assertThat(served).as(name).contains(made.group(1));
        }
      }
    }
    assertThat(served.toString())
        .doesNotContain("\n//")
        .doesNotContainPattern("from '\\./(?!(?:app|shared)\\.js)");
  }

  /** What the document itself refers to. */
  private Set<String> document() {
    Set<String> first = new TreeSet<>(Set.of("index.html"));
    Matcher reference = REFERENCE.matcher(text("index.html"));
    while (reference.find()) {
      first.add(reference.group(1).substring("web/".length()));
    }
    return first;
  }

  private Set<String> whole() {
    Set<String> whole = document();
    whole.add("parts.js");
    SCREENS.forEach(screen -> whole.addAll(needed(screen)));
    return whole;
  }

  private Set<String> needed(String screen) {
    Set<String> needed = document();
    add(screen + ".js", needed);
    if (!screen.equals("overview")) {
      needed.add("css/screens.css");
    }
    return needed;
  }

  /** A script with those that it takes from. */
  private void add(String script, Set<String> loaded) {
    if (loaded.add(script)) {
      TAKEN.matcher(text(script)).results().forEach(found -> add(found.group(1), loaded));
    }
  }

  @Test
  @DisplayName("Who works on the page gets its files as they are")
  void theFilesOfAFolderAreServedAsTheyAre() throws IOException {
    StaticFiles files = new StaticFiles(Optional.of(web));
    assertThat(files.file(asking(""), "index.html").body())
        .isEqualTo(Files.readAllBytes(web.resolve("index.html")));
    assertThat(files.file(asking(""), "main.js").body())
        .isEqualTo(Files.readAllBytes(web.resolve("main.js")));
  }

  private static ApiRequest asking(String encodings) {
    return new ApiRequest(
        "id",
        new RequestHead("GET", "/x", Map.of("accept-encoding", encodings), Map.of(), ""),
        Map.of(),
        new byte[0]);
  }

  private List<Path> ownFiles() throws IOException {
    return files(web).stream()
        .filter(f -> !web.relativize(f).startsWith("vendor"))
        .filter(f -> f.toString().matches(".*\\.(js|css|html|svg)"))
        .toList();
  }

  private static List<String> imports(String text, Pattern... patterns) {
    List<String> names = new ArrayList<>();
    for (Pattern pattern : patterns) {
      Matcher found = pattern.matcher(text);
      while (found.find()) {
        names.add(found.group(1));
      }
    }
    return names;
  }

  private String text(String file) {
    return new String(served.file(asking(""), file).body(), StandardCharsets.UTF_8);
  }

  private int compressed(Set<String> names) {
    return names.stream().mapToInt(f -> served.file(asking("gzip"), f).body().length).sum();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
