package io.twinloom.runner.forms;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** A region that every library knows; nothing is asked of it. */
  private static final String LOCAL_REGION = "us-east-1";

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
    return PythonResources.read("entry/aws/", List.of("twinloom_handler.py", "twinloom_lines.py"));
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
  public String pythonForm() {
    return "PYTHON_LAMBDA";
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">AWS:
   *     defined runtime environment variables</a>
   */
  @Override
  public Map<String, String> environment(String function, Path folder) {
    return Map.ofEntries(
        Map.entry("AWS_REGION", LOCAL_REGION),
        Map.entry("AWS_DEFAULT_REGION", LOCAL_REGION),
        Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_python" + UserCodeForms.PYTHON_VERSION),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", function),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
        Map.entry("LAMBDA_TASK_ROOT", folder.toString()),
        Map.entry("_HANDLER", "lambda_function.lambda_handler"));
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
