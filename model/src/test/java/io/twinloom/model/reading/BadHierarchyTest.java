package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.in;
import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadHierarchyTest {
  private static final String TREE = "twin_hierarchy/hierarchy.json";
  private static final String ROOM =
      "{\"@id\": \"dtmi:x:Room;1\", \"@type\": \"Interface\", \"@context\":"
          + " \"dtmi:dtdl:context;3\"}";
  private static final String AZURE = "twin_hierarchy/azure_hierarchy.json";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"tree", "azure", "choice"})
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> tree() {
    String store = "\"type\": \"entity\",\n      \"id\": \"store\"";
    return Stream.of(
        of(
                "the tree is a text",
                good()
                    .with(TREE, "\"hall\"")
                    .without("config_events.json")
                    .without("event_actions"))
            .error("TL-VALUE-TYPE", TREE, 1, ""),
        in("an entity has no type", TREE, store, "\"id\": \"store\"")
            .error("TL-KEY-MISSING", TREE, 16, "/children/2/type"),
        in(
                "an entity's type is unknown",
                TREE,
                store,
                "\"type\": \"entitiy\",\n      \"id\": \"store\"")
            .error("TL-VALUE-UNKNOWN", TREE, 17, "/children/2/type")
            .saying("Did you mean \"entity\"?"),
        in("an entity has no id", TREE, store, "\"type\": \"entity\"")
            .error("TL-KEY-MISSING", TREE, 16, "/children/2/id"),
        in("two entities have one id", TREE, store, "\"type\": \"entity\",\n      \"id\": \"hall\"")
            .error("TL-ENTITY-TWICE", TREE, 18, "/children/2/id")
            .saying("at line 3 already"),
        in(
                "two components of an entity have one name",
                TREE,
                "\"name\": \"belt-1\"",
                "\"name\": \"oven\", \"iotDeviceId\": \"belt-1\"")
            .error("TL-COMPONENT-TWICE", TREE, 13, "/children/1/name")
            .error("TL-CONDITION-AMBIGUOUS", "config_events.json", 3, "/0/condition")
            .warning("TL-CONDITION-PATH", "config_events.json", 15, "/1/condition"),
        in("a component has no name", TREE, "      \"name\": \"oven\",\n", "")
            .error("TL-KEY-MISSING", TREE, 5, "/children/0/name")
            .error("TL-CONDITION-PATH", "config_events.json", 3, "/0/condition"),
        in(
            "a component has no type of its own",
            TREE,
            "      \"componentTypeId\": \"oven\",\n",
            ""),
        in("a component belongs to an unknown device", TREE, "\"oven-1\"", "\"oven-11\"")
            .error("TL-DEVICE-UNKNOWN", TREE, 9, "/children/0/iotDeviceId")
            .saying("Did you mean \"oven-1\"?"),
        in(
                "a component has children",
                TREE,
                "\"componentTypeId\": \"belt\"",
                "\"componentTypeId\": \"belt\",\n      \"children\": []")
            .warning("TL-KEY-UNKNOWN", TREE, 15, "/children/1/children"),
        in(
                "a component's property has no type",
                TREE,
                "\"componentTypeId\": \"belt\"",
                "\"componentTypeId\": \"belt\", \"properties\": [\n{\"name\": \"speed\"}]")
            .error("TL-KEY-MISSING", TREE, 15, "/children/1/properties/0/dataType"),
        in("the children are an object", TREE, "\"children\": [],", "\"children\": {},")
            .error("TL-VALUE-TYPE", TREE, 19, "/children/2/children"),
        in("a relation leads nowhere", TREE, "\"target\": \"hall\"", "\"target\": \"hal\"")
            .error("TL-ENTITY-UNKNOWN", TREE, 20, "/children/2/relations/0/target")
            .saying("Did you mean \"hall\"?"),
        in("a relation has no name", TREE, "\"name\": \"supplies\", ", "")
            .error("TL-KEY-MISSING", TREE, 20, "/children/2/relations/0/name"),
        of(
                "a component stands at the top",
                good()
                    .with(
                        TREE,
                        "[\n{\"type\": \"component\", \"name\": \"oven\","
                            + " \"componentTypeId\": \"oven\"}]")
                    .without("config_events.json")
                    .without("event_actions"))
            .error("TL-HIERARCHY-SHAPE", TREE, 2, "/0"));
  }

  static Stream<Mistake> azure() {
    return Stream.of(
        azure("the models are missing", "\"models\": [" + ROOM + "],", "")
            .error("TL-KEY-MISSING", AZURE, 1, "/models")
            .error("TL-MODEL-UNKNOWN", AZURE, 4, "/twins/0/$metadata/$model")
            .error("TL-MODEL-UNKNOWN", AZURE, 5, "/twins/1/$metadata/$model"),
        azure("a model's id is not a DTMI", "\"@id\": \"dtmi:x:Room;1\"", "\"@id\": \"Room\"")
            .error("TL-MODEL-ID", AZURE, 2, "/models/0/@id")
            .error("TL-MODEL-UNKNOWN", AZURE, 4, "/twins/0/$metadata/$model")
            .error("TL-MODEL-UNKNOWN", AZURE, 5, "/twins/1/$metadata/$model"),
        azure("a model stands twice", "[" + ROOM + "]", "[" + ROOM + ", " + ROOM + "]")
            .error("TL-MODEL-TWICE", AZURE, 2, "/models/1/@id"),
        azure("a twin has no id", "\"$dtId\": \"room\", \"$metadata\"", "\"$metadata\"")
            .error("TL-KEY-MISSING", AZURE, 4, "/twins/0/$dtId")
            .error("TL-ENTITY-UNKNOWN", AZURE, 8, "/relationships/0/$dtId"),
        azure(
                "a twin has no metadata",
                ", \"$metadata\": {\"$model\": \"dtmi:x:Room;1\"}, \"floor\"",
                ", \"floor\"")
            .error("TL-KEY-MISSING", AZURE, 4, "/twins/0/$metadata"),
        azure(
                "a twin's model is unknown",
                "\"dtmi:x:Room;1\"}, \"floor\"",
                "\"dtmi:x:Rom;1\"}, \"floor\"")
            .error("TL-MODEL-UNKNOWN", AZURE, 4, "/twins/0/$metadata/$model")
            .saying("Did you mean \"dtmi:x:Room;1\"?"),
        azure(
                "a twin stands twice",
                "\"$dtId\": \"oven-1\", \"$metadata\"",
                "\"$dtId\": \"room\", \"$metadata\"")
            .error("TL-ENTITY-TWICE", AZURE, 5, "/twins/1/$dtId")
            .error("TL-ENTITY-UNKNOWN", AZURE, 8, "/relationships/0/$targetId"),
        azure(
                "a relationship leads nowhere",
                "\"$targetId\": \"oven-1\"",
                "\"$targetId\": \"oven-3\"")
            .error("TL-ENTITY-UNKNOWN", AZURE, 8, "/relationships/0/$targetId")
            .saying("Did you mean \"oven-1\"?"),
        azure("a relationship has no name", ", \"$relationshipName\": \"contains\"", "")
            .error("TL-KEY-MISSING", AZURE, 8, "/relationships/0/$relationshipName"),
        azure(
                "a header without a version",
                "\"models\":",
                "\"header\": {\"author\": \"ann\"}, \"models\":")
            .error("TL-KEY-MISSING", AZURE, 2, "/header/fileVersion"),
        azure(
            "a header with a version",
            "\"models\":",
            "\"header\": {\"fileVersion\": \"1.0.0\"}, \"models\":"),
        model("a model is no interface", "\"Interface\"", "\"Enum\"")
            .error("TL-MODEL-SHAPE", AZURE, 2, "/models/0/@type"),
        model("a model of an unknown language", "context;3", "context;9")
            .error("TL-MODEL-SHAPE", AZURE, 2, "/models/0/@context"),
        contents("two contents have one name", property("t"), property("t"))
            .error("TL-MODEL-SHAPE", AZURE, 2, "/models/0/contents/1/name")
            .saying("\"t\" at line 2 already"),
        contents("a content's name has a hyphen", property("serial-number"))
            .error("TL-MODEL-SHAPE", AZURE, 2, "/models/0/contents/0/name"),
        contents("a content of an unknown kind", property("t").replace("Property", "Propertie"))
            .error("TL-MODEL-SHAPE", AZURE, 2, "/models/0/contents/0/@type"),
        contents(
                "a component of an unknown model",
                "{\"@type\": \"Component\", \"name\": \"c\", \"schema\": \"dtmi:x:Rom;1\"}")
            .error("TL-MODEL-UNKNOWN", AZURE, 2, "/models/0/contents/0/schema")
            .saying("Did you mean \"dtmi:x:Room;1\"?"),
        model("a model extends itself", "\"@type\"", "\"extends\": \"dtmi:x:Room;1\", \"@type\"")
            .error("TL-MODEL-SHAPE", AZURE, 2, "/models/0/extends"),
        of(
                "a twin is in two others",
                onAzure()
                    .change(
                        AZURE,
                        "{\"$dtId\": \"oven-1\"",
                        "{\"$dtId\": \"cellar\", \"$metadata\": {\"$model\": \"dtmi:x:Room;1\"}}, {\"$dtId\": \"oven-1\"")
                    .change(
                        AZURE,
                        "\"$relationshipName\": \"contains\"}",
                        "\"$relationshipName\": \"contains\"}, " + contains("cellar", "oven-1")))
            .warning("TL-HIERARCHY-TREE", AZURE, 8, "/relationships/1")
            .saying("\"cellar\" cannot contain \"oven-1\", which is in \"room\" already"),
        azure(
                "twins contain each other",
                "\"$relationshipName\": \"contains\"}",
                "\"$relationshipName\": \"contains\"}, " + contains("oven-1", "room"))
            .warning("TL-HIERARCHY-TREE", AZURE, 8, "/relationships/1")
            .saying("which contains \"oven-1\" already"),
        azure("a twin contains itself", "\"$targetId\": \"oven-1\"", "\"$targetId\": \"room\"")
            .warning("TL-HIERARCHY-TREE", AZURE, 8, "/relationships/0"),
        azure("there is no list of relationships", "\"relationships\": [", "\"relation\": [")
            .error("TL-KEY-MISSING", AZURE, 1, "/relationships")
            .warning("TL-KEY-UNKNOWN", AZURE, 7, "/relation")
            .saying("Write \"relationships\": []"),
        of(
                "an export of Digital Twins Explorer",
                onAzure()
                    .with(
                        AZURE,
                        "{\"digitalTwinsFileInfo\": {\"fileVersion\": \"1.0.0\"},"
                            + " \"digitalTwinsGraph\": {\"digitalTwins\": [], \"relationships\":"
                            + " []}, \"digitalTwinsModels\": []}"))
            .error("TL-HIERARCHY-SHAPE", AZURE, 1, "")
            .saying("export", "\"digitalTwinsGraph.digitalTwins\" \"twins\""),
        of("a list of models alone", onAzure().with(AZURE, "[" + ROOM + "]"))
            .error("TL-HIERARCHY-SHAPE", AZURE, 1, "")
            .saying("list of DTDL models"));
  }

  private static String property(String name) {
    return "{\"@type\": \"Property\", \"name\": \"" + name + "\", \"schema\": \"double\"}";
  }

  private static String contains(String source, String target) {
    return "{\"$sourceId\": \""
        + source
        + "\", \"$targetId\": \""
        + target
        + "\", \"$relationshipName\": \"contains\"}";
  }

  private static Mistake model(String title, String from, String to) {
    return azure(title, ROOM, ROOM.replace(from, to));
  }

  private static Mistake contents(String title, String... contents) {
    return model(
        title, "\"@type\"", "\"contents\": [" + String.join(", ", contents) + "], \"@type\"");
  }

  /** A project with L4 on Azure and a hierarchy in its shape. */
  static TestProject onAzure() {
    return good()
        .without(TREE)
        .without("config_events.json")
        .without("event_actions")
        .change(
            "config_providers.json",
            "\"layer_4_provider\": \"aws\"",
            "\"layer_4_provider\": \"azure\"")
        .with(
            AZURE,
            """
            {
              "models": [ROOM],
              "twins": [
                {"$dtId": "room", "$metadata": {"$model": "dtmi:x:Room;1"}, "floor": 1},
                {"$dtId": "oven-1", "$metadata": {"$model": "dtmi:x:Room;1"}}
              ],
              "relationships": [
                {"$dtId": "room", "$targetId": "oven-1", "$relationshipName": "contains"}
              ]
            }
            """
                .replace("ROOM", ROOM));
  }

  private static Mistake azure(String title, String from, String to) {
    return of(title, onAzure().change(AZURE, from, to));
  }

  static Stream<Mistake> choice() {
    return Stream.of(
        of(
                "only Azure's hierarchy, and L4 on AWS",
                onAzure()
                    .change(
                        "config_providers.json",
                        "\"layer_4_provider\": \"azure\"",
                        "\"layer_4_provider\": \"aws\""))
            .warning("TL-HIERARCHY-OTHER-CLOUD", AZURE, 0, "")
            .saying("L4 is on aws"),
        of(
                "only AWS's hierarchy, and no L4",
                onAzure()
                    .without(AZURE)
                    .with("twin_hierarchy/aws_hierarchy.json", "[]")
                    .change(
                        "config_providers.json",
                        "\"layer_4_provider\": \"azure\"",
                        "\"layer_4_provider\": \"none\""))
            .warning("TL-HIERARCHY-OTHER-CLOUD", "twin_hierarchy/aws_hierarchy.json", 0, "")
            .saying("Rename it to twin_hierarchy/hierarchy.json"),
        of("a hierarchy with another name", onAzure().with("twin_hierarchy/hirarchy.json", "[]"))
            .warning("TL-FILE-UNKNOWN", "twin_hierarchy/hirarchy.json", 0, "")
            .saying("Did you mean twin_hierarchy/hierarchy.json?"),
        of("the hierarchy of an earlier layout", good().with("config_hierarchy.json", "[]"))
            .warning("TL-FILE-UNKNOWN", "config_hierarchy.json", 0, "")
            .saying("Move it to twin_hierarchy/hierarchy.json."));
  }
}
