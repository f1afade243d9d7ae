package io.twinloom.model.files;

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
  static final int MAX_DEPTH = 64;

  /** Up to this size an entry's own ratio does not matter: what it unpacks to is small. */
  static final long SMALL_ENTRY_BYTES = 1024 * 1024;

  private Limits() {}

  /** Whether a folder of this name belongs to a tool and is never part of a project. */
  static boolean isIgnored(String folderName) {
    return folderName.equals(".twinloom")
        || folderName.equals(".git")
        || folderName.equals("__pycache__")
        || folderName.equals(".venv")
        || folderName.equals("__MACOSX");
  }
}
