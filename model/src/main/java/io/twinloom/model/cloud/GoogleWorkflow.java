package io.twinloom.model.cloud;

import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.reading.Quoting;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What Workflows refuses of a workflow that it is given, and calls without a caller's identity,
 * which the functions that it runs refuse.
 *
 * @see <a href="https://cloud.google.com/workflows/docs/reference/syntax">Workflows: syntax</a>
 */
final class GoogleWorkflow {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_CODE_POINTS = 1_000_000;
  private static final String EXAMPLE =
      "Write main: with its steps: below it, each as \"- name:\" and what it does.";

  /** What {@code next} may name beside steps. */
  private static final Set<String> JUMPS = Set.of("end", "break", "continue");

  private final ProblemCollector problems;
  private final Set<Node> seen = new HashSet<>();

  /** The steps of one workflow or subworkflow: where each is, and where jumps lead. */
  private record Steps(Map<String, Node> byName, List<ScalarNode> jumps) {}

  private GoogleWorkflow(ProblemCollector problems) {
    this.problems = problems;
  }

  static void check(String text, ProblemCollector problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(MAX_CODE_POINTS)
            .setMaxAliasesForCollections(50)
            .build();
    try {
      if (isTooDeep(text, settings)) {
        problems.fileError(
            ModelError.WORKFLOW_SHAPE,
            "The workflow is nested more than " + MAX_DEPTH + " levels deep.",
            "Make subworkflows of its parts.");
        return;
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.fileError(
            ModelError.WORKFLOW_SHAPE, "The workflow is empty.", EXAMPLE + " Or delete the file.");
      } else {
        new GoogleWorkflow(problems).root(root.get());
      }
    } catch (MarkedYamlEngineException e) {
      problems.lineError(
          ModelError.WORKFLOW_SHAPE,
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
          "This is not YAML"
              + e.getProblemMark().map(mark -> ", at column " + (mark.getColumn() + 1)).orElse("")
              + ": "
              + Printable.cut(String.valueOf(e.getProblem()), 200)
              + ".",
          "Correct the text at this place; YAML indents with blanks, never with tabs.");
    } catch (YamlEngineException e) {
      problems.fileError(
          ModelError.WORKFLOW_SHAPE,
          "This is not YAML: " + Printable.cut(String.valueOf(e.getMessage()), 200) + ".",
          "Write one document in YAML 1.2.");
    }
  }

  /** Looked at before the tree is made, which is made recursively. */
  private static boolean isTooDeep(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        return true;
      }
    }
    return false;
  }

  private void root(Node root) {
    Map<String, Node> workflows = members(root, "The workflow", EXAMPLE);
    if (workflows == null) {
      return;
    }
    if (!workflows.containsKey("main")) {
      report(
          root,
          "The workflow has no \"main\".",
          EXAMPLE + Quoting.hint("main", workflows.keySet()));
    }
    workflows.forEach(this::workflow);
  }

  private void workflow(String name, Node at) {
    String shown = Quoting.quoted(name);
    Map<String, Node> parts = members(at, shown, EXAMPLE);
    if (parts == null) {
      return;
    }
    Node list = parts.get("steps");
    if (list == null) {
      report(at, shown + " has no \"steps\".", EXAMPLE);
      return;
    }
    Steps steps = new Steps(new HashMap<>(), new ArrayList<>());
    steps(list, steps);
    for (ScalarNode jump : steps.jumps) {
      String to = jump.getValue();
      if (!JUMPS.contains(to) && !steps.byName.containsKey(to)) {
        report(
            jump,
            "\"next\" is " + Quoting.quoted(to) + ", which is no step of " + shown + ".",
            "Write the name of a step, or end." + Quoting.hint(to, steps.byName.keySet()));
      }
    }
  }

  private void steps(Node list, Steps steps) {
    if (!(list instanceof SequenceNode sequence)) {
      report(list, "\"steps\" is not a list.", "Write each step as \"- name:\" and what it does.");
      return;
    }
    if (!seen.add(list)) {
      return;
    }
    if (sequence.getValue().isEmpty()) {
      report(list, "There are no steps.", EXAMPLE);
    }
    for (Node one : sequence.getValue()) {
      Map<String, Node> step =
          members(one, "A step", "Write \"- name:\", and below it what the step does.");
      if (step == null) {
        continue;
      }
      if (step.size() != 1) {
        report(
            one,
            "A step has " + step.size() + " names.",
            "Write one name, and what the step does indented below it.");
      }
      step.forEach((name, body) -> step(name, one, body, steps));
    }
  }

  private void step(String name, Node at, Node body, Steps steps) {
    Node first = steps.byName.putIfAbsent(name, at);
    if (first != null) {
      report(
          at,
          "The step " + Quoting.quoted(name) + " is at line " + line(first) + " already.",
          "Give each step a name of its own.");
    }
    if (body instanceof SequenceNode) {
      return; // An assignment or a switch in its short form is checked by the service alone.
    }
    Map<String, Node> parts =
        members(
            body,
            "The step " + Quoting.quoted(name),
            "Write what it does, such as call: or assign:.");
    if (parts != null) {
      inside(parts, steps);
    }
  }

  /** What a step does, or a part of it that steps can be in. */
  private void inside(Map<String, Node> parts, Steps steps) {
    call(parts);
    if (parts.get("next") instanceof ScalarNode jump) {
      steps.jumps.add(jump);
    }
    parts.forEach(
        (key, value) -> {
          switch (key) {
            case "steps" -> steps(value, steps);
            case "try", "except", "for", "parallel" -> below(value, steps);
            case "switch", "branches" -> each(value, steps);
            default -> {}
          }
        });
  }

  private void below(Node value, Steps steps) {
    if (value instanceof MappingNode && seen.add(value)) {
      Map<String, Node> parts = members(value, "This part", EXAMPLE);
      if (parts != null) {
        inside(parts, steps);
      }
    }
  }

  /** Conditions of a switch; branches, of which each has a name as a step has. */
  private void each(Node list, Steps steps) {
    if (list instanceof SequenceNode sequence && seen.add(list)) {
      for (Node one : sequence.getValue()) {
        Map<String, Node> parts =
            one instanceof MappingNode ? members(one, "This part", EXAMPLE) : null;
        if (parts != null) {
          inside(parts, steps);
          if (parts.size() == 1) {
            parts.values().forEach(branch -> below(branch, steps));
          }
        }
      }
    }
  }

  private void call(Map<String, Node> step) {
    Node call = step.get("call");
    if (!(call instanceof ScalarNode name) || !name.getValue().startsWith("http.")) {
      return;
    }
    Node arguments = step.get("args");
    Map<String, Node> given =
        arguments instanceof MappingNode ? members(arguments, "\"args\"", EXAMPLE) : Map.of();
    if (given == null) {
      return;
    }
    if (!given.containsKey("url")) {
      report(call, "The call has no \"url\".", "Write args: with url: below it.");
    }
    if (!given.containsKey("auth")) {
      report(
          call,
          "The call has no \"auth\": the function that it calls would refuse it.",
          "Write auth: below args:, and type: OIDC below that.");
    }
  }

  /** The members of what must be a mapping; null, and reported, if it is none. */
  private @Nullable Map<String, Node> members(Node at, String what, String fix) {
    if (!(at instanceof MappingNode mapping)) {
      report(at, what + " is not a mapping of names.", fix);
      return null;
    }
    Map<String, Node> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        report(tuple.getKeyNode(), "A name is not a text.", fix);
      } else if (members.put(key.getValue(), tuple.getValueNode()) != null) {
        report(
            key,
            Quoting.quoted(key.getValue()) + " appears for the second time.",
            "Delete one of the two.");
      }
    }
    return members;
  }

  private void report(Node at, String message, String fix) {
    problems.lineError(ModelError.WORKFLOW_SHAPE, line(at), message, fix);
  }

  private static int line(Node at) {
    return at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
