package io.twinloom.server.projects;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.model.reading.Reading;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The projects of a folder: every folder in it with a {@code config.json} is one. What is uploaded
 * is checked as a whole before anything of it stands in the folder; what it replaces is kept as a
 * ZIP.
 */
public final class FolderProjects implements Projects {

  /** Where earlier versions are kept, in the folder of the projects. */
  public static final String VERSIONS = ".twinloom-versions";

  private static final String CONFIG = "config.json";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path root;
  private final InstantSource clock;
  private final Function<Path, Optional<ProjectState.Deployed>> deployed;

  /**
   * @param deployed where the twin of a project runs, if it does
   */
  public FolderProjects(
      Path root, InstantSource clock, Function<Path, Optional<ProjectState.Deployed>> deployed) {
    this.root = root;
    this.clock = clock;
    this.deployed = deployed;
  }

  @Override
  public List<String> ids() {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(FolderProjects::isProject)
          .map(p -> String.valueOf(p.getFileName()))
          .filter(name -> ID.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw ProjectText.unreadable(root.toString(), e);
    }
  }

  private static boolean isProject(Path folder) {
    return Files.isDirectory(folder) && Files.isRegularFile(folder.resolve(CONFIG));
  }

  @Override
  public Path source(String id) {
    Path folder = place(id);
    if (!isProject(folder)) {
      throw new TwinloomException(
          ServerError.PROJECT_UNKNOWN, "There is no project \"" + id + "\".", "project");
    }
    return folder;
  }

  private Path place(String id) {
    if (!ID.matcher(id).matches()) {
      throw new TwinloomException(
          ServerError.PROJECT_UNKNOWN, "There is no project of this name.", "project");
    }
    return root.resolve(id);
  }

  @Override
  public Path folder(String id) {
    return source(id);
  }

  @Override
  public ProjectState state(String id) {
    Path source = source(id);
    Reading reading = ProjectReader.read(source);
    return new ProjectState(
        id,
        reading.project(),
        reading.problems(),
        Optional.empty(),
        deployed.apply(source),
        FileTimes.newest(source));
  }

  @Override
  public synchronized Optional<String> put(String id, Path zip, boolean replaces) {
    if (!ID.matcher(id).matches()) {
      throw ApiException.parameter(
          "name", "\"name\" is not 1 to 64 letters, digits, '-', '_' or '.'.");
    }
    Path place = root.resolve(id);
    boolean there = Files.exists(place);
    if (replaces) {
      var unused = source(id);
    } else if (there) {
      throw ApiException.parameter("name", "There is something of this name already.");
    }
    Path aside = null;
    try (ProjectFiles files = ProjectSource.open(zip)) {
      if (files.size(CONFIG) < 0) {
        throw ApiException.body("The ZIP has no config.json at its top: it is no project.");
      }
      aside = Files.createTempDirectory(root, ".incoming-");
      files.extract("", aside);
      return there ? Optional.of(replace(id, place, aside)) : made(aside, place);
    } catch (FileAlreadyExistsException e) {
      throw ApiException.parameter("name", "There is something of this name already.");
    } catch (IOException e) {
      throw ProjectText.unreadable(id, e);
    } finally {
      remove(aside);
    }
  }

  private static Optional<String> made(Path aside, Path place) throws IOException {
    Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
    return Optional.empty();
  }

  /** The twin's data, and files with secrets that the new version lacks, stay. */
  private String replace(String id, Path place, Path aside) throws IOException {
    String version = keep(id, place);
    try (ProjectFiles before = ProjectSource.open(place)) {
      for (String path : before.below("")) {
        boolean secret = ProjectText.isSecret(path) && !Files.exists(aside.resolve(path));
        if (ProjectText.isOfProject(path) && !secret) {
          Files.deleteIfExists(place.resolve(path));
        }
      }
    }
    try (ProjectFiles next = ProjectSource.open(aside)) {
      for (String path : next.below("")) {
        Path target = place.resolve(path);
        Files.createDirectories(target.getParent());
        Files.move(aside.resolve(path), target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return version;
  }

  private String keep(String id, Path place) {
    String version = STAMP.format(clock.instant());
    Path folder = root.resolve(VERSIONS).resolve(id);
    PrivateFiles.makeFolder(root.resolve(VERSIONS));
    PrivateFiles.makeFolder(folder);
    PrivateFiles.write(folder.resolve(version + ".zip"), ProjectZip.of(place));
    return version;
  }

  private static void remove(@Nullable Path aside) {
    try {
      if (aside != null) {
        Folders.delete(aside);
      }
    } catch (IOException e) {
      // It is hidden, and no project.
      return;
    }
  }

  @Override
  public synchronized void delete(String id) {
    Path place = source(id);
    if (deployed.apply(place).isPresent()) {
      throw new TwinloomException(
          ServerError.API_DEPLOYED, "The twin of \"" + id + "\" runs.", "project");
    }
    var unused = keep(id, place);
    try {
      Folders.delete(place);
    } catch (IOException e) {
      throw ProjectText.unreadable(id, e);
    }
  }

  @Override
  public List<KeptVersion> versions(String id) {
    Path folder = root.resolve(VERSIONS).resolve(place(id).getFileName());
    if (!Files.isDirectory(folder)) {
      var unused = source(id);
      return List.of();
    }
    List<KeptVersion> versions = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path zip : all.filter(p -> p.toString().endsWith(".zip")).toList()) {
        try (ZipFile opened = new ZipFile(zip.toFile())) {
          String name = String.valueOf(zip.getFileName());
          versions.add(
              new KeptVersion(
                  name.substring(0, name.length() - ".zip".length()),
                  Files.getLastModifiedTime(zip).toInstant(),
                  Files.size(zip),
                  opened.size()));
        }
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(id, e);
    }
    versions.sort(Comparator.comparing(KeptVersion::id).reversed());
    return versions;
  }

  @Override
  public Path version(String id, String version) {
    Path zip =
        versions(id).stream()
            .filter(v -> v.id().equals(version))
            .findFirst()
            .map(v -> root.resolve(VERSIONS).resolve(id).resolve(v.id() + ".zip"))
            .orElseThrow(() -> ApiException.notFound("The project has no such version.", version));
    return zip;
  }
}
