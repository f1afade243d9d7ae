package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check-credentials}: which permissions the clouds' credentials lack. */
@Command(
    name = "check-credentials",
    description = {
      "Say whose the clouds' credentials are and which permissions they lack, by layer; changes"
          + " nothing.",
      "",
      "  twinloom check-credentials my-twin"
    })
final class CheckCredentialsCommand extends ProjectCommand {

  @Option(
      names = "--policy",
      description =
          "Print instead what a deployer has to be allowed, as documents for the cloud's console,"
              + " limited to the twin's names and the account.")
  private boolean policy;

  @Override
  protected int run(Output output) throws Exception {
    return withProject(
        output,
        project ->
            policy
                ? new DeployerPolicies(terminal().environment(), output).print(project)
                : check(project, output));
  }

  private int check(PreparedProject project, Output output) {
    List<JsonValue> clouds = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    boolean ok = true;
    SortedMap<Provider, CloudSupport> supports = CloudSupport.all();
    for (Provider cloud : CloudTarget.cloudsOf(project.topology())) {
      CloudSupport support = supports.get(cloud);
      if (support == null) {
        ok = false;
        lines.add(cloud.id() + ": Twinloom cannot deploy there yet.");
        clouds.add(
            JsonObject.builder()
                .put("cloud", cloud.id())
                .put("ok", false)
                .put("error", DeployerError.CLOUD_NOT_THERE.code())
                .build());
        continue;
      }
      CloudCredentials given =
          CloudCredentials.of(project.source(), cloud, terminal().environment());
      try (CloudAccount account = support.open(given, terminal().clock())) {
        ok &= check(account, project, clouds, lines, output);
      } catch (TwinloomException e) {
        ok = false;
        lines.add(cloud.id() + ": " + output.paint(Paint.RED, e.what()) + "  [" + e.code() + "]");
        if (!e.where().isEmpty()) {
          lines.add("    at:  " + e.where());
        }
        lines.add("    fix: " + e.fix());
        clouds.add(
            JsonObject.builder()
                .put("cloud", cloud.id())
                .put("ok", false)
                .put("error", e.code())
                .put("message", e.what())
                .put("where", e.where())
                .put("fix", e.fix())
                .build());
      }
    }
    output.result(
        JsonObject.builder().put("ok", ok).put("clouds", new JsonArray(clouds)).build(), lines);
    return ok ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static boolean check(
      CloudAccount account,
      PreparedProject project,
      List<JsonValue> clouds,
      List<String> lines,
      Output output) {
    Identity identity = account.identity();
    lines.add(
        account.provider().id()
            + ": account "
            + identity.account()
            + " in "
            + identity.region()
            + ", as "
            + identity.principal());
    List<JsonValue> layers = new ArrayList<>();
    boolean ok = true;
    for (LayerPermissions layer : account.permissions(project)) {
      boolean complete = layer.missing().isEmpty();
      ok &= complete;
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s %-11s %d of %s",
              complete ? output.paint(Paint.GREEN, "✓") : output.paint(Paint.RED, "✗"),
              layer.layer().title(),
              layer.needed().size() - layer.missing().size(),
              Count.of(layer.needed().size(), "permission")));
      layer.missing().forEach(action -> lines.add("      missing: " + action));
      layers.add(
          JsonObject.builder()
              .put("layer", layer.layer().title())
              .put("needed", JsonArray.ofTexts(layer.needed()))
              .put("missing", JsonArray.ofTexts(layer.missing()))
              .build());
    }
    clouds.add(
        JsonObject.builder()
            .put("cloud", account.provider().id())
            .put("ok", ok)
            .put("account", identity.account())
            .put("principal", identity.principal())
            .put("region", identity.region())
            .put("layers", new JsonArray(layers))
            .build());
    return ok;
  }
}
