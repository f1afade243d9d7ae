package io.twinloom.aws.standin;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.functions.settings.Environment;
import io.twinloom.testkit.aws.StandIns;
import java.net.URI;
import java.util.Map;

/** The product's own clients, of stand-ins. */
public final class ProductClients {

  private ProductClients() {}

  public static AwsClients of(Map<String, URI> services) {
    return of("eu-central-1", services);
  }

  /** The same in a region. */
  public static AwsClients of(String region, Map<String, URI> services) {
    Map<String, String> environment = StandIns.environment(services);
    environment.put("AWS_REGION", region);
    return new AwsClients(new Environment(environment));
  }
}
