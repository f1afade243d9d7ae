package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes of what Terraform complains of an error that says what to do. */
final class Failures {

  /** More errors than this are only counted: the first tell what is wrong. */
  private static final int SHOWN = 3;

  private static final int LONGEST = 600;

  private Failures() {}

  static TwinloomException of(
      String command,
      List<Diagnostic> diagnostics,
      List<String> others,
      Path folder,
      Redaction redaction,
      TerraformParts parts) {
    List<Diagnostic> errors = diagnostics.stream().filter(Diagnostic::isError).distinct().toList();
    if (errors.isEmpty()) {
      return broken(command, others, folder, redaction);
    }
    Diagnostic first =
        errors.stream()
            .filter(d -> parts.cause(d.text()).isPresent())
            .findFirst()
            .orElse(errors.getFirst());
    FailureCause cause = parts.cause(first.text()).orElse(TerraformCauses.OTHER);
    String more =
        errors.stream()
            .filter(d -> d != first)
            .limit(SHOWN - 1)
            .map(d -> " Also: " + line(redaction.of(where(d, parts) + ": " + d.text())))
            .collect(Collectors.joining());
    String rest = errors.size() > SHOWN ? " And " + (errors.size() - SHOWN) + " more." : "";
    return new TwinloomException(
        cause.code(),
        cause.what() + line(redaction.of(first.text())) + more + rest,
        where(first, parts),
        cause.fix(redaction.of(first.text())),
        cause.retryable(),
        null);
  }

  private static TwinloomException broken(
      String command, List<String> others, Path folder, Redaction redaction) {
    String said =
        others.stream().skip(Math.max(0, others.size() - 5)).collect(Collectors.joining(" "));
    return new TwinloomException(
        DeployerError.TERRAFORM_BROKEN,
        "Terraform's "
            + command
            + " ended without saying why."
            + (said.isBlank() ? "" : " Its last words: " + line(redaction.of(said))),
        folder.toString(),
        "Run it again; if it fails again, run terraform itself in that folder with TF_LOG=debug.");
  }

  private static String where(Diagnostic diagnostic, TerraformParts parts) {
    if (!diagnostic.address().isEmpty()) {
      return Resource.at(diagnostic.address(), parts).words() + " (" + diagnostic.address() + ")";
    }
    return diagnostic.place().isEmpty() ? "Terraform" : diagnostic.place();
  }

  private static String line(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    return cut.endsWith(".") || cut.endsWith("…") ? cut : cut + ".";
  }
}
