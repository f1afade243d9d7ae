package io.twinloom.server.projects;

import io.twinloom.deployer.ProjectSecrets;
import io.twinloom.http.Response;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.packaging.bundle.Archive;
import io.twinloom.packaging.bundle.PackedFiles;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Projects as ZIPs, without their secrets. The same project gives the same bytes. */
public final class ExportRoutes {

  private final Projects projects;

  public ExportRoutes(Projects projects) {
    this.projects = projects;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes.add("GET", "/projects/{project}/export", this::export);
  }

  private Response export(ApiRequest request) {
    String id = request.in("project");
    Optional<String> version = request.query("version").text("version");
    Path source =
        version.isPresent()
            ? projects.folders().versions().folder(id, version.get())
            : projects.source(id);
    try {
      return zip(Files.createTempFile("twinloom-export-", ".zip"), source, id);
    } catch (IOException e) {
      throw FolderContents.failed("The project cannot be exported", source, e);
    }
  }

  private static Response zip(Path target, Path source, String id) throws IOException {
    try (ProjectFiles files = ProjectSource.open(source)) {
      Set<String> secrets = ProjectSecrets.of(files);
      PackedFiles packed = new PackedFiles();
      for (String path : files.below("")) {
        if (!secrets.contains(path) && !GivenFile.of(files, path, secrets).secret()) {
          packed.add(path, () -> files.read(path).orElseThrow());
        }
      }
      Archive.write(packed, target);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(target);
      throw e;
    }
    return attachment(Response.ofFile(200, "application/zip", target), id + ".zip");
  }

  /** An answer that a browser saves under a name. */
  static Response attachment(Response response, String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return response
        .with("Cache-Control", "no-store")
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + encoded);
  }
}
