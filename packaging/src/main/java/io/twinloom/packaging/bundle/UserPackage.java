package io.twinloom.packaging.bundle;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.UserCode;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.runner.PackagedFunction;
import io.twinloom.runner.forms.UserCodeForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The package of one piece of user code: the code below {@code user/}, what stands around it, and
 * the definition by which that finds the code. The function's name is not in it, so that alike code
 * of a twin makes alike packages.
 *
 * @param requirements what the code asks pip for
 */
record UserPackage(
    PreparedCode code,
    RuntimeFiles around,
    Optional<Requirements> requirements,
    TwinInfoText twinInfo) {

  /** Raised when the same code would be packed differently. */
  private static final String VERSION = "3";

  /** As {@code packaged.py} knows them. */
  private static final String FUNCTION = "{function}";

  private static final String FOLDER = "{folder}";

  private static final String USER = "user/";
  private static final String LIBRARIES = USER + "libraries";

  static UserPackage of(PreparedCode code, RuntimeFiles around, TwinInfoText twinInfo)
      throws IOException {
    return new UserPackage(code, around, Requirements.of(code), twinInfo);
  }

  /** The same one means the same archive. */
  String fingerprint() {
    return new Fingerprint()
        .add(VERSION)
        // Another JDK may compress otherwise.
        .add(Runtime.version().toString())
        .add(around.fingerprint())
        .add(code.digest())
        .add(Json.bytes(definition()))
        .add(twinInfo.digest())
        .hex();
  }

  private JsonObject definition() {
    JsonObject.Builder definition =
        JsonObject.builder()
            .put("name", "")
            .put("form", code.code().form().name())
            .put(
                "path",
                JsonArray.ofTexts(code.path().stream().map(UserPackage::inPackage).toList()))
            .put("entry", code.entry());
    if (code.code().form().isPython()) {
      definition.put("environment", environment());
    }
    requirements.ifPresent(r -> definition.put("libraries", JsonArray.ofTexts(List.of(LIBRARIES))));
    if (code.code().role() == UserCode.Role.EVENT_ACTION) {
      definition.put("may_return_nothing", true);
    }
    return definition.build();
  }

  /**
   * What the code finds in its environment where it runs on another cloud than it is written for;
   * the function's name and the code's folder are put in there.
   */
  private JsonObject environment() {
    JsonObject.Builder environment = JsonObject.builder();
    UserCodeForms.ofPython(code.code().form().name())
        .map(form -> form.environment(FUNCTION, Path.of(FOLDER)))
        .ifPresent(variables -> new TreeMap<>(variables).forEach(environment::put));
    return environment.build();
  }

  /** The names that the checker gave its folders and JARs. */
  private static String inPackage(Path path) {
    Path name = path.getFileName();
    return Files.isDirectory(path) ? USER + name : USER + "lib/" + name;
  }

  /**
   * What goes into the archive.
   *
   * @param libraries what pip installed, where there are requirements
   */
  PackedFiles files(Optional<Path> libraries) throws IOException {
    PackedFiles files = new PackedFiles().addAll(around.files());
    files.add(PackagedFunction.DEFINITION, Json.bytes(definition()));
    files.add(PackagedFunction.TWIN_INFO, twinInfo.bytes());
    for (Path path : code.path()) {
      if (Files.isDirectory(path)) {
        files.addFolder(inPackage(path), path);
      } else {
        files.addFile(inPackage(path), path);
      }
    }
    if (libraries.isPresent()) {
      files.addFolder(LIBRARIES, libraries.get());
    }
    return files;
  }
}
