package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.deployer.terraform.SceneFile;
import io.twinloom.deployer.terraform.TerraformFiles;
import io.twinloom.deployer.terraform.TerraformVariablesBuilder;
import io.twinloom.json.Sha256;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.text.UserText;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.packaging.bundle.PackageMaker;
import io.twinloom.packaging.bundle.SystemArtifacts;
import io.twinloom.packaging.bundle.TwinPackages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Variables of a project, with all of its packages made. */
public final class PackagedVariables implements CloudVariables {

  private final SystemArtifacts artifacts;
  private final Function<Progress, PackageMaker> maker;

  /**
   * @param artifacts what runs the system functions
   * @param maker makes packages, and reports progress
   */
  public PackagedVariables(SystemArtifacts artifacts, Function<Progress, PackageMaker> maker) {
    this.artifacts = artifacts;
    this.maker = maker;
  }

  @Override
  public Made make(
      PreparedProject project,
      Place place,
      Map<String, String> tokens,
      Map<String, String> regions,
      ApplySettings apply,
      Progress progress) {
    Project model = project.project();
    progress.step("making packages of the twin's functions");
    List<FunctionPackage> packages =
        TwinPackages.build(
            project.topology(),
            project.code(),
            artifacts,
            model,
            place.packages(),
            maker.apply(progress));
    TerraformVariablesBuilder variables =
        TerraformVariablesBuilder.project(model, project.topology(), place.terraform())
            .packages(packages)
            .tokens(tokens)
            .regions(regions)
            .apply(apply);
    try (ProjectFiles files = ProjectSource.open(project.source())) {
      for (Map.Entry<Provider, String> own : model.cloudSettings().workflows().entrySet()) {
        Optional<byte[]> content = files.read(own.getValue());
        if (content.isPresent()) {
          variables.workflow(own.getKey(), UserText.decode(content.get()));
        }
      }
      if (model.features().needs3DModel()) {
        for (Provider cloud : model.legs().carriers(Layer.L4, model.placement())) {
          variables.scene(cloud, scene(files, cloud, place.packages().resolve("scene")));
        }
      }
      return new Made(variables.make(), TerraformFiles.backendOf(files));
    } catch (UserText.EncodingException e) {
      throw new TwinloomException(
          ModelError.FILE_ENCODING, e.what(), "state_machines", "Save it as UTF-8.");
    } catch (IOException e) {
      throw new TwinloomException(
          ModelError.PROJECT_UNREADABLE,
          "The project cannot be read: " + FileFailure.reason(e) + ".",
          project.source().toString(),
          "See that you may read it and that nothing else writes it.",
          true,
          e);
    }
  }

  /** The scene's files of a cloud, copied out of the project, which may be a ZIP. */
  private static List<SceneFile> scene(ProjectFiles files, Provider cloud, Path out)
      throws IOException {
    List<SceneFile> scene = new ArrayList<>();
    String folder = "scene_assets/" + cloud.id();
    PrivateFiles.makeFolder(out);
    for (String path : files.below(folder)) {
      Optional<byte[]> content = files.read(path);
      if (content.isPresent()) {
        String digest = Sha256.hex(content.get());
        Path copy = out.resolve(digest);
        PrivateFiles.write(copy, content.get());
        scene.add(new SceneFile(path.substring(folder.length() + 1), copy, digest));
      }
    }
    return scene;
  }
}
