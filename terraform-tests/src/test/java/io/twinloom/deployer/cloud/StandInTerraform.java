package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.terraform.FailureCause;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.deployer.terraform.TerraformFiles;
import io.twinloom.deployer.terraform.TerraformPart;
import io.twinloom.deployer.terraform.TerraformParts;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.deployer.terraform.TerraformVariablesBuilder;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.Sha256;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.testkit.terraform.OfflineTerraform;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The real Terraform with AWS's HCL and, as a second cloud, a module of functions and stores alone.
 * What it plans and applies is noted, and a process that deploys can be killed around any apply.
 */
final class StandInTerraform implements Provisioner {

  static final TerraformPart PART =
      new TerraformPart(
          Set.of("aws_dynamodb_table", "aws_s3_bucket", "google_storage_bucket"),
          Map.of("aws_lambda_function", "function", "aws_dynamodb_table", "table"),
          Set.of("aws_s3_object"),
          List.<FailureCause>of());

  /** Those that run already for all of Terraform's commands. */
  static final List<String> PROVIDERS = List.of("aws", "awscc", "google");

  /** Thrown where the process is killed. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** An apply: the phase that it is of, and what it was to do. */
  record Applied(String phase, PlannedChanges changes) {}

  final List<Applied> applied = new ArrayList<>();

  /** The archives of the project that were uploaded, by their digests. */
  final Map<String, byte[]> uploads = new TreeMap<>();

  /** The process is killed at the next apply: before it, or once it is made. */
  Optional<Boolean> killedAfterwards = Optional.empty();

  /** A type whose things cannot be made, changed or removed. */
  Optional<String> failing = Optional.empty();

  private static TerraformProvisioner real() {
    return new TerraformProvisioner(
        OfflineTerraform.environment(), TerraformParts.of(List.of(PART)));
  }

  /**
   * With what the stand-ins are given: as credentials, since Terraform gets no other settings of a
   * user's environment. Those that fail are started by Terraform, as each command's own.
   */
  private Order with(Order order) {
    Map<String, String> more = new HashMap<>(order.credentials());
    more.putAll(
        failing
            .map(type -> Map.of("TFCHECK_VALUES", failure(type, order.folder())))
            .orElseGet(() -> OfflineTerraform.running(PROVIDERS)));
    return new Order(order.folder(), order.clouds(), more, order.secrets());
  }

  /** What the stand-ins of the providers read. */
  private static String failure(String type, Path folder) {
    try {
      return Files.writeString(
              folder.resolveSibling("failing.json"),
              "{\"" + type + "\": {\"$fail\": \"TwinMaker is busy\"}}")
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CloudVariables variables() {
    return (project, place, tokens, regions, apply, progress) ->
        new CloudVariables.Made(
            TerraformVariablesBuilder.project(
                    project.project(), project.topology(), place.terraform())
                .packages(packages(project.project(), project.topology()))
                .tokens(tokens)
                .regions(Map.of("aws", "eu-central-1"))
                .apply(apply)
                .make(),
            Optional.empty());
  }

  /** What is in a package decides its digest, as in a real one. */
  private static List<FunctionPackage> packages(Project project, Topology topology) {
    Map<String, FunctionPackage> packages = new LinkedHashMap<>();
    for (DeployedFunction f : topology.functions()) {
      String name = f.userCode().isPresent() ? f.name() : FunctionPackage.SYSTEM;
      String content =
          FunctionSettings.twinInfoFiles(project, topology, f.cloud()).toString() + name;
      packages.put(
          f.cloud().id() + "/" + name,
          new FunctionPackage(
              name,
              f.cloud(),
              Path.of("/packages").resolve(name + ".zip"),
              Sha256.hex(content.getBytes(StandardCharsets.UTF_8)),
              "java21",
              "handler"));
    }
    return List.copyOf(packages.values());
  }

  @Override
  public TerraformWork prepare(
      Order order,
      Placement placement,
      TerraformVariables variables,
      Optional<JsonObject> backend,
      Progress progress) {
    new TerraformFiles(order.folder()).write(placement, order.clouds(), variables, backend);
    writeSecondCloud(order.folder());
    JsonObject deployment = variables.open().object("deployment").orElse(JsonObject.EMPTY);
    JsonObject projects = variables.open().object("projects").orElse(JsonObject.EMPTY);
    return new Noted(
        real().reopen(with(order), progress),
        String.valueOf(deployment.get("phase")),
        () -> upload(order.folder(), projects));
  }

  private void upload(Path folder, JsonObject projects) {
    projects
        .members()
        .forEach(
            (digest, file) -> {
              try {
                uploads.put(
                    digest, Files.readAllBytes(folder.resolve(((JsonString) file).value())));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static void writeSecondCloud(Path folder) {
    try {
      Files.createDirectories(folder.resolve("google"));
      Files.write(folder.resolve("google/main.tf"), resource("google-module.tf"));
      Files.write(folder.resolve("google.tf"), resource("google-root.tf"));
      Files.writeString(
          folder.resolve("clouds.tf.json"),
          "{\"locals\": {\"clouds\": {\"aws\": \"${local.aws}\", \"google\": \"${local.google}\"}}}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            StandInTerraform.class.getResourceAsStream("/stand-in/" + name), name)) {
      return in.readAllBytes();
    }
  }

  @Override
  public JsonObject recorded(Order order, Optional<JsonObject> backend, Progress progress) {
    return real().recorded(with(order), backend, progress);
  }

  @Override
  public TerraformWork reopen(Order order, Progress progress) {
    return real().reopen(with(order), progress);
  }

  private final class Noted implements TerraformWork {
    private final TerraformWork work;
    private final String phase;
    private final Runnable upload;
    private PlannedChanges planned = new PlannedChanges(List.of());

    Noted(TerraformWork work, String phase, Runnable upload) {
      this.work = work;
      this.phase = phase;
      this.upload = upload;
    }

    @Override
    public PlannedChanges plan() {
      planned = work.plan();
      return planned;
    }

    @Override
    public PlannedChanges planDestroy(List<StoredData> kept) {
      return work.planDestroy(kept);
    }

    @Override
    public List<StoredData> stored() {
      return work.stored();
    }

    @Override
    public List<PlannedChanges.Change> besideTokens() {
      return work.besideTokens();
    }

    @Override
    public boolean unprotect(List<StoredData> data) {
      return work.unprotect(data);
    }

    @Override
    public void apply() {
      if (killedAfterwards.equals(Optional.of(false))) {
        killedAfterwards = Optional.empty();
        throw new Killed();
      }
      upload.run();
      work.apply();
      applied.add(new Applied(phase, planned));
      if (killedAfterwards.equals(Optional.of(true))) {
        killedAfterwards = Optional.empty();
        throw new Killed();
      }
    }

    @Override
    public JsonObject outputs() {
      return work.outputs();
    }

    @Override
    public int managed() {
      return work.managed();
    }
  }
}
