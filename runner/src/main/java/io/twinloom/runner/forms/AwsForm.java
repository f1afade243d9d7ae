package io.twinloom.runner.forms;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AWS Lambda: the handler is a function of a module, or a class.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">AWS:
 *     Lambda quotas</a>
 */
public final class AwsForm implements UserCodeForm {

  @Override
  public String cloud() {
    return "aws";
  }

  @Override
  public Runtime python() {
    return new Runtime("python" + UserCodeForms.PYTHON_VERSION, "twinloom_handler.handler");
  }

  @Override
  public Runtime java() {
    return new Runtime("java21", "io.twinloom.runner.aws.UserFunctionHandler");
  }

  @Override
  public SortedMap<String, byte[]> pythonEntry() {
    return PythonResources.read("entry/aws/", List.of("twinloom_handler.py"));
  }

  @Override
  public List<String> pythonLibraries() {
    return List.of();
  }

  @Override
  public SortedMap<String, byte[]> pythonStandIns() {
    return new TreeMap<>();
  }

  @Override
  public String javaRunner() {
    return "lib/twinloom-runner.jar";
  }

  @Override
  public Optional<String> javaEntryPackage() {
    return Optional.of("io.twinloom.runner.aws");
  }

  @Override
  public Optional<SizeLimit> unpackedLimit() {
    return Optional.of(new SizeLimit("AWS Lambda", 262_144_000));
  }
}
