package io.twinloom.packaging;

import io.twinloom.runner.forms.UserCodeForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a {@code requirements.txt}, as far as Twinloom must understand them: the rest is
 * pip's own matter.
 *
 * @see <a href="https://pip.pypa.io/en/stable/reference/requirements-file-format/">pip: the format
 *     of requirements files</a>
 */
public final class RequirementLines {

  /** Packages that workers bring, and the clouds whose form of code they are for. */
  private static final Set<String> BROUGHT = UserCodeForms.pythonLibraries();

  /** A name, and what may follow it; an address, a path or a repository begins otherwise. */
  private static final Pattern NAME =
      Pattern.compile(
          "^\\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(?:\\[[^\\]]*\\])?\\s*"
              + "(?:$|[<>=!~;@(#]|--)");

  private static final Pattern FILE = Pattern.compile("(?i).*\\.(whl|zip|tar\\.gz|tgz)$");

  private RequirementLines() {}

  /**
   * A line, joined with those that continue it.
   *
   * @param name the package's name in its normal form, where the line asks for one by its name
   */
  public record Line(String text, Optional<String> name) {

    /** Whether it is a setting for pip, such as another index. */
    public boolean isOption() {
      return text.strip().startsWith("-") && !isInclusion();
    }

    /** Whether it asks for what another file says, or for a folder that is being worked on. */
    public boolean isInclusion() {
      return text.strip().matches("(-r|-e|--requirement|--editable)\\b.*");
    }

    /** Whether workers bring it. */
    public boolean isBrought() {
      return name.filter(BROUGHT::contains).isPresent();
    }
  }

  /** The lines that say something. */
  public static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.replaceAll("\\\\\\R", " ").lines().toList()) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        lines.add(new Line(line, name(line)));
      }
    }
    return lines;
  }

  private static Optional<String> name(String line) {
    Matcher matcher = NAME.matcher(line);
    return matcher.find() && !FILE.matcher(matcher.group(1)).matches()
        ? Optional.of(normal(matcher.group(1)))
        : Optional.empty();
  }

  /** PEP 503: runs of the three separators are one. */
  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }
}
