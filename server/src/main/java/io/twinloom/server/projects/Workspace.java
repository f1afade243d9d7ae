package io.twinloom.server.projects;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.packaging.UserCodeChecker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What projects are changed with. Safe for threads. */
public final class Workspace {

  static final String UPLOADS = ".uploads";

  private final Path folder;
  private final UserCodeChecker checker;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** Work that may fail in reading or writing files. */
  @FunctionalInterface
  interface FileWork<T> {
    T run() throws IOException;
  }

  /**
   * @param folder for files that are made, best on the disk of the projects; itself made,
   *     owner-only, on first need
   * @param checker of user code
   */
  public Workspace(Path folder, UserCodeChecker checker) {
    this.folder = folder;
    this.checker = checker;
  }

  UserCodeChecker checker() {
    return checker;
  }

  /** A folder for files that are made. */
  Path aside() {
    PrivateFiles.makeFolder(folder);
    return folder;
  }

  /** Where uploads are kept until they are handled. */
  Path uploads() {
    Path uploads = aside().resolve(UPLOADS);
    PrivateFiles.makeFolder(uploads);
    return uploads;
  }

  /** Does what changes a project's files, one after the other for each project. */
  <T> T changing(String id, FileWork<T> work) {
    ReentrantLock lock = locks.computeIfAbsent(id, any -> new ReentrantLock());
    lock.lock();
    try {
      return work.run();
    } catch (IOException e) {
      throw FolderContents.failed("The project's files cannot be changed", Path.of(id), e);
    } finally {
      lock.unlock();
    }
  }
}
