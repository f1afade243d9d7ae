package io.twinloom.model;

import io.twinloom.json.Located;
import java.util.function.BiConsumer;

/**
 * The file in {@code state_machines/} that has the user's own workflow for one cloud. It is
 * deployed as it is, so its check looks only at what every workflow of that cloud has.
 */
public sealed interface WorkflowFile {

  /** Where it is, from the project's root. */
  String path();

  /** A workflow in JSON. */
  record OfJson(String path, BiConsumer<Located, ProblemCollector> check) implements WorkflowFile {}

  /** A workflow in a language that is not read here. */
  record OfText(String path, BiConsumer<String, ProblemCollector> check) implements WorkflowFile {}
}
