package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.Problem;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.WorkflowFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's own workflows in {@code state_machines/}, one a cloud, deployed as they are. */
final class WorkflowFiles {

  private WorkflowFiles() {}

  /** Where each cloud's workflow would be. */
  static List<String> paths() {
    return Provider.all().stream().map(cloud -> cloud.conventions().workflow().path()).toList();
  }

  /**
   * The path of each cloud's workflow.
   *
   * @param used the cloud whose workflow a rule runs; null where none does. What is wrong with the
   *     others is a warning, since nothing runs them
   */
  static Map<Provider, String> read(FileLoader loader, @Nullable Provider used) {
    Map<Provider, String> workflows = new LinkedHashMap<>();
    for (Provider cloud : Provider.all()) {
      WorkflowFile workflow = cloud.conventions().workflow();
      if (loader.has(workflow.path())) {
        workflows.put(cloud, workflow.path());
        if (cloud == used) {
          check(workflow, loader);
        } else {
          List<Problem> found = new ArrayList<>();
          check(workflow, new FileLoader(loader.files(), found));
          found.forEach(problem -> loader.add(problem.asWarning()));
        }
      }
    }
    return workflows;
  }

  private static void check(WorkflowFile workflow, FileLoader loader) {
    ProblemCollector problems = loader.problems(workflow.path());
    switch (workflow) {
      case WorkflowFile.OfJson json -> {
        Located root = loader.json(json.path());
        if (root != null) {
          json.check().accept(root, problems);
        }
      }
      case WorkflowFile.OfText text -> {
        String content = loader.text(text.path());
        if (content != null) {
          text.check().accept(content, problems);
        }
      }
    }
  }
}
