package io.twinloom.model.reading;

import io.twinloom.json.JsonObject;
import io.twinloom.json.Located;
import io.twinloom.model.CloudSettings;
import io.twinloom.model.CloudSettings.Admin;
import io.twinloom.model.Connections;
import io.twinloom.model.Features;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.Names;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.UserCode;
import io.twinloom.model.condition.ComponentPaths;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a project and finds everything that is wrong with it in one go. Whether user code compiles
 * is not looked at here.
 */
public final class ProjectReader {
  private final FileLoader loader;
  private final List<Problem> problems = new ArrayList<>();
  private final CloudProblems onClouds = new CloudProblems(problems);

  private ProjectReader(ProjectFiles files) {
    this.loader = new FileLoader(files, problems);
    problems.addAll(files.problems());
  }

  /**
   * Reads the project in this folder or ZIP; one that cannot be opened is a problem too.
   *
   * @see ProjectSource#open
   */
  public static Reading read(Path source) {
    try (ProjectFiles files = ProjectSource.open(source)) {
      return read(files);
    } catch (TwinloomException e) {
      return new Reading(Optional.empty(), List.of(), List.of(Problem.of(e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a project; never throws for what its files hold. */
  public static Reading read(ProjectFiles files) {
    return new ProjectReader(files).read();
  }

  /** Whether a project can have a configuration file of this path. */
  public static boolean isConfiguration(String path) {
    return KnownFiles.isConfiguration(path);
  }

  private Reading read() {
    Located configRoot = required(ConfigFile.PATH);
    TwinConfig config =
        configRoot == null ? null : ConfigFile.read(configRoot, loader.problems(ConfigFile.PATH));
    Located providersRoot = required(ProvidersFile.PATH);
    ProvidersFile.Found providers =
        providersRoot == null
            ? ProvidersFile.Found.NOTHING
            : ProvidersFile.read(providersRoot, loader.problems(ProvidersFile.PATH));
    Located devicesRoot = required(DevicesFile.PATH);
    KnownDevices devices =
        devicesRoot == null
            ? KnownDevices.NOTHING
            : DevicesFile.read(devicesRoot, loader.problems(DevicesFile.PATH));
    Located optimization = loader.json(OptimizationFile.PATH);
    Features features =
        optimization != null
            ? OptimizationFile.read(optimization, loader.problems(OptimizationFile.PATH))
            : loader.has(OptimizationFile.PATH) ? null : Features.NONE;
    Hierarchy hierarchy =
        HierarchyFiles.read(loader, providers.l4(), config == null ? "" : config.name(), devices);

    CodeFolders folders = providers.l2() == null ? null : new CodeFolders(loader, providers.l2());
    List<UserCode> code = new ArrayList<>();
    List<String> withCode = processors(folders, devices, code);
    EventsFile.Found events = events(folders, devices, features, hierarchy);
    code.addAll(events.code());
    if (folders != null) {
      folders.feedback().ifPresent(code::add);
      if (devices.known()) {
        folders.warnOfUnused(devices.ids(), events.functions().keySet());
      }
    }
    Located payloadsRoot = loader.json(PayloadsFile.PATH);
    List<JsonObject> payloads =
        payloadsRoot == null
            ? List.of()
            : PayloadsFile.read(payloadsRoot, devices, loader.problems(PayloadsFile.PATH));
    CloudSettings clouds = clouds(providers, features, events.runsWorkflow());
    KnownFiles.warnOfOthers(loader);
    if (config != null) {
      reportCollisions(config.name(), devices, withCode, events);
    }
    Placement placement = providers.whole();
    if (config == null
        || placement == null
        || hierarchy == null
        || features == null
        || isInvalid()) {
      return new Reading(Optional.empty(), code, ProblemOrder.sorted(problems));
    }
    Project project =
        new Project(
            config,
            placement,
            Project.Fleet.of(devices.devices()),
            new Project.Automation(events.rules(), features),
            hierarchy,
            code,
            payloads,
            clouds);
    return new Reading(Optional.of(project), code, ProblemOrder.sorted(problems));
  }

  private @Nullable Located required(String path) {
    if (!loader.has(path)) {
      loader
          .problems(path)
          .fileError(
              ModelError.FILE_MISSING,
              "The file " + path + " is missing.",
              "Add it to the project's root; 'twinloom init DIR' writes one to start from."
                  + KnownFiles.renamed(loader, path));
      return null;
    }
    return loader.json(path);
  }

  /** Adds the processors' code; returns the devices that have one of their own. */
  private static List<String> processors(
      @Nullable CodeFolders folders, KnownDevices devices, List<UserCode> code) {
    List<String> withCode = new ArrayList<>();
    if (folders == null) {
      return withCode;
    }
    for (String device : devices.ids()) {
      Optional<UserCode> own = folders.processor(device);
      if (own.isPresent()) {
        code.add(own.get());
        withCode.add(device);
      }
    }
    Optional<UserCode> shared = folders.defaultProcessor();
    if (shared.isPresent()) {
      code.add(shared.get());
    }
    return withCode;
  }

  private EventsFile.Found events(
      @Nullable CodeFolders folders,
      KnownDevices devices,
      @Nullable Features features,
      @Nullable Hierarchy hierarchy) {
    Located root = loader.json(EventsFile.PATH);
    if (root == null) {
      return EventsFile.Found.NOTHING;
    }
    RulePaths paths =
        hierarchy == null || !devices.known()
            ? null
            : new RulePaths(ComponentPaths.of(hierarchy, devices.devices()), devices);
    return EventsFile.read(
        root, devices, features, paths, folders, loader.problems(EventsFile.PATH));
  }

  private Connections connections(@Nullable Placement placement) {
    List<Problem> found = new ArrayList<>();
    FileLoader own = new FileLoader(loader.files(), found);
    Located root = own.json(ConnectionsFile.PATH);
    Connections connections =
        root == null
            ? Connections.NONE
            : ConnectionsFile.read(root, placement, own.problems(ConnectionsFile.PATH));
    onClouds.addOnlyReadThere(found);
    return connections;
  }

  private CloudSettings clouds(
      ProvidersFile.Found providers, @Nullable Features features, boolean runsWorkflow) {
    Located credentialsRoot = loader.json(CredentialsFile.PATH);
    Set<Provider> credentials =
        credentialsRoot == null
            ? Set.of()
            : CredentialsFile.read(credentialsRoot, loader.problems(CredentialsFile.PATH));
    Located userRoot = loader.json(UserFile.PATH);
    Admin admin = userRoot == null ? null : UserFile.read(userRoot, loader.problems(UserFile.PATH));
    Placement placement = providers.whole();
    if (placement != null) {
      findMissing(placement, features);
    }
    return new CloudSettings(
        WorkflowFiles.read(loader, runsWorkflow ? providers.l2() : null),
        Optional.ofNullable(admin),
        credentials,
        connections(placement),
        deployment(),
        onClouds.clouds());
  }

  private JsonObject deployment() {
    List<Problem> found = new ArrayList<>();
    FileLoader own = new FileLoader(loader.files(), found);
    Located root = own.json(DeploymentSettingsFile.PATH);
    JsonObject settings =
        root == null
            ? JsonObject.EMPTY
            : DeploymentSettingsFile.read(root, own.problems(DeploymentSettingsFile.PATH));
    onClouds.addOnlyReadThere(found);
    return settings;
  }

  /** What a deployment to the clouds will ask for, while the local target does without. */
  private void findMissing(Placement placement, @Nullable Features features) {
    Provider l5 = placement.l5().orElse(null);
    if (l5 != null && l5.conventions().viewNeedsAdmin() && !loader.has(UserFile.PATH)) {
      onClouds
          .onClouds(UserFile.PATH)
          .fileWarning(
              ModelError.USER_MISSING,
              "The file is missing: the dashboards of L5 on " + l5.id() + " will need an admin.",
              "Before deploying to the clouds, add it with admin_email, admin_first_name and"
                  + " admin_last_name.");
    }
    Provider l4 = placement.l4().orElse(null);
    if (features != null
        && features.needs3DModel()
        && l4 != null
        && l4.conventions().sceneFile().isPresent()) {
      List<Problem> found = new ArrayList<>();
      SceneFiles.check(l4, new FileLoader(loader.files(), found));
      onClouds.addOnlyReadThere(found);
    }
  }

  private void reportCollisions(
      String twin, KnownDevices devices, List<String> withCode, EventsFile.Found events) {
    List<String> named = new ArrayList<>(withCode);
    if (devices.ids().contains("default") && !named.contains("default")) {
      named.add("default");
    }
    for (Names.Collision collision : Names.collisions(twin, named, events.deployed())) {
      boolean isDevice = collision.subject() == Names.Subject.DEVICE;
      Located at =
          isDevice ? devices.places().get(collision.id()) : events.functions().get(collision.id());
      if (at != null) {
        loader
            .problems(isDevice ? DevicesFile.PATH : EventsFile.PATH)
            .error(
                ModelError.NAME_COLLISION,
                at,
                collision.what() + ".",
                isDevice
                    ? "Give the device another id."
                    : "Give the function another name, and its folder too.");
      }
    }
  }

  private boolean isInvalid() {
    for (Problem problem : problems) {
      if (problem.severity() == Problem.Severity.ERROR) {
        return true;
      }
    }
    return false;
  }
}
