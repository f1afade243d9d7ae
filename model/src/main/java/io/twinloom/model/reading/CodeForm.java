package io.twinloom.model.reading;

import io.twinloom.model.UserCode.Form;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a folder of user code is written, recognised by the names of its files.
 *
 * @param form the form, where there is no problem
 * @param problem what is wrong with the folder, or null
 */
record CodeForm(Form form, @Nullable Fault fault) {

  /** Why a folder's code cannot be run. */
  record Fault(ErrorCode error, String what, String fix) {}

  private static final List<Form> PYTHON =
      List.of(Form.PYTHON_PROCESS, Form.PYTHON_LAMBDA, Form.PYTHON_AZURE, Form.PYTHON_GOOGLE);

  static CodeForm of(String folder, List<String> paths) {
    List<Form> found = new ArrayList<>(1);
    boolean java = false;
    boolean jar = false;
    String stray = null;
    for (String path : paths) {
      String name = path.substring(folder.length() + 1);
      for (Form form : PYTHON) {
        if (name.equals(form.file())) {
          found.add(form);
        }
      }
      java |= name.endsWith(".java");
      jar |= name.endsWith(".jar") && name.indexOf('/') < 0;
      if (stray == null && isAlmost(name)) {
        stray = name;
      }
    }
    if (java || (jar && found.isEmpty())) {
      found.add(java ? Form.JAVA_SOURCE : Form.JAVA_JAR);
    }
    if (found.size() == 1) {
      return new CodeForm(found.get(0), null);
    }
    if (found.isEmpty()) {
      return new CodeForm(
          Form.PYTHON_PROCESS,
          new Fault(
              ModelError.CODE_FORM,
              "The folder has no entry point"
                  + (stray == null ? "." : ", only " + Quoting.quoted(stray) + "."),
              (stray == null ? "" : "Name the file process.py, directly in this folder. ")
                  + ModelError.CODE_FORM.fix()));
    }
    return new CodeForm(
        found.get(0),
        new Fault(
            ModelError.CODE_AMBIGUOUS,
            "The folder has more than one entry point: "
                + found.get(0).file()
                + " and "
                + found.get(1).file()
                + ".",
            "Keep the one that should run, and rename or delete the other."));
  }

  /** Whether a file is only kept by a tool, such as {@code .gitkeep}. */
  static boolean isHidden(String path) {
    return path.charAt(path.lastIndexOf('/') + 1) == '.';
  }

  /** A file that looks like an entry point but is not where or as one is looked for. */
  private static boolean isAlmost(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return file.endsWith(".py");
  }
}
