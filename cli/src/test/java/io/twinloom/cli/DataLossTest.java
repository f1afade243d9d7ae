package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.cloud.CloudSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody loses measurements without having been warned, whichever cloud they are on. */
class DataLossTest {

  /** Where a cloud's HCL makes what keeps measurements, dead letters and plans of movers. */
  private static final Set<String> STORES = Set.of("stores.tf", "buckets.tf");

  private static final Pattern RESOURCE = Pattern.compile("(?m)^resource \"(\\w+)\"");

  @Test
  void everyTypeThatACloudKeepsDataInIsKnownAsOne() throws IOException {
    assertThat(CloudSupport.all()).isNotEmpty();
    for (CloudSupport cloud : CloudSupport.all().values()) {
      Set<String> dataTypes = cloud.terraform().dataTypes();
      Set<String> found = new TreeSet<>();
      for (String file : STORES) {
        String hcl =
            Files.readString(Path.of("..", "terraform", cloud.provider().id()).resolve(file));
        RESOURCE.matcher(hcl).results().forEach(type -> found.add(type.group(1)));
      }
      assertThat(found).as("types in %s", STORES).containsAll(dataTypes);
      // A setting of a store is named after it, and goes with it: aws_s3_bucket_policy.
      found.removeIf(type -> dataTypes.stream().anyMatch(d -> type.startsWith(d + "_")));
      assertThat(dataTypes).as(cloud.provider().id()).containsExactlyInAnyOrderElementsOf(found);
      assertThat(cloud.terraform().nouns().keySet()).containsAll(dataTypes);
    }
  }
}
