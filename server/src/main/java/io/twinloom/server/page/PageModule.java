package io.twinloom.server.page;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module of the page, read as the page's modules are written: imports and exports stand at the
 * beginnings of lines, names are exported where they are made.
 *
 * @param path below the page's folder
 * @param imports statically imported modules, by the names that are taken of them; {@code *} stands
 *     for the whole module
 * @param exports by the names that others use, what they are called here
 * @param body what is left
 */
record PageModule(String path, List<Import> imports, Map<String, String> exports, String body) {

  /**
   * Of another module.
   *
   * @param from its path below the page's folder
   * @param names as a pattern of destructuring, such as <code>{a, b: c}</code>, or one name for the
   *     whole module
   */
  record Import(String from, String names) {}

  private static final String NAME = "[A-Za-z_$][A-Za-z0-9_$]*";

  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^import\\s+(?:\\{([^}]*)}|\\*\\s+as\\s+(" + NAME + "))\\s+from\\s+'([^']+)';\\s*$");

  private static final Pattern PASSED_ON =
      Pattern.compile("(?m)^export\\s*\\{([^}]*)}\\s*from\\s*'([^']+)';\\s*$");

  private static final Pattern MADE =
      Pattern.compile(
          "(?m)^export\\s+((?:async\\s+)?function\\s*\\*?|class|const)\\s+(" + NAME + ")");

  /** As a library's own build leaves it, at its end. */
  private static final Pattern LISTED = Pattern.compile("export\\s*\\{([^}]*)};?\\s*$");

  private static final Pattern RENAMED = Pattern.compile("\\s+as\\s+");

  PageModule {
    imports = List.copyOf(imports);
  }

  static PageModule read(String path, String source) {
    List<Import> imports = new ArrayList<>();
    Map<String, String> exports = new LinkedHashMap<>();
    String body =
        replaced(
            IMPORT,
            source,
            found -> {
              String whole = found.group(2);
              imports.add(
                  new Import(
                      resolved(path, found.group(3)),
                      whole == null ? pattern(pairs(found.group(1))) : whole));
              return "";
            });
    body =
        replaced(
            PASSED_ON,
            body,
            found -> {
              List<Pair> taken = new ArrayList<>();
              for (Pair pair : pairs(found.group(1))) {
                taken.add(new Pair(pair.name(), pair.name()));
                exports.put(pair.as(), pair.name());
              }
              imports.add(new Import(resolved(path, found.group(2)), pattern(taken)));
              return "";
            });
    body =
        replaced(
            MADE,
            body,
            found -> {
              exports.put(found.group(2), found.group(2));
              return found.group(1) + " " + found.group(2);
            });
    body =
        replaced(
            LISTED,
            body,
            found -> {
              pairs(found.group(1)).forEach(pair -> exports.put(pair.as(), pair.name()));
              return "";
            });
    return new PageModule(path, imports, exports, body);
  }

  /** What replaces a find. */
  private interface Replacement {
    String of(MatchResult found);
  }

  private static String replaced(Pattern pattern, String text, Replacement replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.of(found)));
  }

  /**
   * A name of a list.
   *
   * @param as what it is called afterwards
   */
  private record Pair(String name, String as) {

    /** As it stands in a pattern, or in an object with the same names. */
    String text() {
      return name.equals(as) ? name : name + ":" + as;
    }
  }

  private static List<Pair> pairs(String list) {
    List<Pair> pairs = new ArrayList<>();
    for (String entry : list.split(",", -1)) {
      if (!entry.isBlank()) {
        String[] names = RENAMED.split(entry.strip(), 2);
        pairs.add(new Pair(names[0], names[names.length - 1]));
      }
    }
    return pairs;
  }

  private static String pattern(List<Pair> pairs) {
    return "{" + pairs.stream().map(Pair::text).collect(joining(",")) + "}";
  }

  /** What others take of this module, as an object. */
  String exported() {
    return pattern(
        exports.entrySet().stream().map(e -> new Pair(e.getKey(), e.getValue())).toList());
  }

  /** Another module's path, by how this one names it. */
  static String resolved(String path, String named) {
    return Path.of(path).resolveSibling(named).normalize().toString().replace('\\', '/');
  }
}
