package io.twinloom.server.page;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's modules in a few files: what the first view needs, what each other screen needs beside
 * it, the parts that any screen may show, and what several of these share. A file is asked for when
 * the first of it is shown. Files of a few kilobytes compress badly each by itself; together, and
 * without comments, they are three quarters of the bytes, and a fifth of the requests.
 */
public final class PageBundle {

  /** What the first view needs. */
  static final String FIRST = "app.js";

  /** What any screen may show. */
  static final String PARTS = "parts.js";

  /** What more than one of the files beside the first needs. */
  static final String SHARED = "shared.js";

  static final String STYLES = "app.css";

  /** Of all screens but the first; has its own name, as a screen asks for it. */
  static final String LATER_STYLES = "css/screens.css";

  private static final String ENTRY = "main.js";
  private static final String DOCUMENT = "index.html";
  private static final String SCREENS = "screens/";

  private static final Pattern DYNAMIC = Pattern.compile("import\\('(\\.[^']+)'\\)");

  private static final Pattern STYLE_LINK =
      Pattern.compile("<link rel=\"stylesheet\" href=\"web/([^\"]+)\">\\s*");

  private static final Pattern PRELOAD =
      Pattern.compile("<link rel=\"modulepreload\" href=\"[^\"]+\">\\s*");

  private final UnaryOperator<String> files;

  /** By their paths, each after those that it imports. */
  private final Map<String, PageModule> modules = new LinkedHashMap<>();

  /** The file that has a module. */
  private final Map<String, String> fileOf = new LinkedHashMap<>();

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
    bundle.assign();
    Map<String, String> made = new LinkedHashMap<>();
    for (String file : new TreeSet<>(bundle.fileOf.values())) {
      made.put(file, bundle.script(file));
    }
    String document = files.apply(DOCUMENT);
    made.put(STYLES, bundle.styles(document));
    made.put(LATER_STYLES, StyleText.strip(files.apply(LATER_STYLES)));
    made.put(DOCUMENT, document(document));
    return made;
  }

  /** Reads all modules and says which file each of them is in. */
  private void assign() {
    read(ENTRY, new LinkedHashSet<>());
    modules.keySet().forEach(path -> fileOf.put(path, FIRST));
    Map<String, Set<String>> users = new TreeMap<>();
    Deque<PageModule> open = new ArrayDeque<>(modules.values());
    while (!open.isEmpty()) {
      for (String shown : shownLater(open.removeLast())) {
        List<PageModule> before = List.copyOf(modules.values());
        read(shown, new LinkedHashSet<>());
        modules.values().stream().filter(m -> !before.contains(m)).forEach(open::add);
        for (String needed : needs(shown, new LinkedHashSet<>())) {
          users.computeIfAbsent(needed, path -> new TreeSet<>()).add(named(shown));
        }
      }
    }
    users.forEach(
        (path, by) -> fileOf.putIfAbsent(path, by.size() == 1 ? by.iterator().next() : SHARED));
  }

  /** The file of what is shown later. */
  private static String named(String path) {
    return path.startsWith(SCREENS) ? path.substring(SCREENS.length()) : PARTS;
  }

  /** Reads a module after those that it imports, as the language orders them. */
  private void read(String path, Set<String> importing) {
    if (modules.containsKey(path)) {
      return;
    }
    if (!importing.add(path)) {
      throw new IllegalArgumentException("Modules import each other: " + importing);
    }
    PageModule module = PageModule.read(path, files.apply(path));
    module.imports().forEach(other -> read(other.from(), importing));
    importing.remove(path);
    modules.put(path, module);
  }

  /** A module with all that it imports. */
  private Set<String> needs(String path, Set<String> into) {
    if (into.add(path)) {
      module(path).imports().forEach(other -> needs(other.from(), into));
    }
    return into;
  }

  private PageModule module(String path) {
    PageModule module = modules.get(path);
    if (module == null) {
      throw new IllegalArgumentException("No module was read from " + path);
    }
    return module;
  }

  /** The page's own modules that a module asks for when it needs them. */
  private static List<String> shownLater(PageModule module) {
    return DYNAMIC
        .matcher(module.body())
        .results()
        .map(found -> PageModule.resolved(module.path(), found.group(1)))
        .filter(path -> !path.startsWith("vendor/"))
        .toList();
  }

  /** What a module is called in the files that are made. */
  private String name(String path) {
    return "$" + List.copyOf(modules.keySet()).indexOf(path);
  }

  private String names(Set<String> paths) {
    return modules.keySet().stream().filter(paths::contains).map(this::name).collect(joining(","));
  }

  private String script(String file) {
    Map<String, Set<String>> taken = new TreeMap<>();
    Set<String> own = new LinkedHashSet<>();
    StringBuilder text = new StringBuilder();
    for (PageModule module : modules.values()) {
      if (!file.equals(fileOf.get(module.path()))) {
        continue;
      }
      own.add(module.path());
      text.append("const ").append(name(module.path())).append("=(()=>{");
      for (PageModule.Import other : module.imports()) {
        String from = fileOf.getOrDefault(other.from(), FIRST);
        if (!from.equals(file)) {
          taken.computeIfAbsent(from, f -> new LinkedHashSet<>()).add(other.from());
        }
        text.append("const ").append(other.names()).append('=');
        text.append(name(other.from())).append(';');
      }
      text.append(ScriptText.strip(later(file, module)));
      text.append("\nreturn ").append(module.exported()).append("})();\n");
    }
    StringBuilder head = new StringBuilder();
    taken.forEach(
        (from, paths) ->
            head.append("import {" + names(paths) + "} from './").append(from).append("';\n"));
    return head.append(text).append("export {" + names(own) + "};\n").toString();
  }

  /** A module's body in which what is shown later is asked for where it is now. */
  private String later(String file, PageModule module) {
    return DYNAMIC
        .matcher(module.body())
        .replaceAll(
            found -> {
              String path = PageModule.resolved(module.path(), found.group(1));
              String from = fileOf.getOrDefault(path, path);
              return Matcher.quoteReplacement(
                  from.equals(path)
                      ? "import('./" + path + "')"
                      : from.equals(file)
                          ? "Promise.resolve(" + name(path) + ")"
                          : "import('./" + from + "').then((all) => all." + name(path) + ")");
            });
  }

  private String styles(String document) {
    StringBuilder styles = new StringBuilder();
    Matcher link = STYLE_LINK.matcher(document);
    while (link.find()) {
      styles.append(StyleText.strip(files.apply(link.group(1))));
    }
    return styles.toString();
  }

  private static String document(String document) {
    String linked =
        STYLE_LINK
            .matcher(document.replace("web/" + ENTRY, "web/" + FIRST))
            .replaceAll("")
            .replace(
                "<script type=\"module\"",
                "<link rel=\"stylesheet\" href=\"web/" + STYLES + "\">\n<script type=\"module\"");
    return PRELOAD.matcher(linked).replaceAll("");
  }
}
