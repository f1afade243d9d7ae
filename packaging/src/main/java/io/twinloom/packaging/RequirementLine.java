package io.twinloom.packaging;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a line of {@code requirements.txt} is ours to know; the rest is pip's.
 *
 * @see <a href="https://pip.pypa.io/en/stable/reference/requirements-file-format/">Requirements
 *     file format</a>
 */
public final class RequirementLine {

  /** Packages whose use by code in a cloud's form is served by that cloud, or by our stand-ins. */
  private static final Set<String> BROUGHT =
      Set.of("azure-functions", "functions-framework", "flask");

  private static final Pattern NAME = Pattern.compile("^\\s*([A-Za-z0-9][A-Za-z0-9._-]*)");

  private RequirementLine() {}

  /** The package that the line asks for by its name; empty for options, addresses and remarks. */
  public static Optional<String> name(String line) {
    Matcher matcher = NAME.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether code in a cloud's form has the package anyway. */
  public static boolean isBrought(String name) {
    return BROUGHT.contains(name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
