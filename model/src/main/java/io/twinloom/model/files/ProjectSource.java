package io.twinloom.model.files;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a project, whichever way it is kept. */
public final class ProjectSource {

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
    } catch (IOException e) {
      throw new TwinloomException(
          "TL-PROJECT-UNREADABLE",
          "The project cannot be read: " + reason(e),
          source.toString(),
          "Check that the path is right and that you may read it.",
          false,
          e);
    }
    throw new TwinloomException(
        "TL-PROJECT-MISSING",
        "There is no project folder and no ZIP at " + source + ".",
        source.toString(),
        "Give the folder that holds config.json, or a ZIP of it; 'twinloom init DIR' makes a new"
            + " one.");
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
  }
}
