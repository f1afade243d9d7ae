package io.twinloom.model.files;

import java.util.Locale;
import java.util.Set;

/**
 * How much a project may hold; the same for a folder, so that every folder can be sent as a ZIP.
 */
public final class Limits {

  /** Of the ZIP itself. */
  public static final long MAX_ZIP_BYTES = 100L * 1024 * 1024;

  /** Of all files together. */
  public static final long MAX_UNPACKED_BYTES = 500L * 1024 * 1024;

  /** Files and folders. */
  public static final int MAX_ENTRIES = 10_000;

  /** How many times larger a ZIP may become by unpacking, as a whole and in each large entry. */
  public static final int MAX_RATIO = 100;

  /** Folders in folders. */
  public static final int MAX_DEPTH = 64;

  /** Up to this size an entry's own ratio does not matter: what it unpacks to is small. */
  static final long SMALL_ENTRY_BYTES = 1024 * 1024;

  /** What file managers leave in folders. */
  private static final Set<String> LEFT_BEHIND = Set.of("desktop.ini", "thumbs.db", ".ds_store");

  private Limits() {}

  /**
   * Whether a file was left behind by a program that shows folders, and is no part of a project.
   */
  static boolean isIgnoredFile(String path) {
    return LEFT_BEHIND.contains(path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether a folder of this name belongs to a tool and is never part of a project. */
  public static boolean isIgnored(String folderName) {
    return folderName.equals(".twinloom")
        || folderName.equals(".git")
        || folderName.equals("__pycache__")
        || folderName.equals(".venv")
        || folderName.equals("__MACOSX");
  }
}
