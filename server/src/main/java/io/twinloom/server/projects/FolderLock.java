package io.twinloom.server.projects;

import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Keeps a folder of projects to one process: two would each replace and undo what the other does.
 */
public final class FolderLock {

  private static final String FILE = "serve.lock";

  private FolderLock() {}

  /**
   * Takes a folder, until the result is closed.
   *
   * @param root the folder of the projects
   * @throws TwinloomException {@code TL-API-FOLDER-HELD} if another process holds it, which the
   *     message names
   */
  public static LockFile take(Path root) {
    Path folder = root.resolve(ProjectFolders.VERSIONS);
    PrivateFiles.makeFolder(folder);
    byte[] process =
        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    try {
      return LockFile.take(folder.resolve(FILE), process, holder -> held(root, holder));
    } catch (IOException e) {
      throw new TwinloomException(
          DeployerError.FILE_WRITE,
          "The folder cannot be locked: " + FileFailure.reason(e) + ".",
          root.toString(),
          "See that the folder is writable and on a local disk.",
          e);
    }
  }

  private static TwinloomException held(Path root, byte[] holder) {
    return new TwinloomException(
        ServerError.API_FOLDER_HELD,
        "The projects of this folder are served already, by process "
            + new String(holder, StandardCharsets.US_ASCII)
            + ".",
        root.toString());
  }
}
