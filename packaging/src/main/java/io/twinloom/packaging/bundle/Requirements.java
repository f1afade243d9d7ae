package io.twinloom.packaging.bundle;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.text.UserText;
import io.twinloom.packaging.PackagingError;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.packaging.RequirementLines;
import io.twinloom.packaging.RequirementLines.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The libraries that Python code asks pip for, in its {@code requirements.txt}.
 *
 * @param folder the code's, which may hold further files of requirements and wheels
 * @param lines without those that are there anyway
 */
record Requirements(Path folder, List<Line> lines) {

  /** The file's name. */
  static final String FILE = "requirements.txt";

  private static final Set<Form> CLOUD_FORMS = Set.of(Form.PYTHON_AZURE, Form.PYTHON_GOOGLE);

  Requirements {
    lines = List.copyOf(lines);
  }

  /** The code's requirements, if it has any that pip must see to. */
  static Optional<Requirements> of(PreparedCode code) throws IOException {
    Path folder = code.path().getFirst();
    Path file = folder.resolve(FILE);
    if (!code.code().form().isPython() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    boolean brings = CLOUD_FORMS.contains(code.code().form());
    List<Line> kept =
        RequirementLines.of(text(file, code.code().folder())).stream()
            .filter(line -> !(brings && line.isBrought()))
            .toList();
    return kept.isEmpty() ? Optional.empty() : Optional.of(new Requirements(folder, kept));
  }

  private static String text(Path file, String folder) throws IOException {
    try {
      return UserText.declared(Files.readAllBytes(file));
    } catch (UserText.EncodingException e) {
      throw new TwinloomException(
          PackagingError.CODE_ENCODING,
          e.what(),
          folder + "/" + FILE,
          "Save the file as UTF-8.",
          e);
    }
  }

  /** Those of some lines. */
  Requirements only(List<Line> some) {
    return new Requirements(folder, some);
  }

  /** The file for pip; where it says nothing else, pip takes the locale's encoding. */
  byte[] file() {
    String text = text();
    boolean plain = text.chars().allMatch(c -> c < 0x80);
    return ((plain ? "" : "# -*- coding: utf-8 -*-\n") + text).getBytes(StandardCharsets.UTF_8);
  }

  private String text() {
    return lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
  }

  /** The same one means that pip would be asked for the same. */
  String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint().add(text());
    for (Path file : files()) {
      fingerprint.add(file.getFileName().toString()).add(Files.readAllBytes(file));
    }
    return fingerprint.hex();
  }

  /** Puts what pip reads into a folder to run it in. */
  void copyTo(Path work) throws IOException {
    for (Path file : files()) {
      Path copy = work.resolve(folder.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Files.write(work.resolve(FILE), file());
  }

  /** What lines of requirements may name: further files of them, and wheels. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.equals(folder.resolve(FILE)))
          .filter(f -> f.toString().endsWith(".txt") || f.toString().endsWith(".whl"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
