package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.List;
import java.util.Locale;

/** The scene of layer 4 in {@code scene_assets/}: its description, and the models that it shows. */
final class SceneFiles {
  private static final String ROOT = "scene_assets/";

  private SceneFiles() {}

  /** Reports what the scene of layer 4's cloud lacks, where a scene is asked for. */
  static void check(Provider l4, FileLoader loader) {
    String folder = ROOT.concat(l4.id());
    String file = folder + "/" + l4.conventions().sceneFile().orElseThrow();
    ProblemCollector problems = loader.problems(file);
    List<String> files = loader.files().below(folder);
    if (!loader.has(file)) {
      problems.fileError(
          ModelError.SCENE_MISSING,
          files.isEmpty()
              ? "There is no scene, but \"needs3DModel\" is true."
              : "The scene's description is missing, but \"needs3DModel\" is true.",
          "Put the scene into "
              + folder
              + ", or set \"needs3DModel\" to false in "
              + OptimizationFile.PATH
              + ".");
      return;
    }
    Located root = loader.json(file);
    if (root != null) {
      Members.of(root, problems, "Put a scene there as its editor exports it.");
    }
    if (files.stream().noneMatch(SceneFiles::isModel)) {
      loader
          .problems(folder)
          .fileError(
              ModelError.SCENE_MISSING,
              "There is no 3D model beside the scene's description.",
              "Put the models that the scene shows beside it, as files whose names end with .glb.");
    }
  }

  private static boolean isModel(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".glb") || name.endsWith(".gltf");
  }
}
