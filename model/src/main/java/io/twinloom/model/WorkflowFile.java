package io.twinloom.model;

import io.twinloom.json.Located;
import java.util.function.BiConsumer;

/**
 * The file in {@code state_machines/} that has the user's own workflow for one cloud. It is
 * deployed as it is, so its check looks at what that cloud's service would refuse.
 */
public sealed interface WorkflowFile {

  /** Where it is, from the project's root. */
  String path();

  /** A workflow in JSON. */
  record OfJson(String path, BiConsumer<Located, ProblemCollector> check) implements WorkflowFile {}

  /** A workflow in another language. */
  record OfText(String path, BiConsumer<String, ProblemCollector> check) implements WorkflowFile {}
}
