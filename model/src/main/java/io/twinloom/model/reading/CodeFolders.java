package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Role;
import io.twinloom.model.error.ModelError;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the user code of a project: in the neutral folders, and in the older layouts, which have a
 * folder for each cloud. The one of L2's cloud wins.
 */
final class CodeFolders {
  /** The folder that is neither a device's nor a function's. */
  static final String SHARED = "_shared";

  private static final String DEFAULT = "default_processor";
  private static final String PROCESSORS = "processors";
  private static final String ACTIONS = "event_actions";
  private static final String FEEDBACK = "event_feedback";
  private static final String OLD_FEEDBACK = "event-feedback";

  /**
   * What a search came to.
   *
   * @param reported whether it is known, and said, why there is none
   */
  record Looked(Optional<UserCode> code, boolean reported) {
    private static final Looked NOTHING = new Looked(Optional.empty(), false);
    private static final Looked REPORTED = new Looked(Optional.empty(), true);
  }

  private final FileLoader loader;
  private final Provider l2;
  private final Map<String, Set<String>> folders = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  CodeFolders(FileLoader loader, Provider l2) {
    this.loader = loader;
    this.l2 = l2;
  }

  /** Whether a folder of this name is for several devices or functions. */
  static boolean isReserved(String name) {
    return name.equals(SHARED) || name.equals(DEFAULT);
  }

  /** The older layouts' folder of a cloud, with a slash at its end. */
  static String folderOf(Provider cloud) {
    return cloud.conventions().codeFolder();
  }

  Optional<UserCode> processor(String device) {
    return find(Role.PROCESSOR, PROCESSORS, device, device).code;
  }

  Optional<UserCode> defaultProcessor() {
    return find(Role.DEFAULT_PROCESSOR, PROCESSORS, DEFAULT, "").code;
  }

  Optional<UserCode> feedback() {
    String own = folderOf(l2).concat(OLD_FEEDBACK);
    if (hasFiles(own)) {
      return at(Role.EVENT_FEEDBACK, "", folderOf(l2), own).code;
    }
    if (hasFiles(FEEDBACK)) {
      return at(Role.EVENT_FEEDBACK, "", "", FEEDBACK).code;
    }
    for (Provider other : Provider.all()) {
      String elsewhere = folderOf(other).concat(OLD_FEEDBACK);
      if (hasFiles(elsewhere)) {
        onlyElsewhere(elsewhere, FEEDBACK, own);
        break;
      }
    }
    return Optional.empty();
  }

  /**
   * The code of an event action or of a workflow's function.
   *
   * @param pathToCode where the rule says that it is, if it does
   */
  Looked action(
      String functionName,
      @Nullable Located pathToCode,
      @Nullable String path,
      ProblemCollector problems) {
    if (path == null || pathToCode == null) {
      return find(Role.EVENT_ACTION, ACTIONS, functionName, functionName);
    }
    String folder = inside(path);
    if (folder == null) {
      problems.error(
          ModelError.CODE_PATH,
          pathToCode,
          "\"pathToCode\" is " + Quoting.quoted(path) + ", which is not a folder of the project.",
          "Write the folder's path from the project's root, such as \"event_actions/"
              + functionName
              + "\".");
      return Looked.REPORTED;
    }
    String root = "";
    for (Provider cloud : Provider.all()) {
      if (folder.startsWith(folderOf(cloud))) {
        root = folderOf(cloud);
        // The rule was written for another cloud: the code of this one, or the neutral one, wins.
        if (cloud != l2) {
          return find(Role.EVENT_ACTION, ACTIONS, functionName, functionName);
        }
      }
    }
    return at(Role.EVENT_ACTION, functionName, root, folder);
  }

  /** Warns of folders that belong to no device and no rule. */
  void warnOfUnused(Collection<String> devices, Collection<String> functions) {
    for (String root : List.of("", folderOf(l2))) {
      for (String name : children(root.concat(PROCESSORS))) {
        String folder = root + PROCESSORS + "/" + name;
        if (!used.contains(folder) && !devices.contains(name) && !isReserved(name)) {
          loader
              .problems(folder)
              .fileWarning(
                  ModelError.CODE_UNUSED,
                  "There is no device " + Quoting.quoted(name) + ", so this code never runs.",
                  "Name the folder as the device." + Quoting.hint(name, devices));
        }
      }
      for (String name : children(root.concat(ACTIONS))) {
        String folder = root + ACTIONS + "/" + name;
        if (!used.contains(folder) && !functions.contains(name) && !name.equals(SHARED)) {
          loader
              .problems(folder)
              .fileWarning(
                  ModelError.CODE_UNUSED,
                  "No rule has the functionName " + Quoting.quoted(name) + ", so this never runs.",
                  "Delete the folder, or name it in a rule of "
                      + EventsFile.PATH
                      + "."
                      + Quoting.hint(name, functions));
        }
      }
    }
  }

  private Looked find(Role role, String kind, String name, String codeName) {
    String own = folderOf(l2);
    boolean hasOwn = children(own.concat(kind)).contains(name);
    boolean hasNeutral = children(kind).contains(name);
    if (hasOwn && hasNeutral && used.add(kind + "/" + name)) {
      loader
          .problems(kind + "/" + name)
          .fileWarning(
              ModelError.CODE_TWICE,
              "This code does not run: " + own + kind + "/" + name + " takes its place.",
              "Delete one of the two.");
    }
    if (hasOwn || hasNeutral) {
      String root = hasOwn ? own : "";
      return at(role, codeName, root, root + kind + "/" + name);
    }
    for (Provider other : Provider.all()) {
      String root = folderOf(other);
      if (other != l2 && children(root.concat(kind)).contains(name)) {
        String path = kind + "/" + name;
        onlyElsewhere(root.concat(path), path, own.concat(path));
        return Looked.REPORTED;
      }
    }
    return Looked.NOTHING;
  }

  private void onlyElsewhere(String folder, String neutral, String own) {
    if (used.add(folder)) {
      loader
          .problems(folder)
          .fileError(
              ModelError.CODE_OTHER_CLOUD,
              "This code is for another cloud, and L2 is on " + l2.id() + ".",
              "Move the folder to "
                  + neutral
                  + ", where it serves every cloud, or to "
                  + own
                  + ".");
    }
  }

  private Looked at(Role role, String name, String root, String folder) {
    if (!hasFiles(folder)) {
      return Looked.NOTHING;
    }
    boolean first = used.add(folder);
    CodeForm form = CodeForm.of(folder, loader.files().below(folder));
    CodeForm.Fault fault = form.fault();
    if (fault != null) {
      if (first) {
        loader.problems(folder).fileError(fault.error(), fault.what(), fault.fix());
      }
      return Looked.REPORTED;
    }
    Optional<String> sharedFolder = shared(root, folder).filter(this::hasFiles);
    UserCode code = new UserCode(role, name, folder, form.form(), sharedFolder);
    return new Looked(Optional.of(code), false);
  }

  /** The folder whose modules go along: one for each older layout, or for each neutral folder. */
  private static Optional<String> shared(String root, String folder) {
    if (!root.isEmpty()) {
      return Optional.of(root.concat(SHARED));
    }
    return Stream.of(PROCESSORS, ACTIONS)
        .filter(kind -> folder.startsWith(kind + "/"))
        .map(kind -> kind + "/" + SHARED)
        .findFirst();
  }

  private boolean hasFiles(String folder) {
    for (String path : loader.files().below(folder)) {
      if (!CodeForm.isHidden(path)) {
        return true;
      }
    }
    return false;
  }

  /** The names of the folders in a folder. */
  private Set<String> children(String folder) {
    Set<String> known = folders.get(folder);
    if (known == null) {
      known = new LinkedHashSet<>();
      for (String path : loader.files().below(folder)) {
        int slash = path.indexOf('/', folder.length() + 1);
        if (slash > 0 && !CodeForm.isHidden(path)) {
          known.add(path.substring(folder.length() + 1, slash));
        }
      }
      folders.put(folder, known);
    }
    return known;
  }

  /** A path that a rule gives, if it stays inside the project and leads to files. */
  private @Nullable String inside(String path) {
    String folder = path.startsWith("./") ? path.substring(2) : path;
    while (folder.endsWith("/")) {
      folder = folder.substring(0, folder.length() - 1);
    }
    boolean isIn = !folder.isEmpty() && !folder.startsWith("/") && !folder.contains("..");
    return isIn && (hasFiles(folder) || isOther(folder)) ? folder : null;
  }

  private boolean isOther(String folder) {
    for (Provider cloud : Provider.all()) {
      if (cloud != l2 && folder.startsWith(folderOf(cloud))) {
        return true;
      }
    }
    return false;
  }
}
