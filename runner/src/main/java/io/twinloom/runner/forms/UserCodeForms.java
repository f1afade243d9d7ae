package io.twinloom.runner.forms;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** The forms of all clouds. */
public final class UserCodeForms {

  /** The Python of all clouds; libraries with native parts are chosen for it. */
  public static final String PYTHON_VERSION = "3.12";

  private static final List<UserCodeForm> ALL =
      ServiceLoader.load(UserCodeForm.class, UserCodeForm.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(UserCodeForm::cloud))
          .toList();

  private UserCodeForms() {}

  /** All forms, in the order of the clouds' names. */
  public static List<UserCodeForm> all() {
    return ALL;
  }

  /** The form of a cloud, by its name in {@code config_providers.json}. */
  public static Optional<UserCodeForm> of(String cloud) {
    return ALL.stream().filter(form -> form.cloud().equals(cloud)).findFirst();
  }

  /** The cloud's form whose Python code is of this one, as {@code PYTHON_LAMBDA}. */
  public static Optional<UserCodeForm> ofPython(String form) {
    return ALL.stream().filter(cloud -> cloud.pythonForm().equals(form)).findFirst();
  }

  /** The libraries that need not be installed: their cloud has them, and the others a stand-in. */
  public static Set<String> pythonLibraries() {
    Set<String> all = new TreeSet<>();
    ALL.forEach(form -> all.addAll(form.pythonLibraries()));
    return all;
  }
}
