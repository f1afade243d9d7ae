package io.twinloom.deployer.terraform;

import io.twinloom.deployer.Progress;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads Terraform's machine-readable output, one JSON object a line: what is planned, what was
 * made, what went wrong.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/machine-readable-ui">
 *     Machine-readable UI</a>
 */
final class JsonUi {

  /** Steps that take long are reported in such fractions of the whole. */
  private static final int PARTS = 10;

  private final Progress progress;
  private final TerraformParts parts;
  private final List<PlannedChanges.Change> changes = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private int planned;
  private int done;

  JsonUi(Progress progress, TerraformParts parts) {
    this.progress = progress;
    this.parts = parts;
  }

  PlannedChanges changes() {
    return new PlannedChanges(changes);
  }

  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** Lines that are not JSON: what a crash leaves. */
  List<String> others() {
    return List.copyOf(others);
  }

  void line(String line) {
    JsonObject message = parse(line);
    switch (message.text("type").orElse("")) {
      case "planned_change" -> message.object("change").ifPresent(this::plannedChange);
      case "diagnostic" ->
          Optional.ofNullable(message.get("diagnostic"))
              .ifPresent(d -> Diagnostic.of(d, diagnostics::add));
      case "apply_complete" -> message.object("hook").ifPresent(this::complete);
      case "apply_start" -> message.object("hook").ifPresent(hook -> planned++);
      default -> {}
    }
  }

  private JsonObject parse(String line) {
    try {
      JsonValue value = Json.parse(line);
      if (value instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      if (!line.isBlank()) {
        others.add(line);
      }
    }
    return JsonObject.EMPTY;
  }

  private void plannedChange(JsonObject change) {
    Optional<PlannedChanges.Action> action =
        switch (change.text("action").orElse("")) {
          case "create" -> Optional.of(PlannedChanges.Action.ADD);
          case "update" -> Optional.of(PlannedChanges.Action.CHANGE);
          case "delete" -> Optional.of(PlannedChanges.Action.REMOVE);
          case "replace" -> Optional.of(PlannedChanges.Action.REPLACE);
          default -> Optional.empty();
        };
    action.ifPresent(
        a ->
            change
                .object("resource")
                .map(r -> Resource.of(r, parts))
                .ifPresent(r -> changes.add(new PlannedChanges.Change(a, r))));
  }

  private void complete(JsonObject hook) {
    done++;
    Resource resource =
        hook.object("resource").map(r -> Resource.of(r, parts)).orElse(Resource.UNKNOWN);
    String verb =
        switch (hook.text("action").orElse("").toLowerCase(Locale.ROOT)) {
          case "delete" -> "removed ";
          case "update" -> "changed ";
          default -> "made ";
        };
    if (resource.isNotable()) {
      progress.step(verb + resource.words());
    } else if (done % (10 * PARTS) == 0) {
      progress.step(done + " things done, " + Math.max(0, planned - done) + " under way");
    }
  }
}
