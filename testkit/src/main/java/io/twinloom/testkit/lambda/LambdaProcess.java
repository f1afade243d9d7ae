package io.twinloom.testkit.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that runs a function as Lambda's Java runtime does: with the official runtime client,
 * whose classes alone are on the class path; the function's are below its folder, as they are in
 * {@code /var/task}.
 */
public final class LambdaProcess implements AutoCloseable {

  /**
   * How Lambda starts Java 21: C1 only, the serial collector, the platform's shared classes.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
   *     Java runtime startup behavior</a>
   */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+TieredCompilation",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          // Newer platforms than Lambda's warn of how the client reaches its native part.
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /**
   * What is run.
   *
   * @param runtime the class path of the runtime client
   * @param task the folder with the function's classes, or with its JARs in {@code lib}
   * @param handler as in Lambda's configuration
   * @param memory in megabytes, of which the heap gets four fifths as on Lambda
   * @param log where its output goes
   */
  public record Spec(
      List<Path> runtime,
      Path task,
      String name,
      String handler,
      int memory,
      Map<String, String> environment,
      Path log) {}

  private final Process process;
  private final RuntimeApi api;

  private LambdaProcess(Process process, RuntimeApi api) {
    this.process = process;
    this.api = api;
  }

  public static LambdaProcess start(Spec spec) {
    RuntimeApi api = new RuntimeApi();
    ProcessBuilder builder =
        new ProcessBuilder(command(spec))
            .directory(spec.task().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    Map<String, String> environment = new HashMap<>(spec.environment());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memory()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + spec.name());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("_HANDLER", spec.handler());
    environment.put("LAMBDA_TASK_ROOT", spec.task().toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      // Also where the tests end in a way that closes nothing.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      var unused = process.onExit().thenRun(api::exited);
      return new LambdaProcess(process, api);
    } catch (IOException e) {
      api.close();
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Spec spec) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add("-Xmx" + spec.memory() * 4 / 5 + "m");
    command.add("-D" + NativePart.PROPERTY + "=" + NativePart.of(spec.runtime()));
    command.add("-cp");
    command.add(
        String.join(
            java.io.File.pathSeparator, spec.runtime().stream().map(Path::toString).toList()));
    command.add(CLIENT);
    command.add(spec.handler());
    return command;
  }

  public RuntimeApi api() {
    return api;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Has it run an event, and waits. */
  public RuntimeApi.Outcome invoke(String arn, byte[] event, Duration limit) {
    return api.invoke(arn, event, limit);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
