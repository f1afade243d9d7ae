package io.twinloom.server.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's modules in two files: what the first view needs, and the rest, which is asked for when
 * the first of it is shown. Files of a few kilobytes compress badly each by itself; together, and
 * without comments, they are two thirds of the bytes, and a twentieth of the requests.
 */
public final class PageBundle {

  /** What the first view needs. */
  static final String FIRST = "app.js";

  /** All other modules. */
  static final String REST = "rest.js";

  static final String STYLES = "app.css";

  private static final String ENTRY = "main.js";
  private static final String DOCUMENT = "index.html";

  private static final Pattern DYNAMIC = Pattern.compile("import\\('(\\.[^']+)'\\)");

  private static final Pattern STYLE_LINK =
      Pattern.compile("<link rel=\"stylesheet\" href=\"web/([^\"]+)\">\\s*");

  private static final Pattern PRELOAD =
      Pattern.compile("<link rel=\"modulepreload\" href=\"[^\"]+\">\\s*");

  private final UnaryOperator<String> files;
  private final Map<String, PageModule> first = new LinkedHashMap<>();
  private final Map<String, PageModule> rest = new LinkedHashMap<>();

  private PageBundle(UnaryOperator<String> files) {
    this.files = files;
  }

  /**
   * The files that are served instead of those that are there, by their paths.
   *
   * @param files a file's text by its path below the page's folder
   * @throws IllegalArgumentException if a module is not written as the page's are
   */
  public static Map<String, String> of(UnaryOperator<String> files) {
    PageBundle bundle = new PageBundle(files);
    bundle.read(ENTRY, bundle.first, new LinkedHashSet<>());
    List<PageModule> open = new ArrayList<>(bundle.first.values());
    while (!open.isEmpty()) {
      for (String shown : bundle.shownLater(open.removeLast())) {
        if (!bundle.isRead(shown)) {
          Map<String, PageModule> before = new LinkedHashMap<>(bundle.rest);
          bundle.read(shown, bundle.rest, new LinkedHashSet<>());
          bundle.rest.values().stream()
              .filter(module -> !before.containsKey(module.path()))
              .forEach(open::add);
        }
      }
    }
    return bundle.made();
  }

  private Map<String, String> made() {
    Map<String, String> made = new LinkedHashMap<>();
    String document = files.apply(DOCUMENT);
    StringBuilder styles = new StringBuilder();
    Matcher link = STYLE_LINK.matcher(document);
    while (link.find()) {
      styles.append(StyleText.strip(files.apply(link.group(1))));
    }
    made.put(FIRST, text(first, "") + "export {" + String.join(",", names(first)) + "};\n");
    made.put(
        REST,
        text(rest, "import {" + String.join(",", names(first)) + "} from './" + FIRST + "';\n")
            + "export {"
            + String.join(",", names(rest))
            + "};\n");
    made.put(STYLES, styles.toString());
    made.put(
        DOCUMENT,
        PRELOAD
            .matcher(
                STYLE_LINK
                    .matcher(document.replace("web/" + ENTRY, "web/" + FIRST))
                    .replaceAll("")
                    .replace(
                        "<script type=\"module\"",
                        "<link rel=\"stylesheet\" href=\"web/"
                            + STYLES
                            + "\">\n<script type=\"module\""))
            .replaceAll(""));
    return made;
  }

  private boolean isRead(String path) {
    return first.containsKey(path) || rest.containsKey(path);
  }

  /** Reads a module after those that it imports, as the language orders them. */
  private void read(String path, Map<String, PageModule> into, Set<String> importing) {
    if (isRead(path)) {
      return;
    }
    if (!importing.add(path)) {
      throw new IllegalArgumentException("Modules import each other: " + importing);
    }
    PageModule module = PageModule.read(path, files.apply(path));
    module.imports().forEach(other -> read(other.from(), into, importing));
    importing.remove(path);
    into.put(path, module);
  }

  /** The page's own modules that a module asks for when it needs them. */
  private List<String> shownLater(PageModule module) {
    return DYNAMIC
        .matcher(module.body())
        .results()
        .map(found -> PageModule.resolved(module.path(), found.group(1)))
        .filter(path -> !path.startsWith("vendor/"))
        .toList();
  }

  private List<String> names(Map<String, PageModule> modules) {
    return modules.keySet().stream().map(this::name).toList();
  }

  /** What a module is called in the files that are made. */
  private String name(String path) {
    int index = List.copyOf(first.keySet()).indexOf(path);
    return index >= 0
        ? "$" + index
        : "$" + (first.size() + List.copyOf(rest.keySet()).indexOf(path));
  }

  private String text(Map<String, PageModule> modules, String head) {
    StringBuilder text = new StringBuilder(head);
    modules
        .values()
        .forEach(
            module -> {
              text.append("const ").append(name(module.path())).append("=(()=>{");
              module
                  .imports()
                  .forEach(
                      other ->
                          text.append("const ")
                              .append(other.names())
                              .append('=')
                              .append(name(other.from()))
                              .append(';'));
              text.append(ScriptText.strip(later(module)));
              text.append("\nreturn ").append(module.exported()).append("})();\n");
            });
    return text.toString();
  }

  /** A module's body in which what is shown later is asked for where it is now. */
  private String later(PageModule module) {
    return DYNAMIC
        .matcher(module.body())
        .replaceAll(
            found -> {
              String path = PageModule.resolved(module.path(), found.group(1));
              return Matcher.quoteReplacement(
                  path.startsWith("vendor/")
                      ? "import('./" + path + "')"
                      : first.containsKey(path)
                          ? "Promise.resolve(" + name(path) + ")"
                          : "import('./" + REST + "').then((all) => all." + name(path) + ")");
            });
  }
}
