package io.twinloom.deployer.terraform;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of one cloud's HCL, the folder {@code terraform/{id}}, to tell people of a
 * plan and of what went wrong with it.
 *
 * @param dataTypes the types of resources that hold measurements, which go with them: nobody should
 *     remove one unasked
 * @param nouns by type, what people wait for or have to decide on, in their words, such as {@code
 *     function}; everything else is a part of these
 * @param uploads the types of what is uploaded under a name that says its content: other content is
 *     another thing, which takes the place of the former
 * @param causes why the cloud refuses, as far as its words tell; the first that fits counts
 */
public record TerraformPart(
    Set<String> dataTypes,
    Map<String, String> nouns,
    Set<String> uploads,
    List<FailureCause> causes) {
  public TerraformPart {
    dataTypes = Set.copyOf(dataTypes);
    nouns = Map.copyOf(nouns);
    uploads = Set.copyOf(uploads);
    causes = List.copyOf(causes);
  }
}
