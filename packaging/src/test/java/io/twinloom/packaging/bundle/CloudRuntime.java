package io.twinloom.packaging.bundle;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.bundle.PackagedTwin.Unpacked;
import io.twinloom.runner.python.PythonFiles;
import io.twinloom.testkit.lambda.LambdaProcess;
import io.twinloom.testkit.lambda.RuntimeApi;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs a package in a process of its own, called as its cloud's runtime calls it. Gives a line for
 * each event: what was returned, or {@code !} and the error.
 *
 * <p>Java on AWS is run by the official runtime client. What is not here: AWS's bootstrap for
 * Python and Google's framework, which are imitated, and Azure's library, for which the runner's
 * stand-in is used.
 */
final class CloudRuntime {
  private static final String FUNCTION = "plant-device-0-processor";
  private static final String ARN = "arn:aws:lambda:eu-central-1:1:function:" + FUNCTION;
  private static final String RUNTIME_CLIENT = "(aws-lambda-java-|utils-lite-).*";

  private CloudRuntime() {}

  static List<String> call(Unpacked code, String... events) {
    boolean python = code.packed().runtime().contains("python");
    return switch (code.packed().cloud().id()) {
      case "aws" -> python ? python(code, AWS, "", events) : lambda(code, events);
      case "azure" ->
          python ? python(code, AZURE, "shims", events) : java(code, PackageCaller.class, events);
      case "google" ->
          python ? python(code, GOOGLE, "shims", events) : java(code, RequestCaller.class, events);
      default -> throw new IllegalArgumentException(code.packed().cloud().id());
    };
  }

  /** As the bootstrap of AWS's Python runtime does: the package is first where imports look. */
  private static final String AWS =
      """
      import importlib, json, sys
      sys.path.insert(0, ".")
      out = sys.stdout
      module, function = sys.argv[1].split(".")
      class Context:
          function_name = "plant-device-0-processor"
          aws_request_id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"
          def get_remaining_time_in_millis(self):
              return 29000
      handler = getattr(importlib.import_module(module), function)
      for line in sys.stdin:
          try:
              said = json.dumps(handler(json.loads(line), Context()))
          except Exception as e:
              said = "!%s: %s" % (type(e).__name__, e)
          print(said, file=out, flush=True)
      """;

  private static final String AZURE =
      """
      import json, sys
      sys.path.insert(0, ".")
      import azure.functions as func
      from function_app import app
      (own,) = app.get_functions()
      assert own.get_trigger().route == sys.argv[1], own.get_trigger().route
      for line in sys.stdin:
          request = func.HttpRequest("POST", "https://plant/event", body=line.encode())
          response = own.get_user_function()(request)
          assert response.mimetype == "application/json"
          body = response.get_body().decode()
          print(body if response.status_code == 200 else "!%d %s" % (response.status_code, body))
      """;

  private static final String GOOGLE =
      """
      import json, sys
      sys.path.insert(0, ".")
      import flask, importlib
      function = getattr(importlib.import_module("main"), sys.argv[1])
      assert flask.make_response(function(flask.Request("GET"))).status_code == 405
      for line in sys.stdin:
          response = flask.make_response(function(flask.Request(body=line.encode())))
          body = response.get_data().decode()
          print(body if response.status_code == 200 else "!%d %s" % (response.status_code, body))
      """;

  private static List<String> python(Unpacked code, String script, String shims, String... events) {
    List<String> command = new ArrayList<>(List.of("python3", "-B", "-X", "utf8", "-c", script));
    command.add(code.packed().handler());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PYTHON"));
    if (!shims.isEmpty()) {
      builder.environment().put("PYTHONPATH", frameworks(code).toString());
    }
    return run(builder, code.root(), events);
  }

  /** The stand-ins of the frameworks, outside of the package. */
  private static Path frameworks(Unpacked code) {
    Path folder = code.root().resolveSibling("frameworks");
    PythonFiles.forWorker()
        .forEach(
            (path, content) -> {
              Path target = folder.resolve(path);
              try {
                Files.createDirectories(target.getParent());
                Files.write(target, content);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return folder.resolve("twinloom_runner").resolve("shims");
  }

  /** AWS's own runtime client, which finds the package's JARs by itself. */
  private static List<String> lambda(Unpacked code, String... events) {
    List<Path> client =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(jar -> jar.getFileName().toString().matches(RUNTIME_CLIENT))
            .toList();
    LambdaProcess.Spec spec =
        new LambdaProcess.Spec(
            client,
            code.root(),
            FUNCTION,
            code.packed().handler(),
            512,
            Map.of(),
            code.root().resolveSibling("lambda.log"));
    try (LambdaProcess lambda = LambdaProcess.start(spec)) {
      List<String> said = new ArrayList<>();
      for (String event : events) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        RuntimeApi.Outcome outcome = lambda.invoke(ARN, bytes, Duration.ofSeconds(30));
        String payload = new String(outcome.payload(), StandardCharsets.UTF_8);
        said.add(outcome.failed() ? failure(outcome.payload()) : payload);
      }
      return said;
    }
  }

  private static String failure(byte[] payload) {
    JsonObject error = Json.parseObject(payload);
    String type = error.text("errorType").orElse("");
    String simple = type.substring(type.lastIndexOf('.') + 1);
    return "!" + simple + ": " + error.text("errorMessage").orElse("");
  }

  /** As the other clouds' Java runtimes do: their own classes, then the package's. */
  private static List<String> java(Unpacked code, Class<?> caller, String... events) {
    List<String> path = new ArrayList<>(List.of(location(caller)));
    path.add(location(com.google.cloud.functions.HttpFunction.class));
    try (Stream<Path> root = Files.list(code.root());
        Stream<Path> lib = Files.list(code.root().resolve("lib"))) {
      (code.packed().cloud() == KnownClouds.GOOGLE ? root : lib)
          .filter(f -> f.toString().endsWith(".jar"))
          .forEach(jar -> path.add(jar.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return run(java(path, caller.getName(), code.packed().handler()), code.root(), events);
  }

  private static ProcessBuilder java(List<String> path, String main, String argument) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-cp",
        String.join(File.pathSeparator, path),
        main,
        argument);
  }

  static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> run(ProcessBuilder builder, Path folder, String... events) {
    builder.environment().putAll(Map.of("AWS_LAMBDA_FUNCTION_NAME", FUNCTION));
    try {
      Path input = Files.createTempFile(folder.getParent(), "events", ".txt");
      Files.writeString(input, String.join("\n", events) + "\n");
      Process process =
          builder
              .directory(folder.toFile())
              .redirectInput(input.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
