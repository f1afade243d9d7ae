package io.twinloom.packaging.bundle;

import io.twinloom.model.UserCode.Form;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.runner.forms.UserCodeForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The libraries that Python code asks pip for, in its {@code requirements.txt}.
 *
 * @param folder the code's, which may hold further files of requirements and wheels
 * @param text without those that are there anyway
 */
record Requirements(Path folder, String text) {

  /** The file's name. */
  static final String FILE = "requirements.txt";

  /** What code written for one cloud asks for: its cloud has it, and the others a stand-in. */
  private static final Set<String> BROUGHT = UserCodeForms.pythonLibraries();

  private static final Set<Form> CLOUD_FORMS = Set.of(Form.PYTHON_AZURE, Form.PYTHON_GOOGLE);
  private static final Pattern NAME = Pattern.compile("^\\s*([A-Za-z0-9][A-Za-z0-9._-]*)");

  /** The code's requirements, if it has any that pip must see to. */
  static Optional<Requirements> of(PreparedCode code) throws IOException {
    Path folder = code.path().getFirst();
    Path file = folder.resolve(FILE);
    if (!code.code().form().isPython() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    boolean brings = CLOUD_FORMS.contains(code.code().form());
    List<String> kept = new ArrayList<>();
    for (String line : logicalLines(Files.readString(file))) {
      if (!line.isBlank() && !line.strip().startsWith("#") && !(brings && isBrought(line))) {
        kept.add(line);
      }
    }
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(new Requirements(folder, String.join("\n", kept) + "\n"));
  }

  /** A backslash at a line's end goes on with the next, as with hashes. */
  private static List<String> logicalLines(String text) {
    return text.replaceAll("\\\\\\R", " ").lines().toList();
  }

  private static boolean isBrought(String line) {
    Matcher matcher = NAME.matcher(line);
    return matcher.find()
        && BROUGHT.contains(matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** The same one means that pip would be asked for the same. */
  String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint().add(text);
    for (Path file : files()) {
      fingerprint.add(file.getFileName().toString()).add(Files.readAllBytes(file));
    }
    return fingerprint.hex();
  }

  /** What lines of requirements may name: further files of them, and wheels. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.equals(folder.resolve(FILE)))
          .filter(f -> f.toString().endsWith(".txt") || f.toString().endsWith(".whl"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
