package io.twinloom.server.twin;

import io.twinloom.http.Response;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The 3D models of a twin's scene, from its project: nothing else of the project is reachable. */
public final class SceneRoutes {

  private static final String FOLDER = "scene_assets";
  private static final String MODEL = ".glb";
  private static final String TYPE = "model/gltf-binary";

  private final Function<String, Path> sources;

  /**
   * @param sources the folder of a project's files, by the project's id
   */
  public SceneRoutes(Function<String, Path> sources) {
    this.sources = sources;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/scene", this::list)
        .add("GET", "/projects/{project}/scene/{path}", this::model);
  }

  private JsonObject list(ApiRequest request) {
    try (ProjectFiles files = open(request)) {
      List<JsonValue> models =
          models(files).stream()
              .<JsonValue>map(
                  path ->
                      JsonObject.builder().put("path", path).put("bytes", files.size(path)).build())
              .toList();
      return JsonObject.builder().put("items", new JsonArray(models)).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response model(ApiRequest request) {
    String path = request.in("path");
    try (ProjectFiles files = open(request)) {
      if (models(files).contains(path)) {
        return new Response(
            200,
            TYPE,
            files.read(path).orElseThrow(() -> absent(path)),
            Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"));
      }
      throw absent(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiException absent(String path) {
    return ApiException.notFound("The scene has no such model.", path);
  }

  private ProjectFiles open(ApiRequest request) {
    return ProjectSource.open(sources.apply(request.in("project")));
  }

  private static List<String> models(ProjectFiles files) {
    return files.below(FOLDER).stream()
        .filter(path -> path.toLowerCase(Locale.ROOT).endsWith(MODEL))
        .toList();
  }
}
