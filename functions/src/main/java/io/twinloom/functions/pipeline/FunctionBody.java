package io.twinloom.functions.pipeline;

import java.util.List;

/**
 * What one function does. Its kind says what it is given and what becomes of what it refuses;
 * everything else that functions have in common is in {@link FunctionPipeline}. Called by any
 * thread.
 */
public sealed interface FunctionBody permits EventBody, MessageBody, RequestBody {

  /** What is odd about its settings, though it can run: logged once, when the function starts. */
  default List<String> warnings() {
    return List.of();
  }
}
