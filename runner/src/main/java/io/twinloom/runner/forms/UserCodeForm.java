package io.twinloom.runner.forms;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How one cloud runs user code: what stands around it in a package, and what the cloud calls. Found
 * with {@link java.util.ServiceLoader}, one class a cloud with a public constructor without
 * parameters; immutable.
 */
public interface UserCodeForm {

  /** The cloud's name in {@code config_providers.json}. */
  String cloud();

  /** What runs Python. */
  Runtime python();

  /** What runs Java. */
  Runtime java();

  /** The entry module of Python packages and what the cloud wants beside it, by path. */
  SortedMap<String, byte[]> pythonEntry();

  /** The cloud's own libraries that its Python has, as pip names them. */
  List<String> pythonLibraries();

  /** What stands in for these libraries elsewhere, by path. */
  SortedMap<String, byte[]> pythonStandIns();

  /** The form of Python code that is written for this cloud, as {@code PYTHON_LAMBDA}. */
  String pythonForm();

  /**
   * What code of that form finds in its environment, as this cloud's runtime has it, where it runs
   * elsewhere.
   *
   * @param function the function's deployed name
   * @param folder where its code is
   */
  Map<String, String> environment(String function, Path folder);

  /** Where a Java package has the JAR of the runner. */
  String javaRunner();

  /**
   * The Java package beside this form's classes that has the cloud's entry point, if it has one.
   */
  Optional<String> javaEntryPackage();

  /** How large a package may be once it is unpacked, where the cloud limits that. */
  Optional<SizeLimit> unpackedLimit();

  /**
   * A language on a cloud.
   *
   * @param name the cloud's name of the language and its version
   * @param handler what the cloud calls
   */
  record Runtime(String name, String handler) {}

  /**
   * The limit of a service.
   *
   * @param service whose limit it is, for people
   * @param bytes the largest size that it takes
   */
  record SizeLimit(String service, long bytes) {}
}
