package io.twinloom.model.reading;

import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;

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

  private static final List<String> KINDS = List.of("processors", "event_actions");

  private KnownFiles() {}

  static void warnOfOthers(FileLoader loader) {
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
    if (known.contains(path)) {
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
