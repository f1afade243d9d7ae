package io.twinloom.deployer.terraform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of the HCL of all clouds, and of Terraform itself. */
public final class TerraformParts {

  private final Set<String> dataTypes = new HashSet<>();
  private final Map<String, String> nouns = new HashMap<>();
  private final List<FailureCause> causes = new ArrayList<>();

  private TerraformParts() {}

  /** The parts of these clouds; where several know a failure, the first says what it is. */
  public static TerraformParts of(Collection<TerraformPart> parts) {
    TerraformParts all = new TerraformParts();
    for (TerraformPart part : parts) {
      all.dataTypes.addAll(part.dataTypes());
      all.nouns.putAll(part.nouns());
      all.causes.addAll(part.causes());
    }
    all.causes.addAll(TerraformCauses.ALL);
    return all;
  }

  /** Whether measurements are in a resource of this type. */
  boolean holdsData(String type) {
    return dataTypes.contains(type);
  }

  /** The word for a resource of this type that people know as a thing of its own. */
  Optional<String> noun(String type) {
    return Optional.ofNullable(nouns.get(type));
  }

  /** Why something went wrong, as far as these words tell. */
  public Optional<FailureCause> cause(String words) {
    return causes.stream().filter(cause -> cause.fits(words)).findFirst();
  }
}
