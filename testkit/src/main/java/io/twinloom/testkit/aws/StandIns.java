package io.twinloom.testkit.aws;

import io.twinloom.testkit.tool.Tool;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The programs that stand in for AWS, each started when a test first needs it and stopped after the
 * last test. What they do not do as AWS does is listed in docs/testing.md.
 */
public final class StandIns implements BeforeAllCallback {
  private static final Namespace OURS = Namespace.create(StandIns.class);

  private static ExtensionContext.@Nullable Store store;

  @Override
  public void beforeAll(ExtensionContext context) {
    store = context.getRoot().getStore(OURS);
  }

  /** Something that is closed after the last test. */
  private record Kept(AutoCloseable resource) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      resource.close();
    }
  }

  private static synchronized <T extends AutoCloseable> T kept(
      String name, Supplier<T> start, Class<T> type) {
    if (store == null) {
      throw new IllegalStateException("The test is not extended with " + StandIns.class);
    }
    Kept kept = store.getOrComputeIfAbsent(name, n -> new Kept(start.get()), Kept.class);
    return type.cast(kept.resource());
  }

  /** DynamoDB: dynalite, which has all that we use. */
  public static StandIn dynalite() {
    Path program = Tool.module("dynalite/cli.js");
    Path node = Tool.command("node");
    return kept("dynalite", () -> startDynalite(node, program), StandIn.class);
  }

  private static StandIn startDynalite(Path node, Path program) {
    int port = StandIn.freePort();
    return StandIn.start(
        port,
        log("dynalite"),
        Map.of(),
        List.of(
            node.toString(),
            program.toString(),
            "--port",
            Integer.toString(port),
            "--host",
            "127.0.0.1",
            "--createTableMs",
            "0"));
  }

  /** DynamoDB, S3 and Step Functions: moto. */
  public static StandIn moto() {
    Path program = Tool.command("moto_server");
    return kept("moto", () -> startMoto(program, 0), StandIn.class);
  }

  /**
   * Another moto, whose workflows call their functions at a port of ours.
   *
   * @param lambdaPort where Lambda's Invoke is answered
   */
  public static StandIn motoWithLambdaAt(int lambdaPort) {
    return startMoto(Tool.command("moto_server"), lambdaPort);
  }

  private static StandIn startMoto(Path program, int lambdaPort) {
    int port = StandIn.freePort();
    Map<String, String> environment = new HashMap<>();
    // What its interpreter of workflows calls on AWS, it calls there.
    environment.put("MOTO_PORT", Integer.toString(lambdaPort == 0 ? port : lambdaPort));
    return StandIn.start(
        port,
        log("moto-" + port),
        environment,
        List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)));
  }

  private static Path log(String name) {
    Path folder = Path.of("target");
    folder.toFile().mkdirs();
    return Files.isDirectory(folder) ? folder.resolve(name + ".log") : Path.of(name + ".log");
  }

  /** What Lambda gives a function, with addresses of stand-ins by the names that the SDK has. */
  public static Map<String, String> environment(Map<String, URI> services) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    services.forEach((name, uri) -> environment.put("AWS_ENDPOINT_URL_" + name, uri.toString()));
    return environment;
  }
}
