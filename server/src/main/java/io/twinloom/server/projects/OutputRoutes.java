package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.grafana.GrafanaFiles;
import io.twinloom.http.Response;
import io.twinloom.model.Provider;
import io.twinloom.model.files.FolderTree;
import io.twinloom.packaging.bundle.Archive;
import io.twinloom.packaging.bundle.PackedFiles;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the commands {@code package}, {@code snapshot} and {@code grafana} write, as ZIPs. */
public final class OutputRoutes {

  private static final String ZIP = "application/zip";

  private final Projects projects;
  private final ProjectOutputs outputs;

  public OutputRoutes(Projects projects, ProjectOutputs outputs) {
    this.projects = projects;
    this.outputs = outputs;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes.add("GET", "/projects/{project}/packages", this::packages);
    routes.add("GET", "/projects/{project}/snapshot", this::snapshot);
    routes.add("GET", "/projects/{project}/grafana", this::grafana);
  }

  private Response packages(ApiRequest request) {
    String id = request.in("project");
    PreparedProject project = projects.valid(id);
    return made(
        id + "-packages.zip",
        folder -> {
          Path all = folder.resolve("packages");
          outputs.packages(project, all);
          return zip(new PackedFiles().addFolder(all), folder);
        });
  }

  private Response snapshot(ApiRequest request) {
    String id = request.in("project");
    boolean secrets = request.query("secrets").flag("secrets");
    Path data = projects.data(id);
    return made(
        id + "-snapshot.zip",
        folder -> {
          Path file = folder.resolve("snapshot.zip");
          outputs.snapshot(data, file, secrets);
          return file;
        });
  }

  private Response grafana(ApiRequest request) {
    String id = request.in("project");
    Set<String> places = new TreeSet<>(Provider.ids());
    places.add(GrafanaFiles.LOCAL);
    Optional<Provider> cloud = request.query("for").word("for", places).flatMap(Provider::of);
    GrafanaFiles files = new GrafanaFiles(projects.valid(id).project());
    return made(
        id + "-grafana.zip",
        folder -> {
          PackedFiles packed = new PackedFiles();
          files
              .of(cloud)
              .forEach((path, text) -> packed.add(path, text.getBytes(StandardCharsets.UTF_8)));
          return zip(packed, folder);
        });
  }

  private static Path zip(PackedFiles files, Path folder) throws IOException {
    Path zip = folder.resolve("all.zip");
    var unused = Archive.write(files, zip);
    return zip;
  }

  /** What makes a ZIP in a folder that is made for it. */
  private interface Work {
    Path in(Path folder) throws IOException;
  }

  private Response made(String name, Work work) {
    try {
      Path folder = Files.createTempDirectory(projects.workspace().aside(), ".made-");
      try {
        Path file = Files.createTempFile("twinloom-", ".zip");
        Files.move(work.in(folder), file, StandardCopyOption.REPLACE_EXISTING);
        return ExportRoutes.attachment(Response.ofFile(200, ZIP, file), name);
      } finally {
        FolderTree.delete(folder);
      }
    } catch (IOException e) {
      throw FolderContents.failed("The files cannot be made", Path.of(name), e);
    }
  }
}
