package io.twinloom.model.reading;

import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which configuration files a project may have: others of their kind are likely misspelt. */
final class KnownFiles {
  private static final List<String> ROOT =
      List.of(
          ConfigFile.PATH,
          ProvidersFile.PATH,
          DevicesFile.PATH,
          EventsFile.PATH,
          OptimizationFile.PATH,
          ConnectionsFile.PATH,
          CredentialsFile.PATH,
          UserFile.PATH);

  private static final List<String> FOLDERS =
      List.of(
          "processors/",
          "event_actions/",
          "event_feedback/",
          "twin_hierarchy/",
          "state_machines/",
          "iot_device_simulator/",
          "scene_assets/");

  private static final List<String> KINDS = List.of("processors", "event_actions");

  private KnownFiles() {}

  static boolean isConfiguration(String path) {
    return ROOT.contains(path);
  }

  static void warnOfOthers(FileLoader loader) {
    warnOfOtherCase(loader);
    for (String folder : FOLDERS) {
      String path = folder.substring(0, folder.length() - 1);
      if (loader.files().size(path) >= 0) {
        loader
            .problems(path)
            .fileWarning(
                ModelError.FILE_UNKNOWN,
                "There is a file where a folder is expected, so it has no effect.",
                "Put a folder in its place, or delete it.");
      }
    }
    for (String path : configurations(loader)) {
      warnUnless(ROOT, path, loader);
    }
    for (String path : loader.files().below("twin_hierarchy")) {
      if (path.endsWith(".json")) {
        warnUnless(HierarchyFiles.paths(), path, loader);
      }
    }
    for (String path : loader.files().below("state_machines")) {
      if (!CodeForm.isHidden(path)) {
        warnUnless(WorkflowFiles.paths(), path, loader);
      }
    }
    for (String kind : KINDS) {
      for (String path : loader.files().below(kind)) {
        int start = kind.length() + 1;
        if (path.indexOf('/', start) < 0 && (path.endsWith(".py") || path.endsWith(".java"))) {
          String name = path.substring(start, path.lastIndexOf('.'));
          loader
              .problems(path)
              .fileWarning(
                  ModelError.CODE_NO_FOLDER,
                  "This code never runs: code must be in a folder of its own.",
                  "Move it to "
                      + kind
                      + "/"
                      + name
                      + "/"
                      + (path.endsWith(".py") ? "process.py." : path.substring(start) + "."));
        }
      }
    }
  }

  /**
   * Names are compared letter by letter, whatever the file system that the project was made on
   * does.
   */
  private static void warnOfOtherCase(FileLoader loader) {
    Set<String> known = new HashSet<>(ROOT);
    known.addAll(HierarchyFiles.paths());
    known.addAll(WorkflowFiles.paths());
    known.add(PayloadsFile.PATH);
    Set<String> tops = new HashSet<>(FOLDERS);
    Provider.all().forEach(cloud -> tops.add(CodeFolders.folderOf(cloud)));
    Set<String> said = new HashSet<>();
    for (String path : loader.files().below("")) {
      String lower = path.toLowerCase(Locale.ROOT);
      String top = path.substring(0, path.indexOf('/') + 1);
      String lowerTop = top.toLowerCase(Locale.ROOT);
      if (!top.equals(lowerTop) && tops.contains(lowerTop)) {
        if (said.add(top)) {
          warnOfCase(loader, top.substring(0, top.length() - 1), lowerTop);
        }
      } else if (!path.equals(lower) && known.contains(lower)) {
        warnOfCase(loader, path, lower);
      }
    }
  }

  private static void warnOfCase(FileLoader loader, String path, String meant) {
    loader
        .problems(path)
        .fileWarning(
            ModelError.FILE_UNKNOWN,
            "Its name differs from " + meant + " in capital letters, so it has no effect.",
            "Rename it to " + meant + ".");
  }

  /** The file that was likely meant by one that is missing, as a sentence; else nothing. */
  static String renamed(FileLoader loader, String missing) {
    List<String> unknown = configurations(loader);
    unknown.removeAll(ROOT);
    String meant = Quoting.nearest(missing, unknown);
    return meant == null ? "" : " Did you mean it by " + meant + "? Then rename that.";
  }

  private static List<String> configurations(FileLoader loader) {
    List<String> found = new ArrayList<>();
    for (String path : loader.files().below("")) {
      if (path.startsWith("config") && path.endsWith(".json") && path.indexOf('/') < 0) {
        found.add(path);
      }
    }
    return found;
  }

  private static void warnUnless(List<String> known, String path, FileLoader loader) {
    if (known.contains(path) || known.contains(path.toLowerCase(Locale.ROOT))) {
      return;
    }
    boolean isRetired = path.equals("config_hierarchy.json");
    String meant = Quoting.nearest(path, known);
    loader
        .problems(path)
        .fileWarning(
            ModelError.FILE_UNKNOWN,
            "The file is unknown and has no effect.",
            isRetired
                ? "Move it to " + HierarchyFiles.NEUTRAL + "."
                : meant == null
                    ? "Delete it; known are " + Quoting.either(known) + "."
                    : "Did you mean " + meant + "? Rename it.");
  }
}
