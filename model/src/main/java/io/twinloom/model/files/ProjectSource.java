package io.twinloom.model.files;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Opens a project, whichever way it is kept. */
public final class ProjectSource {

  private static final Set<ModelError> REFUSALS =
      EnumSet.of(
          ModelError.PROJECT_TOO_LARGE,
          ModelError.ZIP_DAMAGED,
          ModelError.ZIP_ENCRYPTED,
          ModelError.ZIP_ENTRIES,
          ModelError.ZIP_LINK,
          ModelError.ZIP_PATH,
          ModelError.ZIP_RATIO,
          ModelError.ZIP_TOO_LARGE);

  private ProjectSource() {}

  /**
   * The files of the project in this folder or ZIP.
   *
   * @throws TwinloomException {@code TL-PROJECT-MISSING} if there is neither, {@code
   *     TL-PROJECT-UNREADABLE}, {@code TL-PROJECT-TOO-LARGE} or {@code TL-ZIP-…} if it is refused
   */
  public static ProjectFiles open(Path source) {
    try {
      if (Files.isDirectory(source)) {
        return FolderFiles.open(source);
      }
      if (Files.isRegularFile(source)) {
        return ZipFiles.open(source);
      }
    } catch (DirectoryIteratorException e) {
      throw unreadable(source, new IOException(e));
    } catch (IOException e) {
      throw unreadable(source, e);
    }
    throw new TwinloomException(
        ModelError.PROJECT_MISSING,
        "There is no project folder and no ZIP at " + source + ".",
        source.toString(),
        "Give the folder that holds config.json, or a ZIP of it; 'twinloom init DIR' makes a new"
            + " one.");
  }

  /** Whether {@link #open} has refused what is there, as opposed to finding nothing to read. */
  public static boolean isRefusal(TwinloomException e) {
    return e.error() instanceof ModelError error && REFUSALS.contains(error);
  }

  private static TwinloomException unreadable(Path source, IOException e) {
    return new TwinloomException(
        ModelError.PROJECT_UNREADABLE,
        e instanceof AccessDeniedException denied
            ? "The project cannot be read: access is denied to " + denied.getFile() + "."
            : "The project cannot be read: the storage that it is on fails.",
        source.toString(),
        "Check that the path is right and that you may read everything in it.",
        e);
  }
}
