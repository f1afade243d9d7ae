package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.WorkflowFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The user's own workflows in {@code state_machines/}, one a cloud, deployed as they are. */
final class WorkflowFiles {

  private WorkflowFiles() {}

  /** Where each cloud's workflow would be. */
  static List<String> paths() {
    return Provider.all().stream().map(cloud -> cloud.conventions().workflow().path()).toList();
  }

  /** The path of each cloud's workflow. */
  static Map<Provider, String> read(FileLoader loader) {
    Map<Provider, String> workflows = new LinkedHashMap<>();
    for (Provider cloud : Provider.all()) {
      WorkflowFile workflow = cloud.conventions().workflow();
      if (loader.has(workflow.path())) {
        workflows.put(cloud, workflow.path());
        check(workflow, loader);
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
