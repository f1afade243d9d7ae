package io.twinloom.model.cloud;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.reading.Members;
import io.twinloom.model.reading.Quoting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The DTDL models of a hierarchy, checked as Azure Digital Twins does when it is given them: what
 * it would refuse in the middle of a deployment is refused before.
 *
 * @see <a href="https://github.com/Azure/opendigitaltwins-dtdl/blob/master/DTDL/v3/DTDL.v3.md">DTDL
 *     v3</a>
 */
final class DtdlModels {
  static final String EXAMPLE =
      "{\"@id\": \"dtmi:example:Room;1\", \"@type\": \"Interface\", \"@context\":"
          + " \"dtmi:dtdl:context;3\"}";

  private static final String FIX = "Write a DTDL interface such as " + EXAMPLE + ".";

  private static final String WORD = "[A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?";
  private static final Pattern ID =
      Pattern.compile(
          "dtmi:" + WORD + "(?::" + WORD + ")*(?:;[1-9][0-9]{0,8}(?:\\.[1-9][0-9]{0,5})?)?");
  private static final Pattern NAME = Pattern.compile(WORD);
  private static final Pattern CONTEXT = Pattern.compile("dtmi:dtdl:context;[234]");
  private static final int MAX_ID = 128;
  private static final int MAX_NAME = 512;
  private static final Set<String> CONTENT =
      Set.of("Property", "Telemetry", "Relationship", "Component", "Command");

  private final ProblemCollector problems;
  private final Map<String, Model> byId = new LinkedHashMap<>();

  /** A model, and where it refers to others. */
  private record Model(Located at, List<Located> contents, List<Located> uses) {}

  private DtdlModels(ProblemCollector problems) {
    this.problems = problems;
  }

  /** The ids of the models, after everything that is wrong with them was reported. */
  static Set<String> check(List<Located> list, ProblemCollector problems) {
    DtdlModels models = new DtdlModels(problems);
    list.forEach(models::add);
    models.byId.values().forEach(models::checkReferences);
    models.byId.keySet().forEach(models::checkInherited);
    return models.byId.keySet();
  }

  private void add(Located at) {
    Members members = Members.of(at, problems, FIX);
    if (members == null) {
      return;
    }
    String id = members.text("@id", FIX);
    Located idAt = members.optional("@id");
    checkKind(members);
    List<Located> contents = members.list("contents", false, "Write a list, or [].");
    List<Located> uses = new ArrayList<>();
    checkContents(contents, uses);
    Located base = members.optional("extends");
    if (base != null) {
      uses.addAll(base.isArray() ? base.elements() : List.of(base));
    }
    if (id == null || idAt == null) {
      return;
    }
    if (!ID.matcher(id).matches() || id.length() > MAX_ID) {
      problems.error(
          ModelError.MODEL_ID,
          idAt,
          Quoting.quoted(id) + " is not an id of a DTDL model.",
          "Write an id such as \"dtmi:example:Room;1\": dtmi:, words of letters, digits and _ with"
              + " colons between them, a semicolon and a version.");
    } else if (byId.putIfAbsent(id, new Model(at, contents, uses)) != null) {
      problems.error(
          ModelError.MODEL_TWICE,
          idAt,
          "The model " + Quoting.quoted(id) + " appears for the second time.",
          "Delete it, or give it another version.");
    }
  }

  private void checkKind(Members model) {
    Located type = model.required("@type", FIX);
    if (type != null && !names(type).contains("Interface")) {
      problems.error(
          ModelError.MODEL_SHAPE,
          type,
          "\"@type\" is " + Quoting.shown(type.value()) + ", not \"Interface\".",
          "Write \"Interface\".");
    }
    Located context = model.required("@context", FIX);
    if (context != null
        && names(context).stream().noneMatch(name -> CONTEXT.matcher(name).matches())) {
      problems.error(
          ModelError.MODEL_SHAPE,
          context,
          "\"@context\" is " + Quoting.shown(context.value()) + ", not a version of DTDL.",
          "Write \"dtmi:dtdl:context;3\".");
    }
  }

  private void checkContents(List<Located> contents, List<Located> uses) {
    Map<String, Located> names = new HashMap<>();
    for (Located content : contents) {
      String fix = "Write {\"@type\": \"Property\", \"name\": \"floor\", \"schema\": \"integer\"}.";
      Members members = Members.of(content, problems, fix);
      if (members == null) {
        continue;
      }
      String name = members.text("name", fix);
      Located nameAt = members.optional("name");
      if (name != null && nameAt != null) {
        checkName(name, nameAt, names);
      }
      Located type = members.required("@type", fix);
      Set<String> types = type == null ? Set.of() : names(type);
      if (type != null && types.stream().noneMatch(CONTENT::contains)) {
        problems.error(
            ModelError.MODEL_SHAPE,
            type,
            "\"@type\" is " + Quoting.shown(type.value()) + ", which is nothing that a model has.",
            "Write \"Property\", \"Telemetry\", \"Relationship\", \"Component\" or \"Command\".");
      }
      Located use = members.optional(types.contains("Component") ? "schema" : "target");
      if (use != null && (types.contains("Component") || types.contains("Relationship"))) {
        uses.add(use);
      }
    }
  }

  private void checkName(String name, Located at, Map<String, Located> names) {
    if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
      problems.error(
          ModelError.MODEL_SHAPE,
          at,
          Quoting.quoted(name) + " cannot be a name in a DTDL model.",
          "Write letters, digits and _, beginning with a letter and not ending with _.");
    }
    Located first = names.putIfAbsent(name, at);
    if (first != null) {
      problems.error(
          ModelError.MODEL_SHAPE,
          at,
          "The model has " + Quoting.quoted(name) + " at line " + first.line() + " already.",
          "Give each content of a model a name of its own.");
    }
  }

  private void checkReferences(Model model) {
    for (Located use : model.uses) {
      if (use.value() instanceof JsonString text && !byId.containsKey(text.value())) {
        problems.error(
            ModelError.MODEL_UNKNOWN,
            use,
            Members.name(use)
                + " is "
                + Quoting.quoted(text.value())
                + ", which is not among the models.",
            "Write the \"@id\" of one of the models." + Quoting.hint(text.value(), byId.keySet()));
      }
    }
  }

  /** A model that extends itself over others, and contents that it has by that already. */
  private void checkInherited(String id) {
    Model model = byId.get(id);
    Located base = model == null ? null : model.at.member("extends");
    if (model == null || base == null) {
      return;
    }
    Set<String> above = new LinkedHashSet<>();
    names(base).forEach(name -> collect(name, above));
    if (above.contains(id)) {
      problems.error(
          ModelError.MODEL_SHAPE,
          base,
          "The model " + Quoting.quoted(id) + " extends itself.",
          "Let models extend others without coming back to the first.");
      return;
    }
    Set<String> inherited = new HashSet<>();
    for (String name : above) {
      Model one = byId.get(name);
      if (one != null) {
        one.contents.forEach(content -> nameOf(content, inherited));
      }
    }
    for (Located content : model.contents) {
      Located name = content.member("name");
      if (name != null
          && name.value() instanceof JsonString text
          && inherited.contains(text.value())) {
        problems.error(
            ModelError.MODEL_SHAPE,
            name,
            "The model has " + Quoting.quoted(text.value()) + " already, by what it extends.",
            "Delete it here, or give it another name.");
      }
    }
  }

  private void collect(String id, Set<String> above) {
    Model model = byId.get(id);
    if (above.add(id) && model != null) {
      Located base = model.at.member("extends");
      if (base != null) {
        names(base).forEach(name -> collect(name, above));
      }
    }
  }

  private static void nameOf(@Nullable Located content, Set<String> names) {
    Located name = content == null ? null : content.member("name");
    if (name != null && name.value() instanceof JsonString text) {
      names.add(text.value());
    }
  }

  /** A text, or the texts of a list. */
  private static Set<String> names(Located at) {
    Set<String> names = new LinkedHashSet<>();
    for (Located one : at.isArray() ? at.elements() : List.of(at)) {
      if (one.value() instanceof JsonString text) {
        names.add(text.value());
      }
    }
    return names;
  }
}
