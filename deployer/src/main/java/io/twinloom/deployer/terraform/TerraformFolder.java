package io.twinloom.deployer.terraform;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Terraform at work in one folder. A method returns when its command is done; one command at a
 * time. When the thread is interrupted, or {@link #cancel} is called, Terraform is asked to end in
 * order, and the method then throws {@code TL-TERRAFORM-CANCELLED}: what was made by then is in the
 * state, and another {@link #plan} and {@link #apply} go on from there.
 */
public final class TerraformFolder implements TerraformWork {

  /** The plan's file; it holds secrets, and is removed when it was applied. */
  private static final String PLAN = "twinloom.tfplan";

  /** Another run may hold the state for a moment, such as one that is just ending. */
  private static final String LOCK = "-lock-timeout=30s";

  private static final Pattern MODULE = Pattern.compile("module\\.([a-z0-9_]+)\\.");

  private static final String NO_INPUT = "-input=false";

  private final TerraformProcess process;
  private final Path folder;
  private final Redaction redaction;
  private final Progress progress;
  private final TerraformParts parts;

  TerraformFolder(
      TerraformProcess process,
      Path folder,
      Redaction redaction,
      Progress progress,
      TerraformParts parts) {
    this.process = process;
    this.folder = folder;
    this.redaction = redaction;
    this.progress = progress;
    this.parts = parts;
  }

  /** Fetches the providers and opens the state; quick where both are there. */
  public void init() {
    progress.step("preparing Terraform and its providers");
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    int exit = process.run(List.of("init", NO_INPUT, "-no-color"), said::add, said::add);
    if (exit != 0) {
      throw failed("init", TextDiagnostics.of(said), said);
    }
  }

  /** Checks the files without asking a cloud. */
  public void validate() {
    JsonObject result = json(List.of("validate", "-json"), false);
    List<Diagnostic> errors = new ArrayList<>();
    result.array("diagnostics").ifPresent(all -> all.forEach(d -> Diagnostic.of(d, errors::add)));
    if (errors.stream().anyMatch(Diagnostic::isError)) {
      throw failed("validate", errors, List.of());
    }
  }

  @Override
  public PlannedChanges plan() {
    return plan(List.of());
  }

  /** Finds out what {@link #destroy} would remove. */
  public PlannedChanges planDestroy() {
    return plan(List.of("-destroy"));
  }

  @Override
  public List<StoredData> stored() {
    return state().stored();
  }

  @Override
  public PlannedChanges planDestroy(List<StoredData> kept) {
    if (kept.isEmpty()) {
      return planDestroy();
    }
    List<String> targets = state().besides(kept);
    if (targets.isEmpty()) {
      return new PlannedChanges(List.of());
    }
    List<String> options = new ArrayList<>(List.of("-destroy"));
    targets.forEach(address -> options.add("-target=" + address));
    return plan(options);
  }

  @Override
  public boolean unprotect(List<StoredData> data) {
    String names =
        Json.text(JsonArray.ofTexts(data.stream().map(StoredData::id).sorted().toList()));
    List<String> options = new ArrayList<>(List.of("-var=unprotected=" + names));
    data.forEach(one -> options.add("-target=" + one.address()));
    PlannedChanges changes = plan(options);
    if (changes.isEmpty()) {
      return false;
    }
    apply();
    return true;
  }

  private StateResources state() {
    return StateResources.of(json(List.of("show", "-json"), true), parts);
  }

  @Override
  public List<PlannedChanges.Change> besideTokens() {
    return TokenChanges.others(json(List.of("show", "-json", PLAN), true), parts);
  }

  private PlannedChanges plan(List<String> more) {
    progress.step("asking the clouds what is there");
    List<String> arguments =
        new ArrayList<>(List.of("plan", NO_INPUT, "-json", LOCK, "-out=" + PLAN));
    arguments.addAll(more);
    JsonUi ui = new JsonUi(Progress.SILENT, parts);
    run("plan", arguments, ui);
    return ui.changes();
  }

  @Override
  public void apply() {
    try {
      run("apply", List.of("apply", NO_INPUT, "-json", LOCK, PLAN), new JsonUi(progress, parts));
    } finally {
      forgetPlan();
    }
  }

  /** Removes all that the state knows of. */
  public void destroy() {
    planDestroy();
    apply();
  }

  private void forgetPlan() {
    try {
      Files.deleteIfExists(folder.resolve(PLAN));
    } catch (IOException e) {
      progress.step("the plan's file cannot be removed: " + folder.resolve(PLAN));
    }
  }

  @Override
  public JsonObject outputs() {
    JsonObject.Builder values = JsonObject.builder();
    for (Map.Entry<String, JsonValue> output :
        json(List.of("output", "-json"), true).members().entrySet()) {
      if (output.getValue() instanceof JsonObject o && o.get("value") instanceof JsonValue value) {
        values.put(output.getKey(), value);
      }
    }
    return values.build();
  }

  @Override
  public int managed() {
    return (int) addresses().stream().filter(line -> !line.contains("data.")).count();
  }

  /** The modules of the root that the state has anything of. */
  public Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    for (String address : addresses()) {
      Matcher module = MODULE.matcher(address);
      if (module.lookingAt()) {
        modules.add(module.group(1));
      }
    }
    return modules;
  }

  private List<String> addresses() {
    List<String> lines = new ArrayList<>();
    List<String> errors = Collections.synchronizedList(new ArrayList<>());
    int exit = process.run(List.of("state", "list"), lines::add, errors::add);
    if (exit != 0 && errors.stream().noneMatch(line -> line.contains("No state file was found"))) {
      throw failed("state", TextDiagnostics.of(errors), errors);
    }
    return lines;
  }

  /** Asks what runs to end in order; again: at once. May be called by any thread. */
  public void cancel() {
    process.cancel();
  }

  private JsonObject json(List<String> arguments, boolean mustSucceed) {
    StringBuilder text = new StringBuilder();
    List<String> errors = Collections.synchronizedList(new ArrayList<>());
    int exit = process.run(arguments, line -> text.append(line).append('\n'), errors::add);
    try {
      if (exit == 0 || !mustSucceed) {
        return Json.parseObject(text.toString().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      errors.add("its answer is not valid JSON");
    }
    throw failed(arguments.getFirst(), TextDiagnostics.of(errors), errors);
  }

  private void run(String command, List<String> arguments, JsonUi ui) {
    List<String> errors = Collections.synchronizedList(new ArrayList<>());
    int exit = process.run(arguments, ui::line, errors::add);
    if (exit != 0) {
      errors.addAll(ui.others());
      throw failed(command, ui.diagnostics(), errors);
    }
  }

  private TwinloomException failed(
      String command, List<Diagnostic> diagnostics, List<String> others) {
    if (process.isCancelled()) {
      return new TwinloomException(
          DeployerError.TERRAFORM_CANCELLED,
          "Terraform's " + command + " was interrupted.",
          folder.toString(),
          "Deploy again to go on from here, or destroy to remove what was made.");
    }
    return Failures.of(command, diagnostics, others, folder, redaction, parts);
  }
}
