package io.twinloom.server.projects;

import io.twinloom.http.Response;
import io.twinloom.http.Upload;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FolderTree;
import io.twinloom.model.files.Limits;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Projects as a whole: made of ZIPs or examples, replaced, deleted, restored. */
public final class UploadRoutes {

  private static final String PROJECT = "project";
  private static final String ZIP = "application/zip";
  private static final byte[] NOTHING = {};

  private static final String EXAMPLE = "example";

  private final Projects projects;
  private final ProjectOutputs outputs;

  public UploadRoutes(Projects projects, ProjectOutputs outputs) {
    this.projects = projects;
    this.outputs = outputs;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .upload("POST", "/projects", this::create)
        .upload("PUT", "/projects/{project}", this::replace)
        .add("DELETE", "/projects/{project}", this::delete)
        .get("/projects/{project}/versions", this::versions)
        .post("/projects/{project}/versions/{version}/restore", this::restore)
        .upload("POST", "/validation/zip", this::validate);
  }

  private Upload create(ApiRequest request) {
    Uploads uploads = uploads();
    Parameters query = request.query("name", EXAMPLE);
    String id = query.needed("name");
    Optional<String> example = query.word(EXAMPLE, Set.copyOf(outputs.examples()));
    if (example.isPresent() && hasBody(request)) {
      throw ApiException.parameter(
          EXAMPLE, "\"example\" makes a project without a body, and the request has one.");
    }
    projects.folders().vacant(id);
    return example.isPresent()
        ? new Upload(
            0,
            projects.workspace().uploads(),
            (head, empty) -> made(201, createFrom(example.get(), id, uploads)))
        : zip(request, file -> made(201, uploads.create(id, file)));
  }

  private static boolean hasBody(ApiRequest request) {
    return request.header("transfer-encoding").isPresent()
        || request.header("content-length").filter(length -> !length.equals("0")).isPresent();
  }

  private Uploads.Made createFrom(String example, String id, Uploads uploads) {
    try {
      Path folder = Files.createTempDirectory(projects.workspace().aside(), ".example-");
      try {
        outputs.example(example, folder);
        return uploads.create(id, folder);
      } finally {
        FolderTree.delete(folder);
      }
    } catch (IOException e) {
      throw FolderContents.failed("The project cannot be made", Path.of(id), e);
    }
  }

  private Upload replace(ApiRequest request) {
    Uploads uploads = uploads();
    String id = request.in(PROJECT);
    projects.source(id);
    return zip(request, file -> made(200, uploads.replace(id, file)));
  }

  private Upload validate(ApiRequest request) {
    Workspace workspace = projects.workspace();
    return zip(
        request,
        file -> Action.ok(ValidationRoutes.json(Uploads.check(file, workspace).problems())));
  }

  private Uploads uploads() {
    return new Uploads(projects.folders());
  }

  private Upload zip(ApiRequest request, Function<Path, Response> handling) {
    String type = request.header("content-type").orElse(ZIP).strip().toLowerCase(Locale.ROOT);
    if (!type.equals(ZIP)) {
      throw new TwinloomException(
          ServerError.API_MEDIA_TYPE, "The body is no " + ZIP + ".", "Content-Type");
    }
    return new Upload(
        Limits.MAX_ZIP_BYTES, projects.workspace().uploads(), (head, file) -> handling.apply(file));
  }

  private static Response made(int status, Uploads.Made made) {
    JsonObject json =
        JsonObject.builder()
            .put("id", made.id())
            .put("created", made.created())
            .put("version", ProjectJson.text(made.version()))
            .put("validation", ValidationRoutes.json(made.warnings()))
            .build();
    return Response.json(status, Json.bytes(json))
        .with("Cache-Control", "no-store")
        .with("Location", "/projects/" + URLEncoder.encode(made.id(), StandardCharsets.UTF_8));
  }

  private Response delete(ApiRequest request) {
    Uploads uploads = uploads();
    String id = request.in(PROJECT);
    uploads.delete(id, request.query("confirm").text("confirm").filter(id::equals).isPresent());
    return new Response(204, "application/json", NOTHING);
  }

  private JsonObject versions(ApiRequest request) {
    ProjectFolders folders = projects.folders();
    String id = request.in(PROJECT);
    return folders.workspace().changing(id, () -> versions(folders, id));
  }

  private static JsonObject versions(ProjectFolders folders, String id) throws IOException {
    var versions = folders.versions().list(id);
    if (versions.isEmpty()) {
      // A project that was deleted has versions; one that never was has not.
      folders.source(id);
    }
    return JsonObject.builder()
        .put(
            "items",
            new JsonArray(versions.stream().<JsonValue>map(UploadRoutes::version).toList()))
        .build();
  }

  private static JsonObject version(Versions.Version version) {
    return JsonObject.builder()
        .put("id", version.id())
        .put("time", version.time().toString())
        .put("bytes", version.bytes())
        .put("files", version.files())
        .build();
  }

  private JsonObject restore(ApiRequest request) {
    Uploads.Made made = uploads().restore(request.in(PROJECT), request.in("version"));
    return Json.parseObject(made(200, made).body());
  }
}
