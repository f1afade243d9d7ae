package io.twinloom.packaging.bundle;

import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.runner.forms.UserCodeForm;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a twin uploads to its clouds.
 *
 * @param packages for each cloud that of the system functions first, then those of user functions
 *     in the topology's order
 * @param missing the clouds whose system functions have no package, and why
 */
public record TwinPackages(
    List<FunctionPackage> packages, Map<Provider, TwinloomException> missing) {

  public TwinPackages {
    packages = List.copyOf(packages);
    missing = Collections.unmodifiableMap(new TreeMap<>(missing));
  }

  /**
   * Makes all packages.
   *
   * @param code of all user functions of the topology
   * @param artifacts what runs the system functions
   * @param project what the functions know of their twin
   * @param out gets a folder for each cloud with one archive a package
   * @throws TwinloomException if one cannot be made, or a cloud's artifact is missing
   */
  public static List<FunctionPackage> build(
      Topology topology,
      List<PreparedCode> code,
      SystemArtifacts artifacts,
      Project project,
      Path out,
      PackageMaker maker) {
    TwinPackages all = available(topology, code, artifacts, project, out, maker);
    if (!all.missing.isEmpty()) {
      throw all.missing.values().iterator().next();
    }
    return all.packages;
  }

  /**
   * The same, but where a cloud's artifact is missing the rest is made and the reason is reported.
   *
   * @throws TwinloomException if a package cannot be made
   */
  public static TwinPackages available(
      Topology topology,
      List<PreparedCode> code,
      SystemArtifacts artifacts,
      Project project,
      Path out,
      PackageMaker maker) {
    String twinInfo = FunctionSettings.twinInfo(project);
    List<FunctionPackage> packages = new ArrayList<>();
    Map<Provider, TwinloomException> missing = new TreeMap<>();
    for (Provider cloud : clouds(topology)) {
      Optional<TwinloomException> why = artifacts.missing(cloud);
      if (why.isPresent()) {
        missing.put(cloud, why.get());
      } else {
        packages.add(
            system(
                cloud,
                artifacts,
                FunctionSettings.twinInfoFiles(project, topology, cloud),
                out,
                maker));
      }
      for (DeployedFunction function : topology.functions()) {
        if (function.cloud() == cloud && function.userCode().isPresent()) {
          packages.add(user(function, code, twinInfo, out, maker));
        }
      }
    }
    return new TwinPackages(packages, missing);
  }

  private static Set<Provider> clouds(Topology topology) {
    Set<Provider> clouds = new TreeSet<>();
    topology.functions().forEach(f -> clouds.add(f.cloud()));
    return clouds;
  }

  private static FunctionPackage system(
      Provider cloud,
      SystemArtifacts artifacts,
      SortedMap<String, String> twinInfos,
      Path out,
      PackageMaker maker) {
    PackageStore.Kept made = maker.system(artifacts.of(cloud), twinInfos);
    Path file = file(out, cloud, FunctionPackage.SYSTEM);
    made.copyTo(file);
    SystemArtifact artifact = Objects.requireNonNull(artifacts.known().get(cloud));
    return new FunctionPackage(
        FunctionPackage.SYSTEM, cloud, file, made.sha256(), artifact.runtime(), artifact.handler());
  }

  private static FunctionPackage user(
      DeployedFunction function,
      List<PreparedCode> code,
      String twinInfo,
      Path out,
      PackageMaker maker) {
    PreparedCode own =
        code.stream()
            .filter(c -> c.code().equals(function.userCode().orElseThrow()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no checked code of " + function.name()));
    Provider cloud = function.cloud();
    UserCodeForm form = RuntimeFiles.form(cloud);
    UserCodeForm.Runtime runtime = own.code().form().isPython() ? form.python() : form.java();
    PackageStore.Kept made = maker.user(cloud, own, twinInfo);
    Path file = file(out, cloud, function.cloudName());
    made.copyTo(file);
    return new FunctionPackage(
        function.name(), cloud, file, made.sha256(), runtime.name(), runtime.handler());
  }

  private static Path file(Path out, Provider cloud, String name) {
    return out.resolve(cloud.id()).resolve(name + ".zip");
  }
}
